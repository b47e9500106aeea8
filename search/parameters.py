"""The parameters of a search address, the same for the page and for the API."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from search.engines.base import FACETS, Sort

# Names in the address, by facet.
NAMES = {
    "kind": "tipo",
    "network": "rete",
    "province": "provincia",
    "year": "anno",
    "format": "formato",
}
MAX_VALUES = 30
MAX_PAGE = 1000


@dataclass(frozen=True)
class Parameters:
    """What somebody asks of the search."""

    text: str
    filters: dict[str, frozenset[str]]
    sort: Sort
    page: int

    @classmethod
    def read(cls, data: QueryDict) -> Parameters:
        """Read an address; what makes no sense is as if it were not there."""
        typed = data.get("page", "")
        page = int(typed) if typed.isdecimal() and len(typed) < 7 else 1
        return cls(
            text=data.get("q", "").replace("\x00", "").strip(),
            filters={
                facet: frozenset(
                    value[:60] for value in data.getlist(NAMES[facet])[:MAX_VALUES] if value
                )
                for facet in FACETS
            },
            sort="date" if data.get("sort") == "date" else "relevance",
            page=min(max(page, 1), MAX_PAGE),
        )

    def query_string(self, **changes: object) -> str:
        """Return the address of this search with another page, order or set of filters."""
        filters = changes.get("filters", self.filters)
        assert isinstance(filters, dict)
        pairs: list[tuple[str, object]] = [("q", self.text)] if self.text else []
        for facet in FACETS:
            pairs += [(NAMES[facet], value) for value in sorted(filters.get(facet, ()))]
        sort = changes.get("sort", self.sort)
        if sort != "relevance":
            pairs.append(("sort", sort))
        page = changes.get("page", 1)
        if page != 1:
            pairs.append(("page", page))
        return urlencode(pairs)

    def without(self, facet: str, value: str) -> str:
        """Return the address without one filter."""
        kept = {**self.filters, facet: self.filters[facet] - {value}}
        return self.query_string(filters=kept)

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The filters that are on, as facet and value."""
        return [(facet, value) for facet in FACETS for value in sorted(self.filters[facet])]
