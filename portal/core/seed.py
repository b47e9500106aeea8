"""Demonstration content: the registry that each feature adds its part to, and the accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.module_loading import import_string

from portal.core.registry import Registry

DEMO_PASSWORD = "provincia-casa-dei-comuni"  # noqa: S105 - known to everybody, demonstration only
DEMO_ACCOUNTS: list[tuple[str, str]] = [
    ("admin@example.org", "amministratore"),
    ("direzione@example.org", "direzione UPI"),
    ("redazione@example.org", "redazione"),
    ("coordinamento.sua@example.org", "coordinamento della Rete SUA"),
    ("referente.tv@example.org", "referente della Provincia di Treviso"),
    ("referente.bs@example.org", "referente della Provincia di Brescia"),
    ("funzionario.tv@example.org", "funzionario della Provincia di Treviso"),
    ("funzionario.bs@example.org", "funzionario della Provincia di Brescia"),
    ("funzionario.pu@example.org", "funzionario della Provincia di Pesaro e Urbino"),
    ("moderatore.sua@example.org", "moderatore della Community SUA"),
    ("formazione@example.org", "responsabile della formazione"),
    ("docente@example.org", "docente"),
    ("ispettore@example.org", "ispettore"),
]


@dataclass
class SeedContext:
    """What the parts of the seed hand to each other: a way to speak, and rows by key."""

    write: Callable[[str], Any]
    rows: dict[str, Any] = field(default_factory=dict)


SeedFunction = Callable[[SeedContext], None]
seeds: Registry[SeedFunction] = Registry("seed")


def register_seed(name: str, path: str, order: int) -> None:
    """Add a part of the demonstration by its function's dotted path, imported when it is made.

    A portal at work never loads the demonstration, nor what writes its files.
    """
    seeds.register(name, partial(_make, path), order)


def _make(path: str, context: SeedContext) -> None:
    import_string(path)(context)
