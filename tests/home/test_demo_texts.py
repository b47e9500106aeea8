"""The demonstration pages: true to UPI's presentation, with links and documents that exist."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from portal.home.demo import HOME, read_project_pages, read_service_pages
from portal.library.demo.body import Body, read_body
from portal.library.demo.source import read_sources
from portal.library.demo.tables import provinces
from portal.networks.demo import read_models, read_networks, read_practices
from portal.news.demo import read_events, read_news

BLOCKS = {
    "heading",
    "rich_text",
    "quotation",
    "timeline",
    "numbers",
    "table",
    "accordion",
    "alert",
    "documents",
    "cards",
    "call_to_action",
}
INDEX_KEYS = {"reti", "notizie", "eventi"}


def bodies() -> Iterator[Body]:
    yield HOME.body
    for item in (
        *read_project_pages(),
        *read_service_pages(),
        *read_networks(),
        *read_news(),
        *read_events(),
    ):
        yield item.body
    for model in read_models():
        yield from (section.body for section in model.sections)


def blocks(kind: str) -> Iterator[Any]:
    return (value for body in bodies() for name, value in body if name == kind)


def test_only_the_known_blocks_are_used() -> None:
    assert {name for body in bodies() for name, _ in body} <= BLOCKS


def test_every_document_named_is_in_the_library() -> None:
    titles = {source.title for source in read_sources()}
    named = {title for titles_ in blocks("documents") for title in titles_}
    named |= {title for event in read_events() for title in event.documents}
    named |= {title for model in read_models() for title in model.kit}
    named |= {title for practice in read_practices() for title in practice.documents}
    assert named - titles == set()


def test_every_link_leads_to_a_page() -> None:
    keys = {page.key for page in (*read_project_pages(), *read_service_pages())} | INDEX_KEYS
    keys |= {network.key for network in read_networks()} | {model.key for model in read_models()}
    links = {card["link_key"] for cards in blocks("cards") for card in cards}
    links |= {action["link_key"] for action in blocks("call_to_action")}
    links |= {teaser.link_key for teaser in HOME.networks} | {link for _, link in HOME.actions}
    assert {link for link in links if not link.startswith("/")} - keys == set()


def test_tables_have_rows_as_long_as_their_header() -> None:
    for table in blocks("table"):
        assert table["caption"]
        assert {len(row) for row in table["rows"]} == {len(table["header"])}


def test_the_project_says_the_figures_of_the_presentation() -> None:
    pages = {page.key: page for page in read_project_pages()}
    said = repr(pages["il-progetto"].body)
    for figure in ("4.555.500,00", "20 maggio 2020", "30 settembre 2023", "3.1.5", "76 Province"):
        assert figure in said
    assert {page.parent for page in pages.values()} == {"", "il-progetto"}


def test_the_activities_have_the_dates_of_the_presentation() -> None:
    (page,) = [page for page in read_project_pages() if page.key == "attivita"]
    timelines = [value for name, value in page.body if name == "timeline"]
    dates = {item["title"].split(" – ")[0]: item["date"] for item in timelines[0]}
    assert list(dates) == [f"A{number}" for number in range(1, 14)]
    assert dates["A2"] == "15 giugno 2021 – 31 marzo 2022"
    assert dates["A4"] == "15 novembre 2021 – 30 giugno 2022"
    assert dates["A7"] == "1° febbraio 2023 – 31 maggio 2023"
    assert dates["A12"] == "15 gennaio 2023 – 30 settembre 2023"
    assert [item["title"][:3] for item in timelines[1]] == ["ATa", "ATb", "ATc"]


def test_the_steps_are_seven_and_the_commitments_eleven() -> None:
    pages = {page.key: page.body for page in read_project_pages()}
    (steps,) = [value for name, value in pages["sette-passi"] if name == "timeline"]
    assert len(steps) == 7
    (role,) = [value for name, value in pages["ruolo-delle-province"] if name == "rich_text"]
    assert role.count("<li>") == 11


def test_networks_models_and_practices() -> None:
    leads = {network.network: network.lead for network in read_networks()}
    assert leads == {"sua": "TV", "europa": "BS", "innovazione": "PU"}
    models = read_models()
    assert [model.network for model in models] == ["sua", "europa", "innovazione", "innovazione"]
    for model in models:
        assert [section.title for section in model.sections] == [
            "Perché",
            "Cosa fa",
            "Assetto organizzativo",
            "Governance",
            "Costi e sostenibilità",
            "Passi per adottarlo",
        ]
        assert 2 <= len(model.variants) <= 3
        assert len(model.kit) >= 5
    siglas = {province["sigla"] for province in provinces()}
    practices = read_practices()
    assert 9 <= len(practices) <= 12
    assert {practice.province for practice in practices} <= siglas
    assert all(p.problem and p.solution and p.results for p in practices)


def test_news_and_events_belong_to_the_period_of_the_project() -> None:
    news, events = read_news(), read_events()
    assert len(news) >= 14
    assert len(events) >= 12
    first, last = dt.date(2020, 5, 20), dt.date(2023, 9, 30)
    assert all(first <= item.date <= last for item in news)
    for event in events:
        assert first <= event.start.date() <= last
        assert event.start < event.end
        assert event.mode in {"presenza", "online", "mista"}
        assert event.place
        assert event.start.utcoffset() is not None
    focus = [event for event in events if "focus group" in event.topics and event.mode == "online"]
    assert all(dt.date(2021, 10, 1) <= e.start.date() <= dt.date(2021, 12, 31) for e in focus)


def test_rich_text_is_well_formed() -> None:
    for text in blocks("rich_text"):
        tags = re.findall(r"</?(\w+)", text)
        assert set(tags) <= {"p", "ul", "ol", "li", "b", "a"}
        assert text.count("<li>") == text.count("</li>")
        assert "**" not in text


def test_a_text_is_read_into_blocks() -> None:
    text = (
        "Ciao **a tutti** & [qui](/x/)\n- uno\n- due\n> Detto | Fonte\n^ Cap\n| A | B |\n| 1 |  |"
    )
    assert read_body(text) == [
        (
            "rich_text",
            (
                '<p>Ciao <b>a tutti</b> &amp; <a href="/x/">qui</a></p>'
                "<ul><li>uno</li><li>due</li></ul>"
            ),
        ),
        ("quotation", {"text": "Detto", "source": "Fonte"}),
        ("table", {"caption": "Cap", "header": ["A", "B"], "rows": [["1", ""]]}),
    ]
