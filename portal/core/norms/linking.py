"""Links to the norms inside HTML that is already sanitised."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

from portal.core.norms.recognition import references

SILENT = frozenset(["a", "button", "code", "pre", "script", "style", "textarea"])


def linked(html: str, year: int | None = None) -> str:
    """Return sanitised HTML with the norms that its text cites as links; twice is as once."""
    linker = _Linker(year)
    linker.feed(html)
    linker.close()
    return "".join(linker.pieces)


def linked_text(text: str, year: int | None = None) -> str:
    """Return plain text as HTML, escaped, with the norms it cites as links."""
    pieces = []
    position = 0
    for found in references(text, year):
        pieces.append(_escaped(text[position : found.start]))
        words = _escaped(text[found.start : found.end])
        pieces.append(f'<a href="{escape(found.url)}">{words}</a>')
        position = found.end
    pieces.append(_escaped(text[position:]))
    return "".join(pieces)


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\u00a0", "&nbsp;")


class _Linker(HTMLParser):
    """Copies tags as they are and text with links."""

    def __init__(self, year: int | None) -> None:
        super().__init__(convert_charrefs=True)
        self.year = year
        self.pieces: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append(self.get_starttag_text() or "")
        if tag in SILENT:
            self.silent.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append(f"</{tag}>")
        if tag in self.silent:
            del self.silent[len(self.silent) - 1 - self.silent[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        raw = self.silent and self.silent[-1] in ("script", "style")
        if self.silent:
            self.pieces.append(data if raw else _escaped(data))
        else:
            self.pieces.append(linked_text(data, self.year))

    def handle_comment(self, data: str) -> None:
        self.pieces.append(f"<!--{data}-->")
