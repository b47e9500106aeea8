"""Reads the texts of the demonstration pages: a TOML heading, then blocks, one for each line.

``##`` heading; paragraphs, ``-`` and ``1.`` lists join in one rich text;
``>`` quotation, its source after ``|``; ``!`` alert; ``^`` caption of the ``|`` rows of a table;
``%`` document; ``*`` date | title | text of a timeline; ``$`` value | label | note of a number;
``?`` title | text of an accordion; ``@`` title | text | link of a card; ``=>`` title | text |
label | link of a call to action. Inside a text ``**bold**`` and ``[words](address)``.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

FENCE = "+++\n"
BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\[(.+?)\]\((.+?)\)")
NUMBERED = re.compile(r"^\d+\. ")
MARKS = {
    "## ": "heading",
    "> ": "quotation",
    "! ": "alert",
    "^ ": "table",
    "|": "table",
    "% ": "documents",
    "* ": "timeline",
    "$ ": "numbers",
    "? ": "accordion",
    "@ ": "cards",
    "=> ": "call_to_action",
}

Body = list[tuple[str, Any]]


def read_text(path: Path) -> tuple[dict[str, Any], str]:
    """Return the heading of a text and the text below it."""
    _, heading, text = path.read_text(encoding="utf-8").split(FENCE, 2)
    return tomllib.loads(heading), text


def read_body(text: str) -> Body:
    """Return the blocks of a page as pairs of type and value."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return list(_blocks(lines))


def _kind(line: str) -> str:
    return next((kind for mark, kind in MARKS.items() if line.startswith(mark)), "rich_text")


def _blocks(lines: list[str]) -> Iterator[tuple[str, Any]]:
    for kind, group in groupby(lines, _kind):
        texts = list(group)
        match kind:
            case "heading":
                yield from (("heading", {"text": line[3:]}) for line in texts)
            case "rich_text":
                yield kind, _rich_text(texts)
            case "quotation":
                yield from ((kind, _fields(line[2:], "text", "source")) for line in texts)
            case "alert":
                yield from ((kind, {"level": "info", "text": line[2:]}) for line in texts)
            case "table":
                yield from ((kind, table) for table in _tables(texts))
            case "documents":
                yield kind, [line[2:] for line in texts]
            case "timeline":
                yield kind, [_fields(line[2:], "date", "title", "text") for line in texts]
            case "numbers":
                yield kind, [_fields(line[2:], "value", "label", "note") for line in texts]
            case "accordion":
                yield kind, [_question(line[2:]) for line in texts]
            case "cards":
                yield kind, [_fields(line[2:], "title", "text", "link_key") for line in texts]
            case "call_to_action":
                names = ("title", "text", "label", "link_key")
                yield from ((kind, _fields(line[3:], *names)) for line in texts)


def _fields(line: str, *names: str) -> dict[str, str]:
    values = [value.strip() for value in line.split("|")]
    return dict(zip(names, values, strict=True))


def _question(line: str) -> dict[str, str]:
    question = _fields(line, "title", "text")
    return {"title": question["title"], "text": f"<p>{_inline(question['text'])}</p>"}


def _inline(text: str) -> str:
    bold = BOLD.sub(r"<b>\1</b>", html.escape(text, quote=False))
    return LINK.sub(r'<a href="\2">\1</a>', bold)


def _rich_text(lines: list[str]) -> str:
    parts: list[str] = []
    for tag, group in groupby(lines, _tag):
        texts = list(group)
        if tag == "p":
            parts.extend(f"<p>{_inline(text)}</p>" for text in texts)
        else:
            items = (text[2:] if tag == "ul" else NUMBERED.sub("", text) for text in texts)
            parts.append(
                f"<{tag}>" + "".join(f"<li>{_inline(i)}</li>" for i in items) + f"</{tag}>"
            )
    return "".join(parts)


def _tag(line: str) -> str:
    if line.startswith("- "):
        return "ul"
    return "ol" if NUMBERED.match(line) else "p"


def _tables(lines: list[str]) -> Iterator[dict[str, Any]]:
    tables: list[dict[str, Any]] = []
    for line in lines:
        if line.startswith("^ "):
            tables.append({"caption": line[2:], "header": [], "rows": []})
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if tables[-1]["header"]:
            tables[-1]["rows"].append(cells)
        else:
            tables[-1]["header"] = cells
    yield from tables
