"""Facets with names for people."""

from __future__ import annotations

from dataclasses import dataclass

from portal.library.extraction import FileFormat
from portal.organisations.models import Network, Organisation
from search.parameters import NAMES, Parameters
from search.sources.pages import KIND_LABELS

TITLES = {
    "kind": "Tipo",
    "network": "Rete",
    "province": "Provincia",
    "year": "Anno",
    "format": "Formato",
}
SHOWN = 6


@dataclass(frozen=True)
class Option:
    """One value of a facet."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Group:
    """A facet with its values, the first ones shown and the rest behind a disclosure."""

    facet: str
    name: str
    title: str
    options: list[Option]

    @property
    def first(self) -> list[Option]:
        """The values shown at once."""
        return self.options[:SHOWN]

    @property
    def rest(self) -> list[Option]:
        """The values behind "Tutte"."""
        return self.options[SHOWN:]

    @property
    def rest_chosen(self) -> bool:
        """Whether one of the hidden values is on."""
        return any(option.chosen for option in self.rest)


def facet_groups(parameters: Parameters, counts: dict[str, list[tuple[str, int]]]) -> list[Group]:
    """Return the facets that have something to choose, values named and counted."""
    labels = _labels()
    groups = []
    for facet, title in TITLES.items():
        chosen = parameters.filters[facet]
        values = dict(counts.get(facet, []))
        values.update(dict.fromkeys(chosen - values.keys(), 0))
        options = [
            Option(value, labels.get((facet, value), value), count, value in chosen)
            for value, count in values.items()
        ]
        if facet == "year":
            options.sort(key=lambda option: option.value, reverse=True)
        options.sort(key=lambda option: not option.chosen)
        if options:
            groups.append(Group(facet, NAMES[facet], title, options))
    return groups


def _labels() -> dict[tuple[str, str], str]:
    labels = {("kind", kind): label for kind, label in KIND_LABELS.items()}
    for slug, name in Network.objects.values_list("slug", "short_name"):
        labels["network", slug] = name
    for sigla, name in Organisation.objects.provinces().values_list("sigla", "name"):
        labels["province", sigla] = name
    for file_format in FileFormat:
        labels["format", file_format.value] = file_format.value.upper()
    return labels
