"""How an object becomes the rows of the two tiers: analysed once, the same for every engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from search.analysis import acronym_of, terms
from search.analysis.chain import RAW
from search.analysis.running import without_running
from search.engines.base import IN_USE, IndexItem
from search.query.expansion import is_stopword

# Stands in the place of a word that is no acronym.
NO_ACRONYM = "-"
# The words that say what an object speaks of, and what one in the title counts.
GIST = 40
SHORTEST_GIST = 4
TITLE_COUNT = 6
NO_DATE = date(1, 1, 1)


@dataclass(frozen=True)
class PageRow:
    """A page: its words joined by spaces."""

    number: int
    label: str
    text: str
    text_exact: str
    acronyms: str


@dataclass(frozen=True)
class DocumentRow:
    """An object: its words and those of all its pages, joined by spaces."""

    id: str
    seq: int
    title: str
    title_exact: str
    text: str
    text_exact: str
    acronyms: str
    gist: str
    recency: int
    audience: Sequence[str]
    facets: Mapping[str, Sequence[str]]
    pages: Sequence[PageRow]


def row_of(item: IndexItem) -> DocumentRow:
    """Return the row of an object with those of its pages."""
    title, title_exact = analysed(item.title)
    stems, exacts, capitals = [title], [title_exact], [acronyms_of(item.title)]
    for text in (item.summary, item.body):
        text_stems, text_exacts = analysed(text)
        stems.append(text_stems)
        exacts.append(text_exacts)
        capitals.append(acronyms_of(text))
    pages = []
    texts = without_running([page.text for page in item.pages])
    # What has only its title to answer with answers with its first page.
    texts[:1] = [f"{item.title}\n{text}" for text in texts[:1]]
    for page, text in zip(item.pages, texts, strict=True):
        page_stems, page_exacts = analysed(text)
        row = PageRow(page.number, page.label, page_stems, page_exacts, acronyms_of(text))
        pages.append(row)
        stems.append(row.text)
        exacts.append(row.text_exact)
        capitals.append(row.acronyms)
    if not pages:
        # What has no pages is one: best pages are compared among all objects.
        pages.append(
            PageRow(0, "", " ".join(stems[1:]), " ".join(exacts[1:]), " ".join(capitals[1:]))
        )
    return DocumentRow(
        id=item.id,
        seq=item.seq,
        title=title,
        title_exact=title_exact,
        text=" ".join(stems),
        text_exact=" ".join(exacts),
        acronyms=" ".join(capitals),
        gist=gist(title, stems, exacts),
        recency=recency(item),
        audience=sorted(item.audience),
        facets={"state": [IN_USE], **item.facets},
        pages=pages,
    )


def recency(item: IndexItem) -> int:
    """Return a number that orders by date, and within a day by id: the order has no ties."""
    return ((item.date or NO_DATE).toordinal() << 32) | crc32(item.id.encode())


def analysed(text: str) -> tuple[str, str]:
    """Return the stems and the exact words of a text, joined by spaces."""
    found = terms(text)
    return " ".join([term.stem for term in found]), " ".join([term.exact for term in found])


def acronyms_of(text: str) -> str:
    """Return the acronyms of a text among fillers for its other words, joined by spaces.

    So the field is as long as the text: a glossary does not count less for having many.
    """
    return " ".join([acronym_of(raw) or NO_ACRONYM for raw in RAW.findall(text)])


def gist(title: str, stems: Sequence[str], exacts: Sequence[str]) -> str:
    """Return the stems most frequent in an object, those of its title first, without stopwords."""
    counts: Counter[tuple[str, str]] = Counter()
    for some_stems, some_exacts in zip(stems, exacts, strict=True):
        counts.update(zip(some_stems.split(), some_exacts.split(), strict=True))
    weights: Counter[str] = Counter()
    for (stem, exact), count in counts.items():
        if len(exact) >= SHORTEST_GIST and exact.isalpha() and not is_stopword(exact):
            weights[stem] += count
    for stem in set(title.split()) & weights.keys():
        weights[stem] += TITLE_COUNT
    ordered = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return " ".join([stem for stem, _ in ordered[:GIST]])
