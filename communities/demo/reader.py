"""Reads the demonstration discussions: one TOML file for each theme, in the folder of its space.

Each ``[[topics]]`` has ``kind``, ``title`` and its ``[[topics.posts]]``, the first of which opens
it; it may say which post number is ``accepted``, whether it is ``pinned`` or ``locked``, and who
is among its ``followers``. A post has ``by`` (the account), its moment and ``html``, the HTML of
the editor with a block on each line. The moment is ``at``, a local date and time, or ``days_ago``
and ``time``, which count back from the day of the seed. A post may also have ``for_body``, the
number of people whom it was ``useful`` to, ``files`` (names in ``communities/demo/files``,
without extension), ``before`` (what it said before it was corrected), ``deleted``, the reason why
it was ``hidden``, or the ``[topics.posts.report]`` of somebody: ``by``, ``reason``, ``note``. A
link to ``documento:Title`` goes to that document of the library.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

TEXTS = Path(__file__).parent / "texts"
ROME = ZoneInfo("Europe/Rome")
APART = dt.timedelta(minutes=11)


@dataclass(frozen=True)
class Report:
    """Somebody's report of a post, which waits for who moderates."""

    by: str
    reason: str
    note: str = ""


@dataclass(frozen=True)
class Said:
    """A post of a demonstration discussion."""

    by: str
    html: str
    at: dt.datetime | None = None
    days_ago: int = 0
    time: dt.time = dt.time(9)
    for_body: bool = False
    useful: int = 0
    files: tuple[str, ...] = ()
    before: str = ""
    deleted: bool = False
    hidden: str = ""
    report: Report | None = None

    def moment(self, today: dt.date) -> dt.datetime:
        """Return when it was written, on a working day."""
        if self.at:
            return self.at.replace(tzinfo=ROME)
        day = today - dt.timedelta(days=self.days_ago)
        day -= dt.timedelta(days=max(day.weekday() - 4, 0))
        return dt.datetime.combine(day, self.time, ROME)


@dataclass(frozen=True)
class Talk:
    """A demonstration discussion; the posts' numbers are their places, from one."""

    space: str
    kind: str
    title: str
    posts: tuple[Said, ...]
    accepted: int = 0
    pinned: bool = False
    locked: bool = False
    followers: tuple[str, ...] = ()

    def moments(self, today: dt.date) -> list[dt.datetime]:
        """Return when each post was written, one after the other."""
        found: list[dt.datetime] = []
        for post in self.posts:
            moment = post.moment(today)
            found.append(max(moment, found[-1] + APART) if found else moment)
        return found


def read_talks(folder: Path = TEXTS) -> Iterator[Talk]:
    """Yield every discussion of the demonstration."""
    for path in sorted(folder.glob("*/*.toml")):
        for about in tomllib.loads(path.read_text(encoding="utf-8"))["topics"]:
            posts = tuple(_said(post) for post in about.pop("posts"))
            about["followers"] = tuple(about.get("followers", ()))
            yield Talk(space=path.parent.name, posts=posts, **about)


def _said(post: dict[str, Any]) -> Said:
    report = post.pop("report", None)
    values = {
        **post,
        "html": _joined(post["html"]),
        "before": _joined(post.get("before", "")),
        "files": tuple(post.get("files", ())),
    }
    return Said(**values, report=Report(**report) if report else None)


def _joined(html: str) -> str:
    return "".join(line.strip() for line in html.splitlines())
