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
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    data = decoded(Path(path).read_bytes()).encode("utf-8")
    try:
        root = html.document_fromstring(data, parser=parser)
    except etree.ParserError as problem:
        raise UnreadableError("empty") from problem
    etree.strip_elements(root, *SILENT, with_tail=False)
    for element in root.iter():
        if element.tag in BLOCKS:
            element.tail = "\n" + (element.tail or "")
    text = root.text_content()
    lines = (" ".join(line.split()) for line in text.splitlines())
    yield from sections([line for line in lines if line])
