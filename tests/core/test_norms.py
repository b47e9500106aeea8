"""Which norms a text cites, and which it only seems to."""

from __future__ import annotations

import pytest

from portal.core.norms import act_label, act_url, linked, references

LGS = "urn:nir:stato:decreto.legislativo:"
LAW = "urn:nir:stato:legge:"
CITED = [
    ("art. 62 d.lgs. 36/2023", [("art. 62 d.lgs. 36/2023", f"{LGS}2023;36~art62")]),
    ("art.62 d.lgs.36/2023", [("art. 62 d.lgs. 36/2023", f"{LGS}2023;36~art62")]),
    (
        "decreto legislativo 31 marzo 2023, n. 36, articolo 62",
        [("art. 62 d.lgs. 36/2023", f"{LGS}2023-03-31;36~art62")],
    ),
    (
        "articolo 1, comma 88, della legge 7 aprile 2014, n. 56",
        [("art. 1, comma 88, l. 56/2014", f"{LAW}2014-04-07;56~art1-com88")],
    ),
    ("legge 7 aprile 2014, n. 56", [("l. 56/2014", f"{LAW}2014-04-07;56")]),
    ("Legge 7 aprile 2014 n.56", [("l. 56/2014", f"{LAW}2014-04-07;56")]),
    ("legge 07/04/2014, n. 56", [("l. 56/2014", f"{LAW}2014-04-07;56")]),
    ("legge n. 56 del 7 aprile 2014", [("l. 56/2014", f"{LAW}2014-04-07;56")]),
    ("legge n. 56/2014", [("l. 56/2014", f"{LAW}2014;56")]),
    ("legge 56 del 2014", [("l. 56/2014", f"{LAW}2014;56")]),
    ("l. 56/2014", [("l. 56/2014", f"{LAW}2014;56")]),
    ("L. 241/90", [("l. 241/1990", f"{LAW}1990;241")]),
    (
        "art. 1, comma 88, l. 56/2014",
        [("art. 1, comma 88, l. 56/2014", f"{LAW}2014;56~art1-com88")],
    ),
    (
        "comma 88 dell’articolo 1 della L. 56/2014",
        [("art. 1, comma 88, l. 56/2014", f"{LAW}2014;56~art1-com88")],
    ),
    (
        "artt. 30 e 42 del d.lgs. n. 267/2000",
        [
            ("art. 30 d.lgs. 267/2000", f"{LGS}2000;267~art30"),
            ("art. 42 d.lgs. 267/2000", f"{LGS}2000;267~art42"),
        ],
    ),
    (
        "artt. 30, comma 1, e 42, comma 2, lett. b), TUEL",
        [
            ("art. 30, comma 1, d.lgs. 267/2000", f"{LGS}2000-08-18;267~art30-com1"),
            ("art. 42, comma 2, d.lgs. 267/2000", f"{LGS}2000-08-18;267~art42-com2"),
        ],
    ),
    ("D.Lgs. 18 agosto 2000 n. 267", [("d.lgs. 267/2000", f"{LGS}2000-08-18;267")]),
    ("d.lgs. 267/00", [("d.lgs. 267/2000", f"{LGS}2000;267")]),
    (
        "art.\u00a037, co. 4, lett. c) del D.Lgs.\u00a050/2016",
        [("art. 37, comma 4, d.lgs. 50/2016", f"{LGS}2016;50~art37-com4")],
    ),
    (
        "art. 3-bis, comma 2 ter, legge 241/1990",
        [("art. 3-bis, comma 2-ter, l. 241/1990", f"{LAW}1990;241~art3bis-com2ter")],
    ),
    (
        "d.P.R. 28 dicembre 2000, n. 445",
        [
            (
                "d.P.R. 445/2000",
                "urn:nir:stato:decreto.del.presidente.della.repubblica:2000-12-28;445",
            )
        ],
    ),
    (
        "decreto-legge 31 maggio 2021, n. 77, convertito dalla legge 29 luglio 2021, n. 108",
        [
            ("d.l. 77/2021", "urn:nir:stato:decreto.legge:2021-05-31;77"),
            ("l. 108/2021", f"{LAW}2021-07-29;108"),
        ],
    ),
    (
        "d.l. 77/2021 (conv. l. 108/2021)",
        [
            ("d.l. 77/2021", "urn:nir:stato:decreto.legge:2021;77"),
            ("l. 108/2021", f"{LAW}2021;108"),
        ],
    ),
    (
        "regolamento (UE) 2021/1060",
        [("reg. (UE) 2021/1060", "urn:nir:unione.europea:regolamento:2021;1060")],
    ),
    (
        "regolamento (UE) n. 1303/2013",
        [("reg. (UE) n. 1303/2013", "urn:nir:unione.europea:regolamento:2013;1303")],
    ),
    (
        "art. 6 del Regolamento (UE) 2016/679",
        [("art. 6 reg. (UE) 2016/679", "urn:nir:unione.europea:regolamento:2016;679~art6")],
    ),
    ("direttiva 2014/24/UE", [("dir. 2014/24/UE", "urn:nir:unione.europea:direttiva:2014;24")]),
    ("l.r. Veneto 3/2018", [("l.r. Veneto 3/2018", "urn:nir:regione.veneto:legge:2018;3")]),
    (
        "legge regionale 3 marzo 2018, n. 3 della Regione Lombardia",
        [("l.r. Lombardia 3/2018", "urn:nir:regione.lombardia:legge:2018-03-03;3")],
    ),
    ("art. 42 del TUEL", [("art. 42 d.lgs. 267/2000", f"{LGS}2000-08-18;267~art42")]),
    ("T.U.E.L., art. 42", [("art. 42 d.lgs. 267/2000", f"{LGS}2000-08-18;267~art42")]),
    (
        "art. 50 del nuovo Codice dei contratti",
        [("art. 50 d.lgs. 36/2023", f"{LGS}2023-03-31;36~art50")],
    ),
    ("art. 12 CAD", [("art. 12 d.lgs. 82/2005", f"{LGS}2005-03-07;82~art12")]),
    (
        "articolo 117 della Costituzione",
        [("art. 117 Cost.", "urn:nir:stato:costituzione:1947-12-27~art117")],
    ),
    (
        "Costituzione, art. 117",
        [("art. 117 Cost.", "urn:nir:stato:costituzione:1947-12-27~art117")],
    ),
    (
        "art. 1372 c.c.",
        [("art. 1372 c.c.", "urn:nir:stato:regio.decreto:1942-03-16;262:2~art1372")],
    ),
    (
        "leggi 56/2014 e 241/1990",
        [("l. 56/2014", f"{LAW}2014;56"), ("l. 241/1990", f"{LAW}1990;241")],
    ),
    (
        "d.lgs. 36/2023, art. 5 della legge 241/1990",
        [("d.lgs. 36/2023", f"{LGS}2023;36"), ("art. 5 l. 241/1990", f"{LAW}1990;241~art5")],
    ),
    (
        "d.lgs. 267/2000, art. 5 del regolamento comunale",
        [("d.lgs. 267/2000", f"{LGS}2000;267")],
    ),
    ("legge 31 febbraio 2014, n. 56", [("l. 56/2014", f"{LAW}2014;56")]),
    ("art. 62 del\nd.lgs.\n36/2023", [("art. 62 d.lgs. 36/2023", f"{LGS}2023;36~art62")]),
]


