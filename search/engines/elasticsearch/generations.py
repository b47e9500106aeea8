"""Indices by generation, and the aliases that say which one answers and which one is filled.

A generation is two indices, ``<prefix>-documents.<name>`` and ``<prefix>-pages.<name>``, each with
an alias of its own (dot for dash), so that nothing is ever written to an index made by accident.
"""

from __future__ import annotations

import time
import uuid
from typing import Any

from elasticsearch import BadRequestError, NotFoundError

from search.engines.elasticsearch import mapping
from search.engines.elasticsearch.connection import Connection

FIRST = "first"
TIERS = ("documents", "pages")
NEXT = "next"
# Raised with every change of mapping or stems: generations of another version are not used.
VERSION = "v5"


class Generations:
    """The generations below one prefix."""

    def __init__(self, connection: Connection, prefix: str, shards: int, replicas: int) -> None:
        self.connection = connection
        self.prefix = f"{prefix}-{VERSION}"
        self.settings = mapping.settings_of(shards, replicas)

    def alias(self, tier: str, generation: str = "") -> str:
        """Return the alias of a tier: of a generation, or of the one that answers."""
        return f"{self.prefix}-{tier}-{generation}" if generation else f"{self.prefix}-{tier}"

    def begin(self) -> str:
        """Make an empty generation that is written to from now on, beside the one that answers."""
        generation = f"g{time.time_ns():x}{uuid.uuid4().hex[:4]}"
        with self.connection.talking():
            for tier in TIERS:
                self._create(tier, generation, [])
            actions: list[dict[str, Any]] = []
            for tier in TIERS:
                following = self.alias(tier, NEXT)
                actions += [
                    {"remove": {"index": index, "alias": following}}
                    for index in self._indices(following)
                ]
                actions.append(
                    {"add": {"index": self._index(tier, generation), "alias": following}}
                )
            self.connection.writer.indices.update_aliases(actions=actions)
        return generation

    def activate(self, generation: str) -> None:
        """Let a generation answer, in one step; keep the last one, delete those before."""
        with self.connection.talking():
            indices = self.connection.writer.indices
            kept = {self._index(tier, generation) for tier in TIERS}
            indices.refresh(index=sorted(kept))
            # One piece takes two thirds of the time of fifteen; the server merges meanwhile.
            indices.forcemerge(index=sorted(kept), max_num_segments=1, wait_for_completion=False)
            actions: list[dict[str, Any]] = []
            for tier in TIERS:
                for alias in (self.alias(tier), self.alias(tier, NEXT)):
                    for index in self._indices(alias):
                        kept.add(index)
                        actions.append({"remove": {"index": index, "alias": alias}})
                actions.append(
                    {"add": {"index": self._index(tier, generation), "alias": self.alias(tier)}}
                )
            indices.update_aliases(actions=actions)
            older = set(indices.get(index=f"{self.prefix}-*.*", features=["aliases"])) - kept
            if older:
                indices.delete(index=sorted(older), ignore_unavailable=True)

    def current(self) -> str:
        """Return the generation that answers, made now when there is none."""
        found = self.written()
        return found[0]

    def written(self) -> list[str]:
        """Return the generations that every change is written to: the active, then the next."""
        with self.connection.talking():
            active = self._named(self.alias("documents"))
            if not active or not self._named(self.alias("pages")):
                active = self._make_first()
            following = self._named(self.alias("documents", NEXT))
        return active + [name for name in following if name not in active]

    def delete_all(self) -> None:
        """Delete every index below the prefix."""
        with self.connection.talking():
            indices = self.connection.writer.indices
            found = sorted(indices.get(index=f"{self.prefix}-*.*", features=["aliases"]))
            if found:
                indices.delete(index=found, ignore_unavailable=True)

    def _make_first(self) -> list[str]:
        for tier in TIERS:
            try:
                self._create(tier, FIRST, [self.alias(tier)])
            except BadRequestError as problem:
                if "resource_already_exists" not in str(problem):
                    raise
                if not self._indices(self.alias(tier)):
                    self.connection.writer.indices.put_alias(
                        index=self._index(tier, FIRST), name=self.alias(tier)
                    )
        return [FIRST]

    def _create(self, tier: str, generation: str, aliases: list[str]) -> None:
        make = mapping.documents_mapping if tier == "documents" else mapping.pages_mapping
        names = [*aliases, self.alias(tier, generation)]
        self.connection.writer.indices.create(
            index=self._index(tier, generation),
            mappings=make(),
            settings=self.settings,
            aliases={name: {} for name in names},
            wait_for_active_shards="1",
        )

    def _index(self, tier: str, generation: str) -> str:
        return f"{self.prefix}-{tier}.{generation}"

    def _indices(self, alias: str) -> list[str]:
        try:
            return sorted(self.connection.client.indices.get_alias(name=alias))
        except NotFoundError:
            return []

    def _named(self, alias: str) -> list[str]:
        return [index.rpartition(".")[2] for index in self._indices(alias)]
