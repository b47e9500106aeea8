"""Many at once on few seats, on the configured database."""

from __future__ import annotations

from tests.benchmarks.seats import PEOPLE, SEATS, run


def test_five_hundred_people_on_twenty_seats() -> None:
    found = run()
    assert found["answered"] == PEOPLE
    assert found["seated"] == found["counted"] == SEATS
    assert found["waiting"] == PEOPLE - SEATS
    assert found["without_guard"] > SEATS, "the control run must oversell"
