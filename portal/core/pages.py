"""What every page of the portal has in common, and who may see it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from portal.core import access
from portal.core.fields import SlimStreamField
from portal.core.models.topics import PageTopic

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    Reader = AbstractBaseUser | AnonymousUser


HOME_DEPTH = 2
# What a reader may not see, kept on a request's user object.
HIDDEN = "_hidden_pages"


class BasePage(Page):
    """Summary, picture for social cards, topics, related content, office and review date."""

    summary = models.TextField(
        "sommario", max_length=400, help_text="Una o due frasi: aprono la pagina e gli elenchi."
    )
    social_image = models.ForeignKey(
        "core.PortalImage",
        verbose_name="immagine per i social",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    topics = ClusterTaggableManager("argomenti", through=PageTopic, blank=True)
    related = SlimStreamField(
        [("page", PageChooserBlock(label="Pagina"))],
        verbose_name="contenuti correlati",
        blank=True,
    )
    responsible_office = models.CharField("ufficio responsabile", max_length=150, blank=True)
    review_date = models.DateField("da rivedere entro", null=True, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel(
            [FieldPanel("social_image"), FieldPanel("topics"), FieldPanel("related")],
            heading="Argomenti e collegamenti",
        ),
        MultiFieldPanel(
            [FieldPanel("responsible_office"), FieldPanel("review_date")],
            heading="Responsabilità",
        ),
    ]

    class Meta:
        abstract = True

    @property
    def last_update(self) -> date | None:
        """The day of the last publication."""
        return self.last_published_at.date() if self.last_published_at else None

    @cached_property
    def pages_above(self) -> list[Page]:
        """The pages above this one from the top of the tree, each with the page it repeats."""
        return list(self.get_ancestors().select_related("alias_of"))

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return the restrictions on this page and above, aliases under those of their source.

        As Wagtail's own, with the pages above asked for once in a request; the top of the tree
        is never an alias, so a page right below it asks for nothing more.
        """
        ids = {_source(self).pk}
        if self.depth > HOME_DEPTH:
            ids |= {_source(page).pk for page in self.pages_above}
        return PageViewRestriction.objects.filter(Q(page__in=ids) | Q(page__depth=1))

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["related_pages"] = self.related_pages(request.user)
        return context

    def related_pages(self, reader: Reader) -> list[Page]:
        """Return the related pages that the reader may see, in the editor's order."""
        ids = [block.value.pk for block in self.related if block.value]
        if not ids:
            return []
        found = {page.pk: page for page in visible_pages(reader).filter(pk__in=ids).specific()}
        return [found[pk] for pk in ids if pk in found]

    @cached_property
    def topic_names(self) -> list[str]:
        """The topics in alphabetical order."""
        return sorted(tag.name for tag in self.topics.all())


def _source(page: Page) -> Page:
    """Return what an alias repeats, or the page itself."""
    while page.alias_of_id:
        page = page.alias_of
    return page


def page_audience(page: Page) -> frozenset[str]:
    """Return the audience tokens of a page: those of the view restrictions above and on it.

    A page under several restrictions is for those who pass all of them: the narrowest wins.
    """
    tokens = frozenset({access.PUBLIC})
    for restriction in page.get_view_restrictions():
        tokens = _narrower(tokens, _restriction_tokens(restriction))
    return tokens


def _restriction_tokens(restriction: PageViewRestriction) -> frozenset[str]:
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return frozenset({access.MEMBERS})
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        return frozenset(
            access.group_token(pk) for pk in restriction.groups.values_list("pk", flat=True)
        )
    return frozenset()


def _narrower(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    broad = ({access.PUBLIC}, {access.MEMBERS})
    if first in broad and (first == {access.PUBLIC} or second not in broad):
        return second
    if second in broad:
        return first
    return first & second


def visible_pages(reader: Reader, pages: PageQuerySet | None = None) -> PageQuerySet:
    """Return the live pages that a reader may see, view restrictions honoured (one query)."""
    queryset = (Page.objects.all() if pages is None else pages).live()
    hidden = _hidden_pages(reader)
    return queryset.exclude(hidden) if hidden else queryset


def _hidden_pages(reader: Reader) -> Q:
    """Return what a reader may not see, computed once for each request's user object."""
    held: Q | None = getattr(reader, HIDDEN, None)
    if held is not None:
        return held
    tokens = access.audience_tokens(reader)
    hidden = Q()
    for restriction in PageViewRestriction.objects.select_related("page").prefetch_related(
        "groups"
    ):
        if restriction.restriction_type == PageViewRestriction.GROUPS:
            needed = {access.group_token(group.pk) for group in restriction.groups.all()}
        else:
            needed = set(_restriction_tokens(restriction))
        if not (tokens & needed) and not getattr(reader, "is_superuser", False):
            hidden |= Q(path__startswith=restriction.page.path)
    setattr(reader, HIDDEN, hidden)
    return hidden


def may_see_page(reader: Reader, page: Page) -> bool:
    """Tell whether a reader may see one page that is live."""
    if getattr(reader, "is_superuser", False):
        return True
    tokens = access.audience_tokens(reader)
    return all(
        tokens & _restriction_tokens(restriction) for restriction in page.get_view_restrictions()
    )
