"""HTML by lxml: the words without scripts, styles and markup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from portal.library.extraction.formats.sections import sections
from portal.library.extraction.formats.txt import decoded
from portal.library.extraction.model import Limits, PageText, UnreadableError
from portal.library.extraction.structure import Block, heading, item, paragraph

SILENT = ("script", "style", "noscript", "template", "head")
BLOCKS = frozenset(
    "p div li h1 h2 h3 h4 h5 h6 tr td th br table ul ol section article".split()  # noqa: SIM905
)

# What a line is, written before it with a private character that is taken out of the file first.
MARKED = ("li", "h1", "h2", "h3", "h4", "h5", "h6")
MARK = "\ue000"


def pages(path: str, limits: Limits) -> Iterator[PageText]:
    """Yield sections of the visible text."""
    yield from sections(visible_blocks(decoded(Path(path).read_bytes())))


def visible_blocks(text: str) -> list[Block]:
    """Return the blocks that a reader of a page sees; raises UnreadableError when it is empty."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    data = text.replace(MARK, "").encode("utf-8", "replace")
    try:
        root = html.document_fromstring(data, parser=parser)
    except etree.ParserError as problem:
        raise UnreadableError("empty") from problem
    etree.strip_elements(root, *SILENT, with_tail=False)
    for element in root.iter():
        if element.tag in BLOCKS:
            element.tail = "\n" + (element.tail or "")
        if element.tag in MARKED:
            element.text = f"\n{MARK}{MARKED.index(element.tag)}{MARK}{element.text or ''}"
    lines = (" ".join(line.split()) for line in root.text_content().split("\n"))
    return [_block(line) for line in lines if line.replace(MARK, "")]


def _block(line: str) -> Block:
    """Return a line as what the mark at its beginning says it is."""
    if not line.startswith(MARK):
        return paragraph(line.replace(MARK, ""))
    _, kind, text = line.split(MARK, 2)
    text = text.replace(MARK, "").strip()
    return heading(text, int(kind)) if int(kind) else item(text)
