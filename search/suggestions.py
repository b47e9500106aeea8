"""Suggestions while typing: what the reader may see, and what she looked for before."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from portal.accounts.models import User
from portal.core.access import audience_tokens
from portal.organisations.models import Organisation
from search.analysis.chain import fold
from search.engines import get_engine
from search.engines.base import EngineError
from search.outbox import hidden_ids
from search.sources import describe, object_id, parse_object_id, sources
from search.sources.pages import KIND_LABELS

if TYPE_CHECKING:
    from search.sources.base import Reader

log = logging.getLogger(__name__)
SHORTEST, LONGEST = 2, 80
TITLES, OTHERS = 8, 3
# Some of those that are checked read the same, or are no more.
ASKED, CHECKED = 100, 2 * TITLES
MOST_WORDS = 8


@dataclass(frozen=True)
class Suggestion:
    """A line of the list: what it is, its words, where it leads."""

    what: str
    label: str
    url: str


def suggestions(reader: Reader, typed: str) -> list[Suggestion]:
    """Return own past queries, titles, kinds and Provinces for what somebody is typing."""
    text = " ".join(typed.replace("\x00", " ").split())[:LONGEST]
    if len(text) < SHORTEST:
        return []
    return _past(reader, text) + _titles(reader, text) + _kinds(text) + _provinces(text)


def _titles(reader: Reader, text: str) -> list[Suggestion]:
    """Return titles of the index, or of the database when the engine does not answer."""
    try:
        hits = get_engine().suggest(text, audience_tokens(reader), ASKED)
    except EngineError as problem:
        log.warning("Titles are suggested from the database: %s", problem)
        ids = [
            object_id(name, pk)
            for name, make in sources
            for pk in make().titled(reader, text.split()[:MOST_WORDS], OTHERS)
        ]
    else:
        hidden = hidden_ids() if hits else frozenset()
        ids = [hit.id for hit in hits if hit.id not in hidden]
    ids = _by_turns(ids)[:CHECKED]
    described = describe(reader, {key: [] for key in ids})
    # The parts of a long discussion read the same: the first stands for all.
    lines: dict[tuple[str, str], str] = {}
    for key in ids:
        if key in described:
            line = described[key].kind_label, described[key].title
            lines[line] = min(key, lines.get(line, key), key=parse_object_id)
    return [Suggestion(*line, described[key].url) for line, key in lines.items()][:TITLES]


def _by_turns(ids: list[str]) -> list[str]:
    """Return ids one of each source in turn: the latest discussions crowd nothing out."""
    seen: Counter[str] = Counter()
    turns = {}
    for key in ids:
        name, _ = parse_object_id(key)
        turns[key] = seen[name]
        seen[name] += 1
    return sorted(ids, key=turns.__getitem__)


def _past(reader: Reader, text: str) -> list[Suggestion]:
    if not isinstance(reader, User):
        return []
    found = reader.past_queries.filter(text__icontains=text).values_list("text", flat=True)
    return [Suggestion("Già cercato", past, _search(q=past)) for past in found[:OTHERS]]


def _kinds(text: str) -> list[Suggestion]:
    return [
        Suggestion("Tipo di contenuto", label, _search(tipo=kind))
        for kind, label in KIND_LABELS.items()
        if fold(label).startswith(fold(text))
    ][:OTHERS]


def _provinces(text: str) -> list[Suggestion]:
    wanted = fold(text).removeprefix("provincia di ").strip()
    if len(wanted) < SHORTEST:
        return []
    named = Organisation.objects.provinces().order_by("name").values_list("sigla", "name")
    return [
        Suggestion("Provincia", name, _search(provincia=sigla))
        for sigla, name in named
        if fold(name).startswith(wanted) or sigla.lower() == wanted
    ][:OTHERS]


def _search(**parameters: str) -> str:
    return f"{reverse('search:search')}?{urlencode(parameters)}"
