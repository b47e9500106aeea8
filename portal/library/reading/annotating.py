"""A text with the words found, the norms cited and a chosen passage, as safe HTML."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.core.highlighting import spans
from portal.core.norms import NormReference, references

MAX_PASSAGE = 1000
SHORTEST_PASSAGE = 3
Span = tuple[int, int]


@dataclass(frozen=True)
class _Segment:
    start: int
    end: int
    link: int | None
    marked: bool
    chosen: bool


class AnnotatedText:
    """A text cut where something begins or ends, so that any slice of it can be written."""

    def __init__(self, text: str, query: str, passage: str, year: int | None) -> None:
        self.text = text
        self.norms: list[NormReference] = references(text, year)
        self.marks: list[Span] = spans(text, query) if query.strip() else []
        self.passage = find_passage(text, passage)
        self._segments = self._cut()
        self._starts = [segment.start for segment in self._segments]

    def html(self, start: int = 0, end: int | None = None) -> SafeString:
        """Return a slice of the text as HTML, the whole without arguments."""
        end = len(self.text) if end is None else end
        pieces: list[str] = []
        link: int | None = None
        for segment in self._segments[max(bisect_right(self._starts, start) - 1, 0) :]:
            if segment.start >= end:
                break
            words = self.text[max(segment.start, start) : min(segment.end, end)]
            if not words:
                continue
            if segment.link != link:
                pieces.append("</a>" if link is not None else "")
                link = segment.link
                if link is not None:
                    norm = self.norms[link]
                    pieces.append(
                        format_html('<a class="norm" href="{}" title="{}">', norm.url, norm.label)
                    )
            pieces.append(self._words(segment, words))
        pieces.append("</a>" if link is not None else "")
        return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped above

    def _words(self, segment: _Segment, words: str) -> str:
        if segment.chosen:
            first = self.passage is not None and segment.start <= self.passage[0]
            opened = '<mark class="passage" id="brano">' if first else '<mark class="passage">'
            return opened + format_html("{}</mark>", words)
        if segment.marked:
            return format_html("<mark>{}</mark>", words)
        return format_html("{}", words)

    def _cut(self) -> list[_Segment]:
        chosen = [self.passage] if self.passage else []
        links = [(norm.start, norm.end) for norm in self.norms]
        cuts = sorted(
            {0, len(self.text), *(end for span in (*self.marks, *links, *chosen) for end in span)}
        )
        mark, link = _Pointer(self.marks), _Pointer(links)
        choice = _Pointer(chosen)
        return [
            _Segment(
                start,
                end,
                link.at(start),
                mark.at(start) is not None,
                choice.at(start) is not None,
            )
            for start, end in pairwise(cuts)
        ]


class _Pointer:
    """Walks spans in order and tells which one holds a place."""

    def __init__(self, found: list[Span]) -> None:
        self.found = found
        self.index = 0

    def at(self, place: int) -> int | None:
        while self.index < len(self.found) and self.found[self.index][1] <= place:
            self.index += 1
        held = self.index < len(self.found) and self.found[self.index][0] <= place
        return self.index if held else None


def find_passage(text: str, passage: str) -> Span | None:
    """Return where a passage is, whatever its spaces and capitals; None when it is not there."""
    wanted = _folded(passage[:MAX_PASSAGE])
    if len(wanted) < SHORTEST_PASSAGE:
        return None
    places = [index for index, letter in enumerate(text) if not letter.isspace()]
    at = _folded(text).find(wanted)
    return (places[at], places[at + len(wanted) - 1] + 1) if at >= 0 else None


def _folded(text: str) -> str:
    """Return the letters without spaces, one for one, so that places stay places."""
    return "".join(letter.lower()[:1] for letter in text if not letter.isspace())
