"""The search in /gestione/: words, weights, answers, what is looked for, the index."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSetGroup

from search.administration.index import IndexView, RebuildView
from search.administration.queries import QueriesView, TuningLogView
from search.administration.tuning import (
    PinnedAnswerViewSet,
    StopwordViewSet,
    SynonymViewSet,
    WeightViewSet,
    WordFormsViewSet,
)


class PermittedMenuItem(MenuItem):
    """An entry for those who hold a permission."""

    def __init__(self, label: str, url: Callable[[], str], permission: str, **more: Any) -> None:
        super().__init__(label, "", **more)
        self.find_url = url
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))

    def render_component(self, request: HttpRequest) -> Any:
        self.url = self.find_url()
        return super().render_component(request)


class SearchViewSetGroup(ModelViewSetGroup):
    """One entry of the menu for all of them."""

    menu_label = "Ricerca"
    menu_icon = "search"
    menu_order = 650
    items = (
        SynonymViewSet("sinonimi"),
        PinnedAnswerViewSet("risposte"),
        StopwordViewSet("parole_vuote"),
        WordFormsViewSet("desinenze"),
        WeightViewSet("pesi"),
    )

    def get_submenu_items(self) -> list[Any]:
        """Return the lists of the tuning, then the pages about what happens."""
        pages = [
            ("Ricerche fatte", "search_queries", "search.view_querycount", "search"),
            ("Registro", "search_tuning_log", "search.view_tuningchange", "history"),
            ("Indice", "search_index", "search.view_rebuildrun", "cogs"),
        ]
        items: list[Any] = super().get_submenu_items()
        for order, (label, name, permission, icon) in enumerate(pages, start=100):
            items.append(
                PermittedMenuItem(
                    label,
                    partial(reverse, name),
                    permission,
                    icon_name=icon,
                    order=order,
                )
            )
        return items


@hooks.register("register_admin_viewset")
def search_viewsets() -> SearchViewSetGroup:
    """Register the group."""
    return SearchViewSetGroup()


@hooks.register("register_admin_urls")
def search_urls() -> list[Any]:
    """Mount the pages that are no lists of rows."""
    return [
        path("ricerca/fatte/", QueriesView.as_view(), name="search_queries"),
        path("ricerca/registro/", TuningLogView.as_view(), name="search_tuning_log"),
        path("ricerca/indice/", IndexView.as_view(), name="search_index"),
        path("ricerca/indice/ricostruisci/", RebuildView.as_view(), name="search_rebuild"),
    ]
