"""The shape of demonstration news and events."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from portal.library.demo.body import Body, read_body, read_text

HERE = Path(__file__).parent
ROME = ZoneInfo("Europe/Rome")


@dataclass(frozen=True)
class NewsText:
    """A news item; ``network`` is a slug or empty, ``province`` a sigla or ``None``."""

    slug: str
    title: str
    date: dt.date
    summary: str
    network: str
    province: str | None
    topics: tuple[str, ...]
    body: Body


@dataclass(frozen=True)
class EventText:
    """An event; ``mode`` is ``presenza``, ``online`` or ``mista``; times are aware, of Rome.

    ``documents`` are titles of the library.
    """

    slug: str
    title: str
    start: dt.datetime
    end: dt.datetime
    mode: str
    place: str
    summary: str
    network: str
    province: str | None
    topics: tuple[str, ...]
    documents: tuple[str, ...]
    body: Body


def read_news() -> list[NewsText]:
    """Return the demonstration news, newest first."""
    news = [_news(path) for path in (HERE / "news").glob("*.md")]
    return sorted(news, key=lambda item: (item.date, item.slug), reverse=True)


def read_events() -> list[EventText]:
    """Return the demonstration events in order of time."""
    events = [_event(path) for path in (HERE / "events").glob("*.md")]
    return sorted(events, key=lambda item: (item.start, item.slug))


def _news(path: Path) -> NewsText:
    about, text = read_text(path)
    return NewsText(
        slug=path.stem,
        title=about["title"],
        date=about["date"],
        summary=about["summary"],
        network=about.get("network", ""),
        province=about.get("province"),
        topics=tuple(about["topics"]),
        body=read_body(text),
    )


def _event(path: Path) -> EventText:
    about, text = read_text(path)
    return EventText(
        slug=path.stem,
        title=about["title"],
        start=about["start"].replace(tzinfo=ROME),
        end=about["end"].replace(tzinfo=ROME),
        mode=about["mode"],
        place=about["place"],
        summary=about["summary"],
        network=about.get("network", ""),
        province=about.get("province"),
        topics=tuple(about["topics"]),
        documents=tuple(about.get("documents", ())),
        body=read_body(text),
    )
