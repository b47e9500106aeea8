"""The reader says how clear a page is."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from portal.core.pages import visible_pages
from portal.editorial.forms import FeedbackForm


def page_for(request: HttpRequest, pk: int) -> Page:
    """Return a live page that the reader may see; raises Http404."""
    page = visible_pages(request.user).filter(pk=pk, depth__gt=1).first()
    if page is None:
        raise Http404("No such page for this reader.")
    return page


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why after the rating that the page sent along, then keep the opinion."""
    page = page_for(request, pk)
    form = FeedbackForm(request.POST or None, initial={"rating": request.GET.get("voto")})
    if request.method == "POST" and form.is_valid():
        refused = ratelimit.consume_or_429(request, action="page_feedback")
        if refused:
            return refused
        form.instance.page = page
        form.save()
        return redirect("editorial:feedback_thanks", pk=page.pk)
    return render(
        request,
        "editorial/feedback.html",
        {"form": form, "about": page, "about_url": page.get_url(request)},
        status=422 if form.is_bound else 200,
    )


@require_safe
def feedback_thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """Thank, and lead back to the page."""
    page = page_for(request, pk)
    return render(
        request,
        "editorial/feedback_thanks.html",
        {"about": page, "about_url": page.get_url(request)},
    )
