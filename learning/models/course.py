from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel

from portal.core.blocks import BodyStreamBlock
from portal.core.fields import SlimStreamField
from portal.core.pages import BasePage, visible_pages
from portal.organisations.models import Network


class Course(models.Model):
    """A course as it is counted; its page tells it."""

    slug = models.SlugField("codice", max_length=60, unique=True)
    title = models.CharField("titolo", max_length=200)
    network = models.ForeignKey(
        "organisations.Network",
        verbose_name="rete",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="courses",
    )
    minutes = models.PositiveIntegerField("durata prevista in minuti")

    class Meta:
        verbose_name = "corso"
        verbose_name_plural = "corsi"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class CourseIndexPage(BasePage):
    """The catalogue of the courses."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["learning.CoursePage"]
    max_count_per_parent = 1
    page_description = "Il catalogo dei corsi."

    class Meta:
        verbose_name = "catalogo dei corsi"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from learning.models.edition import CourseEdition

        context = super().get_context(request, *args, **kwargs)
        chosen = str(request.GET.get("rete", ""))
        networks = list(Network.objects.order_by("order"))
        pages = visible_pages(request.user, CoursePage.objects.child_of(self))
        known = chosen in [network.slug for network in networks]
        if known:
            pages = pages.filter(course__network__slug=chosen)
        found = list(pages.select_related("course__network").order_by("title"))
        editions: dict[int, list[CourseEdition]] = defaultdict(list)
        coming = CourseEdition.objects.visible_to(request.user).coming()
        for edition in coming.filter(course__in=[page.course_id for page in found]):
            editions[edition.course_id].append(edition)
        for page in found:
            page.coming_editions = editions[page.course_id]
        return {**context, "courses": found, "networks": networks, "chosen": known and chosen}


class CoursePage(BasePage):
    """A course in the catalogue, with its editions."""

    course = models.OneToOneField(Course, on_delete=models.PROTECT, related_name="page")
    body = SlimStreamField(BodyStreamBlock(), verbose_name="programma", blank=True)
    coming_editions: list[Any]

    content_panels = [*BasePage.content_panels, FieldPanel("course"), FieldPanel("body")]
    parent_page_types = ["learning.CourseIndexPage"]
    subpage_types: list[str] = []
    page_description = "Un corso: che cosa si impara, per chi, con quali edizioni."

    class Meta:
        verbose_name = "pagina di un corso"
        verbose_name_plural = "pagine dei corsi"

    @property
    def network(self) -> Network | None:
        """The network of the course."""
        return self.course.network

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from learning.models.edition import CourseEdition
        from learning.models.enrolment import Enrolment
        from learning.roles import is_manager

        context = super().get_context(request, *args, **kwargs)
        editions = list(
            CourseEdition.objects.visible_to(request.user)
            .filter(course=self.course_id)
            .order_by("-starts_on", "-pk")
        )
        mine = Enrolment.objects.active_of(request.user, editions)
        for edition in editions:
            edition.mine = mine.get(edition.pk)
        return {
            **context,
            "editions": [edition for edition in editions if not edition.is_over],
            "past_editions": [edition for edition in editions if edition.is_over],
            "may_manage_training": is_manager(request.user),
        }
