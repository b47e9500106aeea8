"""What the networks and the member's area show of the training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from learning.models import CourseEdition
from learning.selectors.mine import editions_run_by, enrolments_of
from portal.accounts.signed_in import person

if TYPE_CHECKING:
    from django.http import HttpRequest

    from portal.organisations.models import Network


def network_courses(request: HttpRequest, network: Network, **context: object) -> str:
    """Return the next editions of a network's courses."""
    coming = CourseEdition.objects.visible_to(request.user).coming()
    editions = list(coming.filter(course__network=network).select_related("course__page")[:3])
    values = {"editions": editions, "network": network}
    return render_to_string("learning/panel_courses.html", values, request) if editions else ""


def my_courses(request: HttpRequest, **context: object) -> str:
    """Return a person's courses and the registers that wait for her."""
    mine = [one for one in enrolments_of(person(request)) if not one.edition.is_over][:5]
    running = [one for one in editions_run_by(person(request)) if not one.is_over][:5]
    values = {"enrolments": mine, "editions": running}
    return render_to_string("learning/panel_my_courses.html", values, request)
