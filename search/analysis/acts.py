"""Numbers of acts: 56/2014 is one thing, however a text writes it."""

from __future__ import annotations

import re

NUMBER = re.compile(r"\W*(\d{1,4})/(\d{1,4})\W*")
YEAR = re.compile(r"(?:18|19|20)\d\d")

Phrases = tuple[tuple[str, ...], ...]


def act_number(typed: str) -> tuple[str, str] | None:
    """Return number and year of ``56/2014`` or ``2016/679``, None of anything else."""
    found = NUMBER.fullmatch(typed)
    if not found:
        return None
    left, right = found.groups()
    if YEAR.fullmatch(right) and not (YEAR.fullmatch(left) and len(left) == len(right)):
        return left, right
    return (right, left) if YEAR.fullmatch(left) and not YEAR.fullmatch(right) else None


def writings(number: str, year: str) -> Phrases:
    """Return the ways in which texts write the number of an act, as words one after the other."""
    return (
        (number, year),
        (year, "n", number),
        ("n", number, "del", year),
        (number, "del", year),
        (year, number),
    )
