"""What a dead worker held is given back; what a living one holds is not."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import find_commands, load_command_class
from django.utils import timezone
from django_q.conf import Conf
from django_q.models import OrmQ, Schedule
from django_q.signing import SignedPackage
from django_q.status import Status

from portal.core import recovery, scratch
from portal.core.heartbeat import beating
from portal.core.management.commands.qcluster import Command
from portal.core.scratch import scratch_folder, sweep_scratch

HOLDER = """
import sys, tempfile, time
tempfile.tempdir = sys.argv[1]
from portal.core.scratch import scratch_folder
with scratch_folder("prova") as folder:
    (folder / "resto").write_text("x")
    print("pronto", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def taken(db: None) -> OrmQ:
    """A task that some worker has taken."""
    later = timezone.now() + dt.timedelta(seconds=900)
    return OrmQ.objects.create(key="portal", payload="x", lock=later)


@pytest.mark.django_db
def test_tasks_come_back_when_no_worker_lives(taken: OrmQ) -> None:
    assert recovery.give_back_tasks() == 1
    taken.refresh_from_db()
    assert taken.lock is not None
    assert taken.lock <= timezone.now()


@pytest.mark.django_db
def test_tasks_of_a_living_worker_stay(taken: OrmQ, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "SILENCE_SECONDS", 0.3)
    key = f"{Conf.Q_STAT}:vivo"
    cache.set(Conf.Q_STAT, [key], None)
    cache.set(key, SignedPackage.dumps(Status(1, "vivo"), True), 60)
    assert recovery.give_back_tasks() == 0
    cache.clear()
    assert recovery.give_back_tasks() == 1


@pytest.mark.django_db
def test_what_is_due_every_minute_is_done_at_the_start() -> None:
    later = timezone.now() + dt.timedelta(seconds=50)
    Schedule.objects.update(next_run=later)
    before = OrmQ.objects.count()
    count = recovery.bring_forward_schedules()
    every_minute = Schedule.objects.filter(schedule_type=Schedule.MINUTES)
    assert count == every_minute.count() > 3
    assert OrmQ.objects.count() == before + count
    assert not every_minute.filter(next_run__gt=timezone.now()).exists()
    assert Schedule.objects.filter(next_run=later).exists(), "those of every day wait"


def test_the_worker_of_the_portal_starts_so() -> None:
    assert "qcluster" in find_commands(str(Path(recovery.__file__).parent / "management"))
    assert isinstance(load_command_class("portal.core", "qcluster"), Command)


def test_a_scratch_folder_outlives_its_process_until_it_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(scratch, "YOUNG_SECONDS", 0)
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "pronto\n"
    with scratch_folder("mia") as mine:
        assert sweep_scratch() == 0
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert sweep_scratch() == 1
        assert [path.name for path in tmp_path.iterdir()] == [mine.name]
    assert not list(tmp_path.iterdir())


def test_a_young_folder_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / f"{scratch.PREFIX}appena-fatta").mkdir()
    assert sweep_scratch() == 0


def test_signs_of_life_last_as_long_as_the_work() -> None:
    beats: list[str] = []
    with beating(lambda: beats.append(threading.current_thread().name), seconds=0.01):
        time.sleep(0.2)
    count = len(beats)
    assert count > 2
    assert threading.current_thread().name not in beats
    time.sleep(0.05)
    assert len(beats) == count
