"""The search as JSON, with the rights of the session, and its OpenAPI description."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.html import strip_tags
from django.views.decorators.http import require_safe

from search.engines.base import FACETS
from search.parameters import MAX_PAGE, NAMES, Parameters
from search.results import Found, Result, find


@require_safe
def search(request: HttpRequest) -> JsonResponse:
    """Answer ``q``, facet parameters, ``sort``, ``strict`` and ``page`` with results and counts.

    What a parameter may not be is explained as a problem (RFC 9457), with status 400.
    """
    parameters = Parameters.read(request.GET)
    if parameters.problems:
        return _problem(parameters)
    if not parameters.text and not parameters.chosen:
        return JsonResponse(
            {
                "count": 0,
                "lenient": False,
                "complete": 0,
                "corrected": "",
                "reduced": False,
                "suggestion": "",
                "notes": [],
                "results": [],
                "facets": {name: [] for name in FACETS},
            }
        )
    return JsonResponse(_body(request, find(request.user, parameters)))


def _problem(parameters: Parameters) -> JsonResponse:
    return JsonResponse(
        {
            "type": "about:blank",
            "title": "The address of the search cannot be understood.",
            "status": 400,
            "invalid-params": [
                {"name": name, "reason": reason} for name, reason in parameters.problems
            ],
        },
        status=400,
        content_type="application/problem+json",
    )


def _body(request: HttpRequest, found: Found) -> dict[str, Any]:
    return {
        "count": found.total,
        "lenient": found.lenient,
        "complete": found.complete,
        "corrected": found.corrected,
        "reduced": found.reduced,
        "suggestion": found.spelling,
        "notes": [str(note) for note in found.query.notes],
        "results": [_result(request, result) for result in found.results],
        "facets": {
            facet: [{"value": value, "count": count} for value, count in counts]
            for facet, counts in found.facets.items()
        },
    }


def _result(request: HttpRequest, result: Result) -> dict[str, Any]:
    described = result.described
    return {
        "kind": described.kind,
        "id": result.id,
        "title": described.title,
        "url": request.build_absolute_uri(described.url),
        "date": described.date.isoformat() if described.date else None,
        "network": [slug for slug, _ in described.networks],
        "province": described.province or None,
        "archived": described.archived,
        "pages": [
            {
                "number": page.number,
                "label": page.label,
                "url": request.build_absolute_uri(page.url),
                "snippet": strip_tags(page.snippet),
            }
            for page in result.pages
        ],
    }


@require_safe
def schema(request: HttpRequest) -> JsonResponse:
    """Return the OpenAPI 3.1 description of the API."""
    text = {"type": "string"}
    parameters: list[dict[str, Any]] = [
        {
            "name": "q",
            "in": "query",
            "schema": text,
            "description": 'Words, "phrase", -word, word*, a NEAR/10 b, titolo:word, E O NON.',
        }
    ]
    parameters += [
        {
            "name": name,
            "in": "query",
            "explode": True,
            "schema": {"type": "array", "items": text},
            "description": f"Values of the facet {facet}.",
        }
        for facet, name in NAMES.items()
    ]
    parameters += [
        {"name": "sort", "in": "query", "schema": {"enum": ["relevance", "date"]}},
        {"name": "strict", "in": "query", "schema": {"enum": ["1"]}},
        {
            "name": "page",
            "in": "query",
            "schema": {"type": "integer", "minimum": 1, "maximum": MAX_PAGE},
        },
    ]
    page = _object(number={"type": "integer"}, label=text, url=text, snippet=text)
    nullable = {"type": ["string", "null"]}
    result = _object(
        kind=text,
        id=text,
        title=text,
        url=text,
        date=nullable,
        network={"type": "array", "items": text},
        province=nullable,
        archived={"type": "boolean"},
        pages={"type": "array", "items": page},
    )
    counts = {"type": "array", "items": _object(value=text, count={"type": "integer"})}
    answer = _object(
        count={"type": "integer"},
        lenient={"type": "boolean"},
        complete={"type": "integer"},
        corrected=text,
        reduced={"type": "boolean"},
        suggestion=text,
        notes={"type": "array", "items": text},
        results={"type": "array", "items": result},
        facets=_object(**dict.fromkeys(FACETS, counts)),
    )
    invalid = {"type": "array", "items": _object(name=text, reason=text)}
    problem = _object(
        type=text, title=text, status={"type": "integer"}, **{"invalid-params": invalid}
    )
    return JsonResponse(
        {
            "openapi": "3.1.0",
            "info": {"title": "Province & Comuni", "version": "1"},
            "paths": {
                "/api/v1/search/": {
                    "get": {
                        "summary": "Search what the session may see",
                        "parameters": parameters,
                        "responses": {
                            "200": {
                                "description": "Results",
                                "content": {"application/json": {"schema": answer}},
                            },
                            "400": {
                                "description": "A parameter that makes no sense",
                                "content": {"application/problem+json": {"schema": problem}},
                            },
                        },
                    }
                }
            },
        }
    )


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}
