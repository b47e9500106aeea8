"""What a worker that died held, given back when the next one starts."""

from __future__ import annotations

import time

from django.utils import timezone
from django_q.models import OrmQ, Schedule
from django_q.status import Stat
from django_q.tasks import async_task

# A worker says every half second that it lives, in words that the cache keeps for three.
SILENCE_SECONDS = 4.0
PAUSE = 0.25


def give_back_tasks() -> int:
    """Let the tasks that a dead worker had taken be taken again; return how many.

    Nothing happens while another worker lives: a lock does not say whose it is, and what was
    taken comes back by itself after ``Q_CLUSTER["retry"]`` seconds.
    """
    deadline = time.monotonic() + SILENCE_SECONDS
    while Stat.get_all():
        if time.monotonic() > deadline:
            return 0
        time.sleep(PAUSE)
    now = timezone.now()
    return OrmQ.objects.filter(lock__gt=now).update(lock=now)


def bring_forward_schedules() -> int:
    """Do now, and again in the first round, what is due every minute; return how many tasks.

    It takes up what was left in the middle. The first time may be too early to tell the dead from
    the living.
    """
    every_minute = Schedule.objects.filter(schedule_type=Schedule.MINUTES)
    for schedule in every_minute:
        async_task(schedule.func, group=schedule.name)
    return every_minute.update(next_run=timezone.now())
