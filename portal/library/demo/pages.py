"""Makes pages of the demonstration texts: their blocks, their links, their dates."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from wagtail.models import Page

from portal.library.demo.body import Body
from portal.library.models import Document

# Where the pages that the texts name by key are; what begins with "/" is already an address.
ADDRESSES = {
    "reti": "/reti/",
    "rete-sua": "/reti/sua/",
    "rete-europa": "/reti/europa/",
    "rete-innovazione": "/reti/innovazione/",
    "modello-sua": "/reti/sua/modello-sua/",
    "modello-servizio-europa": "/reti/europa/modello-servizio-europa/",
    "modello-centri-di-competenza": "/reti/innovazione/centri-di-competenza/",
    "modello-agenda-digitale": "/reti/innovazione/agenda-digitale-integrata/",
    "notizie": "/notizie/",
    "eventi": "/eventi/",
    "il-progetto": "/il-progetto/",
    "pilastri": "/il-progetto/pilastri/",
    "linee-di-azione": "/il-progetto/linee-di-azione/",
    "sette-passi": "/il-progetto/sette-passi/",
    "attivita": "/il-progetto/attivita/",
    "ruolo-delle-province": "/il-progetto/ruolo-delle-province/",
    "le-province": "/il-progetto/le-province/",
}
NAMESPACE = uuid.UUID("6f1f7d0e-5b0b-4a55-9c63-3f6f5f0c2022")


def link_to(key: str) -> dict[str, Any]:
    """Return the value of a link block for a page's key or an address."""
    return {"page": None, "url": ADDRESSES.get(key, key)}


def documents_titled(titles: list[str] | tuple[str, ...]) -> list[int]:
    """Return the documents with these titles in the same order; those absent are left out."""
    found = dict(
        Document.objects.filter(title__in=titles).order_by("-pk").values_list("title", "pk")
    )
    return [found[title] for title in titles if title in found]


def stream_data(key: str, body: Body) -> list[dict[str, Any]]:
    """Return a body as the raw data of a stream field, always the same for the same text."""
    blocks = [(kind, _value(kind, value)) for kind, value in body]
    return [
        {"type": kind, "value": value, "id": str(uuid.uuid5(NAMESPACE, f"{key}/{position}"))}
        for position, (kind, value) in enumerate(blocks)
        if value
    ]


def _value(kind: str, value: Any) -> Any:
    match kind:
        case "heading":
            return {"level": "h2", "anchor": "", **value}
        case "alert":
            return {"title": "", **value, "text": f"<p>{value['text']}</p>"}
        case "documents":
            return documents_titled(value)
        case "cards" | "numbers":
            return [_linked(item) for item in value]
        case "call_to_action":
            return _linked(value)
        case "table":
            return _table(value)
        case "timeline":
            return [{"state": "", **item} for item in value]
        case _:
            return value


def _linked(item: dict[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {name: text for name, text in item.items() if name != "link_key"}
    return {**fields, "link": link_to(item.get("link_key", ""))}


def _table(table: dict[str, Any]) -> dict[str, Any]:
    kinds = ["row_header"] + ["text"] * (len(table["header"]) - 1)
    return {
        "caption": table["caption"],
        "columns": [
            {"type": kind, "heading": heading}
            for kind, heading in zip(kinds, table["header"], strict=True)
        ],
        "rows": [{"values": row} for row in table["rows"]],
    }


def publish_below(
    parent: Page, page: Page, moment: dt.datetime, topics: tuple[str, ...] = ()
) -> Page:
    """Publish a page as at a moment, or return the one that already has its address."""
    existing: Page | None = Page.objects.child_of(parent).filter(slug=page.slug).first()
    if existing:
        return existing.specific
    if topics:
        page.topics.add(*topics)
    page.first_published_at = moment
    parent.add_child(instance=page)
    page.save_revision().publish()
    set_moment(page, moment)
    return page


def set_moment(page: Page, moment: dt.datetime) -> None:
    """Give a page the dates of a moment, so that the demonstration is always the same."""
    Page.objects.filter(pk=page.pk).update(
        first_published_at=moment, last_published_at=moment, latest_revision_created_at=moment
    )
    page.refresh_from_db()
