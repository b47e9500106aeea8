"""Courses in /gestione/, so that their pages have something to tell."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from learning.models import Course


class CourseViewSet(ModelViewSet):
    """The courses as they are counted."""

    model = Course
    icon = "form"
    menu_label = "Corsi"
    menu_order = 710
    add_to_admin_menu = True
    list_display = ["title", "network", "minutes"]
    search_fields = ["title"]
    form_fields = ["title", "slug", "network", "minutes"]


@hooks.register("register_admin_viewset")
def courses() -> CourseViewSet:
    """Register the courses."""
    return CourseViewSet("corsi")
