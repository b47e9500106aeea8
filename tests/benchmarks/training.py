"""Many people on few seats, and the printing of a certificate."""

from __future__ import annotations

import statistics
import time

from learning.services.certificates import print_certificate
from tests.benchmarks import seats
from tests.benchmarks.report import Figure

PAYLOAD = {
    "name": "Franco Sile",
    "organisation": "Provincia di Treviso",
    "office": "Stazione unica appaltante",
    "course": "La SUA dalla programmazione al contratto",
    "edition": "Primavera 2023",
    "days": "dal 14 marzo 2023 al 15 marzo 2023",
    "attended": "8 ore",
    "planned": "8 ore",
    "issued_on": "20 marzo 2023",
    "date": [2023, 3, 20],
    "code": "0" * 32,
    "url": "https://portale.example/attestati/" + "0" * 32 + "/",
}


def figures() -> list[Figure]:
    """Measure enrolments and certificates."""
    found = seats.run()
    exact = found["seated"] == seats.SEATS and found["answered"] == seats.PEOPLE
    print_certificate(PAYLOAD)
    taken = []
    for _ in range(20):
        begun = time.perf_counter()
        print_certificate(PAYLOAD)
        taken.append((time.perf_counter() - begun) * 1000)
    middle = statistics.median(taken)
    return [
        Figure(
            "500 enrolments on 20 seats, slowest answer",
            "≤ 5 s, exactly 20",
            f"{found['slowest']:.2f} s, {found['seated']} seated",
            exact and found["slowest"] <= 5,
            f"{seats.THREADS} at a time; {found['without_guard']} seated without the guard",
        ),
        Figure("certificate (PDF/A-2a, PDF/UA-1)", "≤ 50 ms", f"{middle:.0f} ms", middle <= 50),
    ]
