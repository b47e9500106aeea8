"""Facets with names for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from portal.core.norms import act_label
from portal.library.extraction import FileFormat
from portal.library.models import DocumentKind
from portal.organisations.models import Network, Organisation, OrganisationKind
from search.engines.base import ARCHIVED, IN_USE
from search.parameters import NAMES, Parameters
from search.sources.pages import KIND_LABELS

TITLES = {
    "kind": "Tipo",
    "network": "Rete",
    "province": "Provincia",
    "body": "Ente",
    "document_kind": "Genere di documento",
    "year": "Anno",
    "format": "Formato",
    "signed": "Firma",
    "tag": "Parola chiave",
    "norm": "Norma citata",
    "state": "Stato",
    "scope": "Per chi",
}
SCOPE_LABELS = {"mine": "Miei e del mio ente", "spaces": "Dei miei spazi", "public": "Di tutti"}
SIGNED_LABELS = {"yes": "Firmato digitalmente"}
STATE_LABELS = {IN_USE: "In uso", ARCHIVED: "Archiviati"}
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
    values = {
        facet: dict.fromkeys(sorted(parameters.filters[facet]), 0) | dict(counts.get(facet, []))
        for facet in TITLES
    }
    labels = labels_of(values["body"], values["province"])
    groups = []
    for facet, title in TITLES.items():
        chosen = parameters.in_force(facet)
        options = [
            Option(
                value, labels.get((facet, value)) or _named(facet, value), count, value in chosen
            )
            for value, count in values[facet].items()
        ]
        if facet == "scope" and not chosen and len(options) < 2:
            # What is for everybody only leaves nothing to choose.
            continue
        if facet == "state" and not parameters.filters[facet] and ARCHIVED not in values[facet]:
            # Nothing archived answers.
            continue
        if facet == "year":
            options.sort(key=lambda option: option.value, reverse=True)
        options.sort(key=lambda option: not option.chosen)
        if options:
            groups.append(Group(facet, NAMES[facet], title, options))
    return groups


def _named(facet: str, value: str) -> str:
    return act_label(value) if facet == "norm" else value


def labels_of(bodies: Iterable[str], provinces: Iterable[str]) -> dict[tuple[str, str], str]:
    """Return the names of the values, of bodies and Provinces only those given."""
    labels = {("kind", kind): label for kind, label in KIND_LABELS.items()}
    labels |= {("document_kind", str(kind)): str(label) for kind, label in DocumentKind.choices}
    labels |= {("scope", scope): label for scope, label in SCOPE_LABELS.items()}
    labels |= {("state", value): label for value, label in STATE_LABELS.items()}
    labels |= {("signed", value): label for value, label in SIGNED_LABELS.items()}
    labels |= {("format", one.value): one.value.upper() for one in FileFormat}
    for slug, name in Network.objects.values_list("slug", "short_name"):
        labels["network", slug] = name
    keys = [int(body) for body in bodies if body.isdecimal() and len(body) < 10]
    province = Q(kind=OrganisationKind.PROVINCE, sigla__in=list(provinces))
    for body in Organisation.objects.filter(Q(pk__in=keys) | province):
        labels["body", str(body.pk)] = body.display_name
        if body.kind == OrganisationKind.PROVINCE:
            labels["province", body.sigla] = body.name
    return labels
