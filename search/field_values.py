"""The values of the query's fields by the names that people type: sigle, Provinces, kinds."""

from __future__ import annotations

from functools import cache

from portal.library.models import DocumentKind
from portal.organisations.models import Network, Organisation
from search.analysis.chain import fold
from search.query.tree import InFacet
from search.sources.pages import KIND_LABELS, KIND_NAMES

Options = tuple[tuple[str, str], ...]


def options_of(node: InFacet) -> Options:
    """Return the values that the index knows for what was typed, none when there are none."""
    if node.field == "year":
        return node.options
    typed = " ".join(fold(node.typed).split())
    if node.field == "kind":
        return tuple(_kinds().get(typed, ()))
    if node.field == "network":
        names = Network.objects.values_list("slug", "short_name", "name")
        return tuple(
            ("network", slug) for slug, *more in names if typed in {slug, *map(fold, more)}
        )
    provinces = Organisation.objects.provinces().values_list("sigla", "name")
    wanted = typed.removeprefix("provincia di ")
    return tuple(
        ("province", sigla) for sigla, name in provinces if wanted in (fold(sigla), fold(name))
    )


@cache
def _kinds() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {"documento": [("kind", "document")]}
    pairs = [("kind", *pair) for names in (KIND_LABELS, KIND_NAMES) for pair in names.items()]
    pairs += [("document_kind", str(value), str(label)) for value, label in DocumentKind.choices]
    for facet, value, label in pairs:
        for name in {value, fold(label)}:
            options = found.setdefault(name, [])
            if (facet, value) not in options:
                options.append((facet, value))
    return found
