"""The search in the lists of /gestione/: Wagtail's own, in which a quotation mark is no error.

On SQLite one without its pair breaks the query of FTS5 (issue 13227 of Wagtail).
"""

from __future__ import annotations

from typing import Any

from wagtail.search.backends import database


class Unquoted:
    """Looks for words as if they had no quotation marks."""

    def _search(self, compiler: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        words = query.replace('"', " ").strip() if isinstance(query, str) else query
        return super()._search(compiler, words, *args, **kwargs)  # type: ignore[misc]


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name that Wagtail looks for
    """Return the backend of the database in use."""
    kind = type(database.SearchBackend(params))
    return type(kind.__name__, (Unquoted, kind), {})(params)
