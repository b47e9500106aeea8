"""The parameters of a search address, the same for the page and for the API."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from search.engines.base import FACETS, IN_USE, Sort

# Names in the address, by facet.
NAMES = {
    "kind": "tipo",
    "network": "rete",
    "province": "provincia",
    "body": "ente",
    "document_kind": "genere",
    "year": "anno",
    "format": "formato",
    "signed": "firma",
    "tag": "parola",
    "norm": "norma",
    "state": "stato",
    "scope": "ambito",
}
LONGEST_VALUE = 120
MAX_VALUES = 30
MAX_PAGE = 1000
# What holds while nobody chooses: the archive is searched when asked.
UNASKED = {"state": frozenset({IN_USE})}


@dataclass(frozen=True)
class Parameters:
    """What somebody asks of the search."""

    text: str
    filters: dict[str, frozenset[str]]
    sort: Sort
    page: int
    strict: bool = False
    problems: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, data: QueryDict) -> Parameters:
        """Read an address; what makes no sense is noted, and as if it were not there."""
        problems = []
        typed = data.get("page", "")
        page = int(typed) if typed.isdecimal() and len(typed) < 7 else 0
        if typed and not 1 <= page <= MAX_PAGE:
            problems.append(("page", f"Must be a whole number from 1 to {MAX_PAGE}."))
        if data.get("sort", "") not in ("", "relevance", "date"):
            problems.append(("sort", "Must be relevance or date."))
        for name in NAMES.values():
            if len(data.getlist(name)) > MAX_VALUES:
                problems.append((name, f"May be given at most {MAX_VALUES} times."))
        filters = {
            facet: frozenset(
                cut
                for value in data.getlist(NAMES[facet])[:MAX_VALUES]
                if (cut := value.replace("\x00", "")[:LONGEST_VALUE])
            )
            for facet in FACETS
        }
        if filters["state"] == UNASKED["state"]:
            filters["state"] = frozenset()
        return cls(
            text=data.get("q", "").replace("\x00", "").strip(),
            filters=filters,
            sort="date" if data.get("sort") == "date" else "relevance",
            page=min(max(page, 1), MAX_PAGE),
            strict=data.get("strict", "") == "1",
            problems=tuple(problems),
        )

    def query_string(self, **changes: object) -> str:
        """Return the address of this search with another text, page, order or set of filters."""
        filters = changes.get("filters", self.filters)
        assert isinstance(filters, dict)
        text = changes.get("text", self.text)
        pairs: list[tuple[str, object]] = [("q", text)] if text else []
        for facet in FACETS:
            pairs += [(NAMES[facet], value) for value in sorted(filters.get(facet, ()))]
        sort = changes.get("sort", self.sort)
        if sort != "relevance":
            pairs.append(("sort", sort))
        if changes.get("strict", self.strict):
            pairs.append(("strict", 1))
        page = changes.get("page", 1)
        if page != 1:
            pairs.append(("page", page))
        return urlencode(pairs)

    def without(self, facet: str, value: str) -> str:
        """Return the address without one filter."""
        kept = {**self.filters, facet: self.filters[facet] - {value}}
        return self.query_string(filters=kept)

    @property
    def narrowing(self) -> dict[str, frozenset[str]]:
        """The filters as the engine takes them, with those that hold while nobody chooses."""
        return {facet: self.in_force(facet) for facet in FACETS}

    def in_force(self, facet: str) -> frozenset[str]:
        """Return the values that a facet is narrowed to, chosen or not."""
        return self.filters[facet] or UNASKED.get(facet, frozenset())

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The filters that are on, as facet and value."""
        return [(facet, value) for facet in FACETS for value in sorted(self.filters[facet])]
