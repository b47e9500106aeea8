"""The search page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from search.engines.base import ARCHIVED, IN_USE
from search.facets import facet_groups
from search.parameters import NAMES, Parameters
from search.results import find
from search.services.log import countable, note_query, opened_token


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer a search with one page of results, facets and what can be done next."""
    parameters = Parameters.read(request.GET)
    asked = bool(parameters.text or parameters.chosen)
    found = find(request.user, parameters) if asked else None
    counted = countable(parameters)
    token = ""
    if found and not found.reduced:
        note_query(request.user, counted, found.complete > 0)
        token = opened_token(counted, [one.id for one in (*found.pinned, *found.results)])
    groups = facet_groups(parameters, found.facets) if found else []
    archived = dict(found.facets["state"]).get(ARCHIVED, 0) if found else 0
    labels = {
        (group.facet, option.value): option.label for group in groups for option in group.options
    }
    chips = [
        {
            "label": labels.get((facet, value), value),
            "url": "?" + parameters.without(facet, value),
        }
        for facet, value in parameters.chosen
    ]
    answer = render(
        request,
        "search/search.html",
        {
            "parameters": parameters,
            "found": found,
            "groups": groups,
            "chips": chips,
            "names": NAMES,
            "opened_token": token,
            "archived_left_out": 0 if parameters.filters["state"] else archived,
            "with_archived": "?" + _in_state(parameters, IN_USE, ARCHIVED),
            "only_archived": "?" + _in_state(parameters, ARCHIVED),
            "address": parameters.query_string(),
            "by_relevance": "?" + parameters.query_string(sort="relevance"),
            "by_date": "?" + parameters.query_string(sort="date"),
            "strictly": "?" + parameters.query_string(strict=True),
            "loosely": "?" + parameters.query_string(strict=False),
            "spelling": "?" + parameters.query_string(text=found.spelling) if found else "",
            "first_page": "?" + parameters.query_string(page=1),
            "clear_filters": "?" + parameters.query_string(filters={}),
            "previous": _page(parameters, -1, found.page_count if found else 0),
            "next": _page(parameters, 1, found.page_count if found else 0),
        },
    )
    if request.htmx:  # type: ignore[attr-defined]
        # The form also names what holds while nobody chooses: the address is kept short.
        push_url(answer, f"{request.path}?{parameters.query_string()}")
    return answer


def _in_state(parameters: Parameters, *states: str) -> str:
    return parameters.query_string(filters={**parameters.filters, "state": frozenset(states)})


def _page(parameters: Parameters, step: int, count: int) -> str:
    number = parameters.page + step
    return "?" + parameters.query_string(page=number) if 1 <= number <= count else ""
