"""Hooks of Wagtail for the pages of the networks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.models import Page

from portal.networks.models import NetworkPage


@hooks.register("before_copy_page")
def refuse_to_copy_a_network(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say why the page of a network is not copied: each network has one."""
    if not NetworkPage.objects.descendant_of(page, inclusive=True).exists():
        return None
    messages.error(request, "Ogni rete ha una sola pagina: non si può copiare.")
    return redirect("wagtailadmin_explore", page.get_parent().pk)
