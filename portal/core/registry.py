"""The one shape of the portal's small registries: named functions in a stated order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

F = TypeVar("F", bound=Callable[..., object])


class Registry(Generic[F]):
    """Functions by name, filled in ``AppConfig.ready()`` and read in order."""

    def __init__(self, noun: str) -> None:
        self.noun = noun
        self._entries: dict[str, tuple[int, F]] = {}

    def register(self, name: str, function: F, order: int = 0) -> None:
        """Add a function; a name taken by another function is a programming error."""
        taken = self._entries.get(name)
        if taken and taken[1] is not function:
            raise ValueError(f"The {self.noun} {name!r} is registered twice.")
        self._entries[name] = (order, function)

    def __iter__(self) -> Iterator[tuple[str, F]]:
        ordered = sorted(self._entries.items(), key=lambda entry: (entry[1][0], entry[0]))
        return iter([(name, function) for name, (_, function) in ordered])
