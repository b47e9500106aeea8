"""A rebuilding whose worker died is taken up again; one that goes on is left alone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from portal.accounts.models import User
from portal.core.heartbeat import LEASE
from search.models import RebuildRun, RebuildState
from search.services import rebuild as service
from search.tasks import rebuild_index, resume_rebuilds
from tests.factories.library import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(direttore: User) -> RebuildRun:
    """A rebuilding in whose middle the worker died."""
    document("Testo.")
    asked = service.ask_for_rebuild(direttore)
    RebuildRun.objects.update(state=RebuildState.RUNNING, touched_at=timezone.now() - 2 * LEASE)
    OrmQ.objects.all().delete()
    return asked


def test_the_one_of_a_dead_worker_comes_to_its_end(run: RebuildRun) -> None:
    assert resume_rebuilds() == 1
    assert OrmQ.objects.count() == 1
    assert rebuild_index(run.pk) > 0
    run.refresh_from_db()
    assert (run.state, run.slot) == (RebuildState.DONE, None)
    assert resume_rebuilds() == 0


def test_the_one_of_a_living_worker_is_done_by_nobody_else(run: RebuildRun) -> None:
    RebuildRun.objects.update(touched_at=timezone.now())
    assert resume_rebuilds() == 0
    assert rebuild_index(run.pk) == 0
    run.refresh_from_db()
    assert run.state == RebuildState.RUNNING


def test_one_that_never_ends_is_given_up(run: RebuildRun) -> None:
    RebuildRun.objects.update(asked_at=timezone.now() - service.GIVE_UP - dt.timedelta(minutes=1))
    assert resume_rebuilds() == 0
    run.refresh_from_db()
    assert (run.state, run.slot) == (RebuildState.FAILED, None)
