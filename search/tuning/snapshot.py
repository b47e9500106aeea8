"""The tuning as queries use it: everything analysed once, then only looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from search.analysis import acronym_of, terms
from search.analysis.acts import act_number, writings
from search.analysis.chain import RAW
from search.reference import STOPWORDS, SYNONYMS

Stems = tuple[str, ...]
TITLE = "field:title"
TITLE_STEP = 0.15


@dataclass(frozen=True)
class Weights:
    """Points that a match gains for its facet values, and what its title is worth more or less."""

    prizes: tuple[tuple[str, str, int], ...] = ()
    title: float = 1.0


@dataclass
class Rows:
    """The rows of the tuning as plain values."""

    stopwords: Sequence[str] = ()
    synonyms: Sequence[tuple[str, Sequence[str], bool]] = ()
    forms: Sequence[Sequence[str]] = ()
    weights: Sequence[tuple[str, int]] = ()
    pins: Sequence[tuple[str, Sequence[str]]] = ()


@dataclass(frozen=True)
class Snapshot:
    """One state of the tuning; it never changes, another one takes its place."""

    stamp: str
    stopwords: frozenset[str]
    phrases: tuple[tuple[Stems, str], ...]
    weights: Weights
    pins: dict[str, tuple[str, ...]]
    _of_exact: dict[str, tuple[Stems, ...]] = field(default_factory=dict)
    _of_stem: dict[str, tuple[Stems, ...]] = field(default_factory=dict)

    @classmethod
    def build(cls, rows: Rows, stamp: str = "") -> Snapshot:
        """Analyse the rows."""
        stopwords = frozenset(rows.stopwords)
        of_exact: dict[str, list[Stems]] = defaultdict(list)
        of_stem: dict[str, list[Stems]] = defaultdict(list)
        phrases: list[tuple[Stems, str]] = []
        for word, meanings, both_ways in rows.synonyms:
            found = terms(word)
            for stems in (stems for meaning in meanings for stems in _stems_of(meaning)):
                if not found or not stems:
                    continue
                term = found[0]
                if acronym_of(word):
                    of_exact[term.exact].append(stems)
                else:
                    of_stem[term.stem].append(stems)
                if both_ways and len(stems) > 1:
                    phrases.append((stems, term.exact))
                elif both_ways:
                    of_stem[stems[0]].append((term.stem,))
        for group in rows.forms:
            stems_of_group = list(dict.fromkeys(terms(word)[0].stem for word in group))
            for one in stems_of_group:
                of_stem[one] += [(other,) for other in stems_of_group if other != one]
        prizes = tuple(
            (facet, value, points)
            for target, points in rows.weights
            if target != TITLE
            for facet, _, value in [target.partition(":")]
        )
        title = 1.0 + TITLE_STEP * dict(rows.weights).get(TITLE, 0)
        pins: dict[str, tuple[str, ...]] = {}
        for query, ids in rows.pins:
            key = key_of(query, stopwords)
            if key and ids:
                pins[key] = (*pins.get(key, ()), *ids)
        return cls(
            stamp=stamp,
            stopwords=stopwords,
            phrases=tuple(sorted(phrases, key=lambda pair: -len(pair[0]))),
            weights=Weights(prizes, title),
            pins=pins,
            _of_exact={word: _unique(stems) for word, stems in of_exact.items()},
            _of_stem={word: _unique(stems) for word, stems in of_stem.items()},
        )

    def alternatives(self, exact: str) -> tuple[Stems, ...]:
        """Return the phrases, as stems, that mean the same as a folded word."""
        found = self._of_exact.get(exact, ())
        if self._of_stem:
            for term in terms(exact)[:1]:
                found += self._of_stem.get(term.stem, ())
        return found

    def pinned(self, text: str) -> tuple[str, ...]:
        """Return the ids of the objects shown first for what somebody typed."""
        return self.pins.get(key_of(text, self.stopwords), ()) if self.pins else ()


def key_of(text: str, stopwords: frozenset[str]) -> str:
    """Return what two ways of asking the same have in common: their stems, in order."""
    stems: set[str] = set()
    for raw in RAW.findall(text[:300]):
        acronym = acronym_of(raw)
        stems.update(term.stem for term in terms(raw) if acronym or term.exact not in stopwords)
    return " ".join(sorted(stems))


def _stems_of(meaning: str) -> tuple[Stems, ...]:
    """Return a meaning as stems; the number of an act in all the ways in which texts write it."""
    act = act_number(meaning)
    return writings(*act) if act else (tuple(term.stem for term in terms(meaning)),)


def _unique(stems: list[Stems]) -> tuple[Stems, ...]:
    return tuple(dict.fromkeys(stems))


def first_snapshot() -> Snapshot:
    """Return the tuning of a new installation, without asking the database."""
    return Snapshot.build(
        Rows(
            stopwords=sorted(STOPWORDS),
            synonyms=[(word, meanings, True) for word, meanings in SYNONYMS.items()],
        )
    )
