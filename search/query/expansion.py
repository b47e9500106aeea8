"""Words that a query can do without, and words that mean the same, as the redazione keeps them."""

from __future__ import annotations

from search.query.weak import WEAK
from search.tuning import Weights, current


def is_stopword(exact: str) -> bool:
    """Tell whether a query can do without a folded word: it is empty, or only asks."""
    return exact in current().stopwords or exact in WEAK


def phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return each phrase as stems with the word it spells out, the longest first."""
    return current().phrases


def alternatives(exact: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases, as stems, that mean the same as a folded word."""
    return current().alternatives(exact)


def weights() -> Weights:
    """Return what a match gains for its kind and network, and the worth of its title."""
    return current().weights
