"""A search said in words, for lists, letters and feeds."""

from __future__ import annotations

from collections.abc import Iterable

from portal.core.norms import act_label
from search.facets import TITLES, labels_of
from search.parameters import Parameters

Labels = dict[tuple[str, str], str]
NAME_LENGTH = 100


def value_labels(asked: Iterable[Parameters]) -> Labels:
    """Return the names of the values that are codes in the addresses of some searches."""
    searches = list(asked)
    bodies = {body for one in searches for body in one.filters["body"]}
    provinces = {sigla for one in searches for sigla in one.filters["province"]}
    acts = {act for one in searches for act in one.filters["norm"]}
    return labels_of(bodies, provinces) | {("norm", act): act_label(act) for act in acts}


def filters_in_words(parameters: Parameters, labels: Labels) -> str:
    """Return the filters of a search: ``Rete: SUA · Anno: 2022``."""
    return " · ".join(
        f"{TITLES.get(facet, facet)}: {labels.get((facet, value), value)}"
        for facet, value in parameters.chosen
    )


def name_of(parameters: Parameters, labels: Labels) -> str:
    """Return a name for a search that its owner may change."""
    parts = [" ".join(parameters.text.split()), filters_in_words(parameters, labels)]
    name = " – ".join(part for part in parts if part)
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"
