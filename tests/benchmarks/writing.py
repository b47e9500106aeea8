"""A process that writes to an index until it is stopped: a folder, or a prefix on the server."""

from __future__ import annotations

import sys
from itertools import cycle
from pathlib import Path

import django
from django.conf import settings

BATCH = 5
DOCUMENTS = 200


def main(target: str) -> None:
    """Write the same documents again and again, a few at a time as edits come."""
    django.setup()
    from search.engines.base import Engine
    from tests.benchmarks import corpus

    engine: Engine
    if Path(target).is_absolute():
        from search.engines.embedded import EmbeddedEngine

        engine = EmbeddedEngine(Path(target))
    else:
        from search.engines.elasticsearch import ElasticsearchEngine

        engine = ElasticsearchEngine(**{**settings.ELASTICSEARCH, "prefix": target, "timeout": 60})
    engine.upsert(corpus.items(0, BATCH))
    sys.stdout.write("writing\n")
    sys.stdout.flush()
    for first in cycle(range(0, DOCUMENTS, BATCH)):
        engine.upsert(corpus.items(first, first + BATCH))


if __name__ == "__main__":
    main(sys.argv[1])
