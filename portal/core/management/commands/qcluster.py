from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError
from django_q.management.commands import qcluster

from portal.core.recovery import bring_forward_schedules, give_back_tasks

log = logging.getLogger(__name__)


class Command(qcluster.Command):
    help = "Starts the worker, once what a dead one held has been given back."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            given_back = give_back_tasks()
            bring_forward_schedules()
        except DatabaseError:
            # Tables that are still being made are no reason not to start.
            log.warning("What a dead worker held stays locked for a while.", exc_info=True)
        else:
            if given_back:
                log.warning("Gave back %s tasks that a dead worker held.", given_back)
        super().handle(*args, **options)