@pytest.mark.parametrize(("text", "expected"), CITED, ids=[text for text, _ in CITED])
def test_cited(text: str, expected: list[tuple[str, str]]) -> None:
    sentence = f"Visto l'{text}, si delibera."
    found = references(sentence)
    assert [(one.label, one.urn) for one in found] == expected
    previous = 0
    for one in found:
        assert previous <= one.start < one.end <= len(sentence)
        assert one.label.endswith(act_label(one.act))
        previous = one.end


@pytest.mark.parametrize(
    "text",
    [
        "art. 62 del regolamento comunale",
        "art. 62 dello statuto",
        "n. 36 del 2023",
        "l'articolo 7 e il comma 2",
        "il 31/03/2023 alle 10",
        "delibera n. 36/2023",
        "tel. 0422/656360",
        "prot. 1234/2021",
        "l.r. 3/2018",
        "legge regionale 25 ottobre 2001, n. 27",
        "legge provinciale 3/2018",
        "d.m. 17 gennaio 2018",
        "decreto n. 12 del Presidente",
        "S.r.l. 12/2020",
        "la legge 12 volte disattesa",
        "la costituzione del comitato, art. 3",
        "file CAD 12/2020",
        "Cost. euro 12",
        "il regolamento 3/2020 del Consiglio",
        "L. 10.000 lire",
        "legge 56/20145",
        "legge 0/2014",
        "legge 56/1514",
        "l. 24/12",
        "art. 5 giorni",
    ],
)
def test_not_cited(text: str) -> None:
    assert references(f"Secondo {text}, si procede.") == []


