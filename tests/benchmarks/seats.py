"""Five hundred people, twenty seats: with the guard of allocation, and without it.

``python -m tests.benchmarks.seats`` runs it on an empty database of its own and prints JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

from tests import databases
from tests.migrated import migrated

ROOT = Path(__file__).resolve().parent.parent.parent
PEOPLE, SEATS, THREADS = 500, 20, 16
DATABASE = "portal_seats"


def run() -> dict[str, Any]:
    """Return what became of the seats, from a process and a database of its own."""
    kept = migrated()
    with (
        tempfile.TemporaryDirectory() as folder,
        databases.own(DATABASE, kept.source) as address,
    ):
        kept.copy_into(Path(folder))
        environment = {
            **{name: value for name, value in os.environ.items() if name[:6] != "DJANGO"},
            "DJANGO_SETTINGS_MODULE": "portal.settings.development",
            "PORTAL_DATA_DIR": folder,
            "DATABASE_URL": address,
        }
        ended = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.seats"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    assert ended.returncode == 0, ended.stderr[-3000:]
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Make the people, let them all enrol at once, then let them do so without the guard."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from learning.models import CourseEdition, Enrolment, EnrolmentState
    from learning.services.enrolments import enrol
    from portal.accounts.models import User
    from tests.factories.learning import edition
    from tests.factories.people import AffiliationFactory

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("sync_reference_data", verbosity=0)
    people = [AffiliationFactory().user for _ in range(PEOPLE)]
    guarded, naive = edition(seats=SEATS), edition(seats=SEATS)
    gate = Barrier(THREADS)

    def ask(person: User) -> float:
        begun = time.perf_counter()
        try:
            enrol(User.objects.get(pk=person.pk), guarded)
        finally:
            connection.close()
        return time.perf_counter() - begun

    def ask_without_guard(person: User) -> None:
        taken = Enrolment.objects.seated().filter(edition=naive).count()
        connection.close()  # a held one would keep the others from arriving
        gate.wait()
        if taken < SEATS:
            Enrolment.objects.create(edition=naive, user=person, state=EnrolmentState.SEATED)
        connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        seconds = list(pool.map(ask, people))
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(ask_without_guard, people[: PEOPLE // THREADS * THREADS]))
    seated = Enrolment.objects.seated()
    print(
        json.dumps(
            {
                "answered": len(seconds),
                "slowest": max(seconds),
                "seated": seated.filter(edition=guarded).count(),
                "counted": CourseEdition.objects.get(pk=guarded.pk).seated,
                "waiting": Enrolment.objects.active().filter(edition=guarded).count() - SEATS,
                "without_guard": seated.filter(edition=naive).count(),
            }
        )
    )


if __name__ == "__main__":
    main()
