"""Engines for tests, one of each kind that this machine has, empty and away from any other."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings

import search.engines
import search.outbox
from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine

KINDS = ["embedded", "elasticsearch"]


def has_elasticsearch() -> bool:
    """Tell whether a server is there to be tested."""
    return bool(os.environ.get("ELASTICSEARCH_URL"))


def make(kind: str, folder: Path, name: str = "contract") -> Engine:
    """Return an empty engine."""
    if kind == "embedded":
        return EmbeddedEngine(folder)
    from search.engines.elasticsearch import ElasticsearchEngine

    options: dict[str, Any] = settings.ELASTICSEARCH
    engine = ElasticsearchEngine(**{**options, "prefix": f"{options['prefix']}-{name}"})
    engine.generations.delete_all()
    return engine


def make_configured(settings: Any, folder: Path) -> Engine:
    """Return the engine that the portal is configured with, empty, for one test."""
    settings.SEARCH_INDEX_DIR = folder
    if has_elasticsearch():
        make("elasticsearch", folder, "portal")
        options = settings.ELASTICSEARCH
        settings.ELASTICSEARCH = {**options, "prefix": f"{options['prefix']}-portal"}
    return search.engines.get_engine()


def at(settings: Any, url: str) -> None:
    """Set the portal to a search server."""
    settings.ELASTICSEARCH = {**settings.ELASTICSEARCH, "url": url, "timeout": 1}
    forget()


def forget() -> None:
    """Let go of the engines that tests opened, and of what was seen of them."""
    search.outbox._away.clear()
    search.engines._embedded.cache_clear()
    search.engines._elasticsearch.cache_clear()


def delete_indices(prefix: str = "") -> None:
    """Delete what this process, or whoever had a prefix, left on the server."""
    if not has_elasticsearch():
        return
    from search.engines.elasticsearch.connection import connect

    client = connect(settings.ELASTICSEARCH).client
    everything = f"{prefix or settings.ELASTICSEARCH['prefix']}-*"
    found = list(client.indices.get(index=everything, features=["aliases"]))
    if found:
        client.indices.delete(index=found)
