"""The page that explains how to search, and the search without syntax."""

from __future__ import annotations

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from search.engines.base import Engine
from search.views.guide import EXAMPLES

pytestmark = pytest.mark.django_db
ADVANCED = "/cerca/avanzata/"


def composed(**boxes: str) -> dict[str, list[str]]:
    """Return the parameters of the address that the boxes become."""
    answer = Client().get(ADVANCED, {"cerca": "1", **boxes})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/cerca/?")
    return parse_qs(urlsplit(answer["Location"]).query)


def test_every_example_is_a_link_that_runs(index: Engine) -> None:
    text = unescape(Client().get("/cerca/aiuto/").content.decode())
    for section in EXAMPLES.values():
        for typed, meaning in section:
            assert f">{typed}</a>" in text
            assert meaning in text
            assert Client().get("/cerca/", {"q": typed}).status_code == 200
    for link in ("/cerca/aiuto/", ADVANCED):
        assert link in Client().get("/cerca/").content.decode()


def test_boxes_become_a_query_and_filters() -> None:
    words = 'convenzione comuni "gestione associata" (bando O avviso) -lavori -servizi'
    found = composed(
        tutte="convenzione comuni",
        frase="gestione associata",
        almeno="bando avviso",
        nessuna="lavori servizi",
        titolo="schema tipo",
        provincia="TV",
        rete="sua",
        tipo="document",
        anno="2022",
    )
    assert found == {
        "q": [f"{words} titolo:schema titolo:tipo"],
        "provincia": ["TV"],
        "rete": ["sua"],
        "tipo": ["document"],
        "anno": ["2022"],
    }


@pytest.mark.parametrize(
    ("boxes", "query"),
    [
        ({"almeno": "bando"}, "bando"),
        ({"frase": '"a" OR (b*'}, '"a OR b"'),
        ({"tutte": "tipo:notizia -no"}, "tipo notizia no"),
        ({"nessuna": "--x"}, "-x"),
        ({"tutte": "bando E NEAR/3 avviso"}, "bando e near/3 avviso"),
    ],
)
def test_marks_typed_in_a_box_are_no_marks(boxes: dict[str, str], query: str) -> None:
    assert composed(**boxes)["q"] == [query]


def test_only_a_filter() -> None:
    assert composed(rete="sua") == {"rete": ["sua"]}


BAD = [
    ({}, "Compili almeno una casella"),
    ({"anno": "abc", "tutte": "resta"}, "Inserisci un numero intero"),
    ({"anno": "999999"}, "2100"),
    ({"provincia": "XX"}, "Scegli"),
    ({"tutte": "x" * 301}, "300"),
]


@pytest.mark.parametrize(("boxes", "sentence"), BAD)
def test_bad_input(boxes: dict[str, str], sentence: str) -> None:
    answer = Client().get(ADVANCED, {"cerca": "1", **boxes})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert sentence in text
    if boxes.get("tutte") == "resta":
        assert 'value="resta"' in text


def test_results_of_what_was_composed(index: Engine) -> None:
    answer = Client().get(ADVANCED, {"cerca": "1", "tutte": "piano"}, follow=True)
    assert answer.status_code == 200
    assert 'value="piano"' in answer.content.decode()
