"""Minutes in words."""

from __future__ import annotations


def duration(minutes: int) -> str:
    """Write minutes as people do: ``1 ora e 30 minuti``."""
    whole, rest = divmod(int(minutes), 60)
    parts = []
    if whole:
        parts.append(f"{whole} {'ora' if whole == 1 else 'ore'}")
    if rest or not whole:
        parts.append(f"{rest} {'minuto' if rest == 1 else 'minuti'}")
    return " e ".join(parts)
