"""One search asked of an engine: its results in order, their best pages, what was perhaps meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.engines.base import Engine, Hit, Passage, Results, SearchRequest, attempts
from search.field_values import options_of
from search.parameters import Parameters
from search.query import Query, parse
from search.query.fields import resolved
from search.ranking import WINDOW, by_best_pages

PAGE_SIZE = 10
# When fewer objects than these have all the words, others that lack some are shown too.
FEW = 30


@dataclass(frozen=True)
class Asked:
    """What is asked, for whom, and which objects nobody may be shown now."""

    parameters: Parameters
    query: Query
    audience: frozenset[str]
    hidden: frozenset[str] = frozenset()

    @property
    def ranked(self) -> bool:
        """Whether the best pages have a part in the order."""
        in_window = self.parameters.page * PAGE_SIZE <= WINDOW
        return self.parameters.sort == "relevance" and in_window and bool(self.query.wanted)

    @property
    def request(self) -> SearchRequest:
        """What the engine is asked."""
        parameters = self.parameters
        return SearchRequest(
            query=self.query,
            audience=self.audience,
            filters=parameters.narrowing,
            sort=parameters.sort,
            page=1 if self.ranked else parameters.page,
            page_size=WINDOW if self.ranked else PAGE_SIZE,
            exclude_ids=self.hidden,
            everything=any(parameters.filters.values()) and not parameters.text,
            strict=parameters.strict,
            few=FEW,
        )


@dataclass(frozen=True)
class Answer:
    """One page of hits with the best pages of each; ``query`` is the one that was answered.

    ``spelling`` could be meant, ``corrected`` was searched instead of what was typed.
    """

    query: Query
    outcome: Results
    hits: list[Hit]
    passages: dict[str, list[Passage]]
    spelling: str = ""
    corrected: str = ""


def ask(engine: Engine, asked: Asked, pinned: Sequence[str] = ()) -> Answer:
    """Ask an engine, with the best pages of the hits and of what is shown before them.

    Raises EngineError.
    """
    parameters, query = asked.parameters, asked.query
    outcome = engine.search(replace(asked.request, stop_at_none=True))
    spelling = corrected = ""
    if outcome.lenient or not outcome.total:
        spelling = engine.suggest_spelling(query, asked.audience)
    if not outcome.total and not parameters.strict and not query.strict:
        if spelling:
            # A word that no text has was mistyped: what it was meant to be is searched at once.
            better = replace(asked, query=resolved(parse(spelling), options_of))
            outcome = engine.search(better.request)
        if outcome.total:
            asked, query, corrected, spelling = better, better.query, spelling, ""
        elif len(attempts(asked.request)) > 1:
            outcome = engine.search(asked.request)
    hits = outcome.hits
    shown = [*pinned, *(hit.id for hit in hits)]
    passages = engine.passages(query, shown) if shown and query.wanted else {}
    if asked.ranked:
        last = parameters.page * PAGE_SIZE
        hits = by_best_pages(hits, passages)[last - PAGE_SIZE : last]
    return Answer(query, outcome, hits, passages, spelling, corrected)
