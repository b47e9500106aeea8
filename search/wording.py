"""A search said in words, for lists, letters and feeds."""

from __future__ import annotations

from portal.organisations.models import Network, Organisation
from search.facets import TITLES
from search.parameters import Parameters
from search.sources.pages import KIND_LABELS

Labels = dict[tuple[str, str], str]
NAME_LENGTH = 100


def value_labels() -> Labels:
    """Return the names of the values that are codes in an address (two queries)."""
    labels = {("kind", kind): label for kind, label in KIND_LABELS.items()}
    for slug, name in Network.objects.values_list("slug", "short_name"):
        labels["network", slug] = name
    for sigla, name in Organisation.objects.provinces().values_list("sigla", "name"):
        labels["province", sigla] = name
    return labels


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