def test_one_act_has_one_value_however_it_is_written() -> None:
    text = "d.lgs. 36/2023; decreto legislativo 31 marzo 2023, n. 36; Codice dei contratti pubblici"
    assert {one.act for one in references(text)} == {f"{LGS}2023;36"}


def test_the_code_of_contracts_is_that_of_the_text() -> None:
    alone = "art. 37 del Codice dei contratti pubblici"
    assert references(alone)[0].urn == f"{LGS}2023-03-31;36~art37"
    assert references(alone, year=2021)[0].urn == f"{LGS}2016-04-18;50~art37"
    assert references(alone, year=2012)[0].act == f"{LGS}2006;163"
    beside = references(f"Visto il d.lgs. 50/2016 e l'{alone}")
    assert [one.act for one in beside] == [f"{LGS}2016;50"] * 2
    assert beside[1].label == "art. 37 d.lgs. 50/2016"


def test_labels_and_addresses() -> None:
    article = references("art. 62 d.lgs. 36/2023")[0]
    assert article.url == f"https://www.normattiva.it/uri-res/N2Ls?{LGS}2023;36~art62"
    european = references("regolamento (UE) 2021/1060")[0]
    assert european.url == "https://eur-lex.europa.eu/eli/reg/2021/1060/oj/ita"
    assert act_label("qualunque cosa") == "qualunque cosa"
    assert act_url(f"{LAW}2014;56").endswith(f"{LAW}2014;56")


def test_linked() -> None:
    html = (
        '<p>Visto l’<strong>art. 62 d.lgs. 36/2023</strong> &amp; la l.&nbsp;56/2014 "x"</p>'
        '<p><a href="/x">l. 56/2014</a> <code>l. 56/2014</code><br></p>'
    )
    once = linked(html)
    assert once.count("<a ") == 3
    href = f"https://www.normattiva.it/uri-res/N2Ls?{LGS}2023;36~art62"
    assert f'<strong><a href="{href}">art. 62 d.lgs. 36/2023</a></strong>' in once
    assert '<a href="/x">l. 56/2014</a> <code>l. 56/2014</code><br>' in once
    assert ">l.&nbsp;56/2014</a>" in once
    assert linked(once) == once


@pytest.mark.parametrize(
    "html",
    [
        "",
        "testo",
        "<p>a &lt; b &amp;&amp; c</p>",
        "<p>&lt;script&gt; l'art. 3</p>",
        "<ul><li>1</ul>",
    ],
)
def test_without_norms_nothing_changes(html: str) -> None:
    assert linked(html) == html


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "hostile",
    [
        "art. ",
        "art. 1 ",
        "art. 1, ",
        "artt. 1, 2, 3, 4, 5, ",
        "art. 1, comma 1, 1, 1 e 1 ",
        "legge 7 aprile 2014, n. ",
        "l. ",
        "l. n. ",
        "legge del ",
        "d.lgs. 36/2023 ",
        "comma 1 lett. a) dell'",
        "decreto del Presidente della ",
        " ",
        "1/",
        "a",
        "’",
    ],
)
def test_hostile_text_costs_no_more_than_its_length(hostile: str) -> None:
    """Far below the limit; a time in the square of the length would pass it."""
    references(hostile * (800_000 // len(hostile)))
