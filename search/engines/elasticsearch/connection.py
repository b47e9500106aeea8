"""The connection to the server: short waits, our own errors, a pause after a failure."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from elastic_transport import ConnectionError as Unreachable
from elastic_transport import TransportError
from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    Elasticsearch,
    NotFoundError,
    UnsupportedProductError,
)
from elasticsearch.helpers import BulkIndexError

from search.engines.base import EngineError

SUPPORTED = (8, 9)
WRITE_SECONDS = 60
# After a failure nobody waits for the server again for so long.
PAUSE_SECONDS = 5.0


class MissingIndexError(EngineError):
    """The index does not exist (yet, or any more)."""


class RefusedError(EngineError):
    """The server does not accept who asks, or what."""


class Connection:
    """A client of one server."""

    def __init__(
        self,
        url: str,
        api_key: str = "",
        user: str = "",
        password: str = "",
        ca_file: str = "",
        timeout: int = 3,
    ) -> None:
        options: dict[str, Any] = {"ca_certs": ca_file} if ca_file else {}
        self.client = Elasticsearch(
            url,
            api_key=api_key or None,
            basic_auth=(user, password) if user and not api_key else None,
            **options,
            request_timeout=timeout,
            max_retries=0,
            retry_on_timeout=False,
        )
        self.writer = self.client.options(request_timeout=WRITE_SECONDS)
        self._paused_until = 0.0

    @contextmanager
    def talking(self) -> Iterator[None]:
        """Turn what goes wrong on the server or on the way to it into EngineError."""
        if time.monotonic() < self._paused_until:
            raise EngineError("Elasticsearch did not answer a moment ago.")
        try:
            yield
        except NotFoundError as problem:
            raise MissingIndexError(str(problem)) from problem
        except (AuthenticationException, AuthorizationException) as problem:
            raise RefusedError(str(problem)) from problem
        except TransportError as problem:
            if isinstance(problem, Unreachable) or "timed out" in str(problem).lower():
                self._paused_until = time.monotonic() + PAUSE_SECONDS
            raise EngineError(f"Elasticsearch does not answer: {problem}") from problem
        except (ApiError, BulkIndexError, UnsupportedProductError) as problem:
            raise EngineError(f"Elasticsearch refused: {problem}") from problem

    def version(self) -> str:
        """Return the version of the server."""
        with self.talking():
            return str(self.client.info()["version"]["number"])


def supported(version: str) -> bool:
    """Tell whether the portal works with a version of the server."""
    major = version.partition(".")[0]
    return major.isdecimal() and int(major) in SUPPORTED


def connect(options: Mapping[str, Any]) -> Connection:
    """Return a connection by the settings, of which some are about the indices."""
    return Connection(
        **{
            name: options[name]
            for name in ("url", "api_key", "user", "password", "ca_file", "timeout")
        }
    )
