"""From what somebody typed to what is kept: sanitised HTML, and the same without tags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

import nh3
from django.utils.html import escape, urlize
from django.utils.text import Truncator

from portal.core.norms import linked

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a"}
SAME = {"b": "strong", "i": "em", "div": "p"}
SCHEMES = {"http", "https", "mailto"}
# What these hold is not text of the person's: it goes with them.
DROPPED = {"script", "style", "iframe", "object", "embed", "form", "template", "svg", "math"}
CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=DROPPED,
    attributes={"a": {"href"}},
    url_schemes=SCHEMES,
    link_rel="noopener noreferrer nofollow",
)
BLOCK_END = re.compile(r"</(?:p|li|blockquote|ul|ol)>|<br>")
SAME_TAG = re.compile(r"<(/?)(b|i|div)(?=[\s>/])", re.IGNORECASE)
EMPTY_LINES = re.compile(r"(?:<p>(?:\s|&nbsp;|<br>)*</p>\s*)+")
LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
BLANK = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Written:
    """A text as it is stored."""

    html: str
    text: str


def written(raw: str, body_format: str) -> Written:
    """Return the sanitised HTML of what was typed in the editor (``html``) or as plain text.

    Nothing but paragraphs, emphasis, lists, quotations and links to http, https or mailto is
    left, whatever comes in; the norms that the text cites become links to where they are read.
    """
    raw = raw.replace("\x00", "").replace("\r\n", "\n")
    source = raw if body_format == "html" else _paragraphs(raw)
    source = SAME_TAG.sub(lambda found: f"<{found[1]}{SAME[found[2].lower()]}", source)
    # Cleaned once more after the norms became links, so that their links are as all the others.
    html = CLEANER.clean(linked(CLEANER.clean(source)))
    html = EMPTY_LINES.sub("", html).strip()
    return Written(html, plain(html))


def plain(html: str) -> str:
    """Return sanitised HTML as text, a line for each paragraph or item."""
    lines = unescape(nh3.clean(BLOCK_END.sub("\n", html), tags=set())).replace("\xa0", " ")
    return "\n".join(line.strip() for line in lines.splitlines() if line.strip())


def as_typed(html: str) -> str:
    """Return stored HTML as the plain text that a reader without JavaScript goes on writing."""
    marked = LINK.sub(lambda found: _link_as_text(found[1], found[2]), html)
    marked = re.sub(r"</(?:p|ul|ol|blockquote)>", "\n\n", marked)
    marked = re.sub(r"<li>\s*(?:<p>)?", "- ", re.sub(r"</li>|<br>", "\n", marked))
    lines = unescape(nh3.clean(marked, tags=set())).replace("\xa0", " ")
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def shortened(text: str, length: int) -> str:
    """Return the beginning of a text on one line, at most ``length`` characters."""
    return Truncator(" ".join(text.split())).chars(length)


def _link_as_text(address: str, words: str) -> str:
    return words if unescape(words) == unescape(address) else f"{words} ({address})"


def _paragraphs(text: str) -> str:
    """Return plain text as paragraphs and lines, its addresses as links."""
    blocks = [block.strip() for block in BLANK.split(text) if block.strip()]
    return "".join(f"<p>{urlize(escape(block)).replace(chr(10), '<br>')}</p>" for block in blocks)
