"""Pages of office files as HTML with their headings, lists and tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.library.reading.annotating import AnnotatedText, Span

# The page's own headings are the first two levels.
FIRST_LEVEL = 3
LAST_LEVEL = 6
MAX_ROWS = 1000
Block = tuple[str, int, list[list[Span]]]


class StructuredPage:
    """The blocks of a page, as places in one text that is annotated once."""

    def __init__(self, structure: object) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.blocks = list(self._blocks(structure))

    @property
    def text(self) -> str:
        """The words of all blocks, one after the other."""
        return "\n".join(self.pieces)

    def html(self, annotated: AnnotatedText) -> SafeString:
        """Return the blocks as HTML; ``annotated`` is the page's text with its marks."""
        level = FIRST_LEVEL - 1
        written: list[str] = []
        tables = 0
        for kind, group in groupby(self.blocks, key=lambda block: block[0]):
            blocks = list(group)
            if kind == "li":
                items = ((annotated.html(*cells[0][0]),) for _, _, cells in blocks)
                written.append(
                    format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", items))
                )
                continue
            for _, wanted, cells in blocks:
                if kind == "t":
                    tables += 1
                    written.append(_table(cells, annotated, tables))
                elif kind == "h":
                    # Levels go down one at a time, as who listens to headings expects.
                    level = min(max(wanted + FIRST_LEVEL - 1, FIRST_LEVEL), level + 1, LAST_LEVEL)
                    words = annotated.html(*cells[0][0])
                    written.append(format_html("<h{}>{}</h{}>", level, words, level))
                else:
                    written.append(format_html("<p>{}</p>", annotated.html(*cells[0][0])))
        return mark_safe("".join(written))  # noqa: S308 - every piece is escaped above

    def _blocks(self, structure: object) -> Iterator[Block]:
        """Yield the blocks that are well formed: the structure comes from a file of somebody."""
        for entry in structure if isinstance(structure, list) else []:
            match entry:
                case ["h", int(level), str(text)]:
                    yield "h", level, [[self._place(text)]]
                case ["p" | "li" as kind, str(text)]:
                    yield kind, 0, [[self._place(text)]]
                case ["t", list(rows)] if rows:
                    yield (
                        "t",
                        0,
                        [
                            [self._place(str(cell)) for cell in cells]
                            for cells in rows
                            if isinstance(cells, list)
                        ],
                    )

    def _place(self, text: str) -> Span:
        start = self.length + (1 if self.pieces else 0)
        self.pieces.append(text)
        self.length = start + len(text)
        return start, self.length


def _table(rows: list[list[Span]], annotated: AnnotatedText, number: int) -> SafeString:
    width = max((len(cells) for cells in rows), default=0)
    head = bool(rows) and _is_head(rows[0], annotated.text, width) and len(rows) > 1
    lines = []
    for position, cells in enumerate(rows[:MAX_ROWS]):
        padded = [*cells, *[(0, 0)] * (width - len(cells))]
        cell = '<th scope="col">{}</th>' if head and not position else "<td>{}</td>"
        written = format_html_join("", cell, ((annotated.html(*place),) for place in padded))
        lines.append(format_html("<tr>{}</tr>", written))
    first = format_html("<thead>{}</thead>", lines.pop(0)) if head else ""
    rest = mark_safe("".join(lines))  # noqa: S308 - lines are escaped above
    more = (
        mark_safe('<p class="meta">La tabella continua: è intera nel file.</p>')
        if len(rows) > MAX_ROWS
        else ""
    )
    return format_html(
        '<div class="table-frame" role="region" tabindex="0" aria-label="Tabella {}">'
        "<table>{}<tbody>{}</tbody></table></div>{}",
        number,
        first,
        rest,
        more,
    )


def _is_head(cells: list[Span], text: str, width: int) -> bool:
    """Tell whether a first row names its columns: all full, none a number."""
    words = [text[start:end].strip() for start, end in cells]
    if width < 2 or len(words) < width or not all(words):
        return False
    return not any(word.replace(".", "").replace(",", "").isdigit() for word in words)
