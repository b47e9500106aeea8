"""How an object becomes the rows of the two tiers: analysed once, the same for every engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from itertools import chain
from zlib import crc32

from search.analysis import Term, acronym_of
from search.analysis.chain import RAW, terms_of
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
class Words:
    """A text taken apart once: its terms, and its acronyms among fillers for its other words.

    So the field of the acronyms is as long as the text: a glossary does not count less for having
    many.
    """

    terms: Sequence[Term]
    acronyms: str

    @classmethod
    def of(cls, text: str) -> Words:
        """Analyse a text."""
        raws = RAW.findall(text)
        acronyms = [NO_ACRONYM if raw.islower() else acronym_of(raw) or NO_ACRONYM for raw in raws]
        return cls(terms_of(raws), " ".join(acronyms))

    @property
    def stems(self) -> str:
        """The stems, joined by spaces."""
        return " ".join([term.stem for term in self.terms])

    @property
    def exacts(self) -> str:
        """The words as written but folded, joined by spaces."""
        return " ".join([term.exact for term in self.terms])


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
    title = Words.of(item.title)
    said = [title, Words.of(item.summary), Words.of(item.body)]
    texts = without_running([page.text for page in item.pages])
    # What has only its title to answer with answers with its first page.
    texts[:1] = [f"{item.title}\n{text}" for text in texts[:1]]
    said += [Words.of(text) for text in texts]
    stems, exacts = [words.stems for words in said], [words.exacts for words in said]
    capitals = [words.acronyms for words in said]
    written = zip(stems[3:], exacts[3:], capitals[3:], strict=True)
    pages = [
        PageRow(page.number, page.label, *words)
        for page, words in zip(item.pages, written, strict=True)
    ]
    if not pages:
        # What has no pages is one: best pages are compared among all objects.
        pages.append(
            PageRow(0, "", " ".join(stems[1:]), " ".join(exacts[1:]), " ".join(capitals[1:]))
        )
    return DocumentRow(
        id=item.id,
        seq=item.seq,
        title=stems[0],
        title_exact=exacts[0],
        text=" ".join(stems),
        text_exact=" ".join(exacts),
        acronyms=" ".join(capitals),
        gist=gist(title, said),
        recency=recency(item),
        audience=sorted(item.audience),
        facets={"state": [IN_USE], **item.facets},
        pages=pages,
    )


def recency(item: IndexItem) -> int:
    """Return a number that orders by date, and within a day by id: the order has no ties."""
    return ((item.date or NO_DATE).toordinal() << 32) | crc32(item.id.encode())


def gist(title: Words, said: Iterable[Words]) -> str:
    """Return the stems most frequent in an object, those of its title first, without stopwords."""
    counts = Counter(chain.from_iterable(words.terms for words in said))
    weights: Counter[str] = Counter()
    for (stem, exact), count in counts.items():
        if len(exact) >= SHORTEST_GIST and exact.isalpha() and not is_stopword(exact):
            weights[stem] += count
    for stem in {term.stem for term in title.terms} & weights.keys():
        weights[stem] += TITLE_COUNT
    best = nsmallest(GIST, weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return " ".join([stem for stem, _ in best])
