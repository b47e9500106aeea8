"""HTML by lxml: the words without scripts, styles and markup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from portal.library.extraction.formats.sections import sections
from portal.library.extraction.formats.txt import decoded
from portal.library.extraction.model import Limits, UnreadableError

SILENT = ("script", "style", "noscript", "template", "head")
BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "td",
        "th",
        "br",
        "table",
        "ul",
        "ol",
        "section",
        "article",
    ]
)


def pages(path: str, limits: Limits) -> Iterator[tuple[str, str]]:
    """Yield sections of the visible text."""
    yield from sections(visible_lines(decoded(Path(path).read_bytes())))


def visible_lines(text: str) -> list[str]:
    """Return the lines that a reader of a page sees; raises UnreadableError when it is empty."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    data = text.encode("utf-8", "replace")
    try:
        root = html.document_fromstring(data, parser=parser)
    except etree.ParserError as problem:
        raise UnreadableError("empty") from problem
    etree.strip_elements(root, *SILENT, with_tail=False)
    for element in root.iter():
        if element.tag in BLOCKS:
            element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in root.text_content().splitlines())
    return [line for line in lines if line]
