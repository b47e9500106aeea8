"""System checks of the search engine: a server of the wrong version is refused at the start."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

from search.engines.base import EngineError


@register("search")
def elasticsearch_is_usable(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse settings that cannot work; a server that is only away is a warning.

    The portal starts without its search server, and searches titles until it is back.
    """
    options = settings.ELASTICSEARCH
    if not options["url"]:
        return []
    if urlsplit(str(options["url"])).scheme not in ("http", "https"):
        return [
            Error(
                "ELASTICSEARCH_URL must begin with http:// or https://.",
                hint="For example https://search.example.org:9200.",
                id="search.E001",
            )
        ]
    from search.engines.elasticsearch.connection import RefusedError, connect, supported

    try:
        version = connect(options).version()
    except RefusedError as problem:
        return [
            Error(
                f"Elasticsearch refuses the portal: {problem}",
                hint="Look at ELASTICSEARCH_API_KEY, or at ELASTICSEARCH_USER and _PASSWORD.",
                id="search.E002",
            )
        ]
    except EngineError as problem:
        return [
            Caution(
                f"Elasticsearch does not answer now: {problem}",
                hint="The portal starts; it searches titles only until the server is back.",
                id="search.W001",
            )
        ]
    if not supported(version):
        return [
            Error(
                f"Elasticsearch {version} is not supported.",
                hint="The portal works with versions 8 and 9.",
                id="search.E003",
            )
        ]
    return []
