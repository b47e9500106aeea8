"""Plain text, comma-separated values and a web page."""

from __future__ import annotations

import csv
import html
import io
import textwrap

from portal.library.demo.blocks import Heading, Items, NewPage, Note, Paragraph, Table
from portal.library.demo.source import Source

WIDTH = 88


def write_txt(source: Source) -> bytes:
    """Return plain text in UTF-8, wrapped at a readable measure."""
    parts = [source.title.upper(), source.author]
    for block in source.blocks:
        match block:
            case Heading(_, text):
                parts.append(f"{text}\n{'-' * len(text)}")
            case Paragraph(text, number):
                parts.append(textwrap.fill(f"{number}. {text}" if number else text, WIDTH))
            case Note(text):
                parts.append(textwrap.indent(textwrap.fill(text, WIDTH - 2), "| "))
            case Items(texts):
                parts.append("\n".join(_item(text) for text in texts))
            case Table(caption, rows):
                parts.append("\n".join([caption, *(" | ".join(row) for row in rows)]))
            case NewPage():
                parts.append("\f")
    return ("\n\n".join(parts) + "\n").encode()


def _item(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="- ", subsequent_indent="  ")


def write_csv(source: Source) -> bytes:
    """Return the tables one under the other, separated by semicolons as Italian offices do."""
    rows = io.StringIO()
    writer = csv.writer(rows, delimiter=";", lineterminator="\r\n")
    for block in source.blocks:
        assert isinstance(block, Table), f"{source.filename} holds more than tables"
        writer.writerows(block.rows)
    return rows.getvalue().encode("utf-8-sig")


def write_html(source: Source) -> bytes:
    """Return a web page without style or script."""
    body = "\n".join(_html(block) for block in source.blocks)
    title = html.escape(source.title)
    return (
        '<!DOCTYPE html>\n<html lang="it">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n"
        f'<meta name="description" content="{html.escape(source.description)}">\n'
        f"</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{html.escape(source.author)}</p>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    ).encode()


def _html(block: object) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level + 1}>{html.escape(text)}</h{level + 1}>"
        case Paragraph(text, number):
            return f"<p>{html.escape(f'{number}. {text}' if number else text)}</p>"
        case Note(text):
            return f"<aside><p>{html.escape(text)}</p></aside>"
        case Items(texts):
            items = "".join(f"<li>{html.escape(text)}</li>" for text in texts)
            return f"<ul>{items}</ul>"
        case Table(caption, rows):
            head = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in rows[0])
            lines = "".join(
                "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
                for row in rows[1:]
            )
            return (
                f"<table><caption>{html.escape(caption)}</caption>"
                f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
            )
    return "<hr>"
