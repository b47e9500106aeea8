"""What who moderates a space sees and does."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.access import get_post_for, get_review_for, get_space_for, get_topic_for
from communities.forms import ReasonForm
from communities.models import ModerationLog, Post, ReviewItem
from communities.roles import role_in
from communities.services.moderation import (
    dismiss_flags,
    hide_post,
    lock_topic,
    pin_topic,
    show_post,
)
from communities.views.doors import for_people
from communities.views.posts import place_of
from portal.accounts.signed_in import person

LOG_ROWS = 50


@for_people
@require_safe
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    """List the reports that wait, and the last decisions of a space."""
    space = get_space_for(request.user, slug, role="visitor")
    roles = role_in(request.user, space.pk)
    if not roles & {"moderator", "appointer"}:
        get_space_for(request.user, slug, role="moderator")
    items = ReviewItem.objects.filter(space=space, closed_at__isnull=True)
    log = ModerationLog.objects.filter(space=space)
    return render(
        request,
        "communities/moderation.html",
        {
            "space": space,
            "roles": roles,
            "items": list(
                items.select_related(
                    "post__topic", "post__author", "post__organisation"
                ).prefetch_related("flags__reporter")
            ),
            "log": list(
                log.select_related("actor", "topic", "post", "membership__user")[:LOG_ROWS]
            ),
        },
    )


@for_people
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a reported post with a reason, or leave it where it is."""
    item = get_review_for(request.user, pk)
    assert item.post is not None
    if request.method == "POST" and "archivia" in request.POST:
        dismiss_flags(person(request), item.post)
        messages.success(request, "La segnalazione è archiviata.")
        return redirect("communities:moderation", slug=item.space.slug)
    return _hide(request, item.post, item)


@for_people
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a post with a reason."""
    return _hide(request, get_post_for(request.user, pk, role="moderator"), None)


def _hide(request: HttpRequest, post: Post, item: ReviewItem | None) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hide_post(person(request), post, form.cleaned_data["reason"])
        messages.success(request, "L'intervento è nascosto; chi l'ha scritto riceve il motivo.")
        if item:
            return redirect("communities:moderation", slug=item.space.slug)
        return redirect(place_of(post))
    values = {"form": form, "post": post, "topic": post.topic, "space": post.topic.space}
    return render(
        request,
        "communities/hide.html",
        {**values, "item": item},
        status=422 if form.is_bound else 200,
    )


@for_people
@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a hidden post again."""
    post = get_post_for(request.user, pk, role="moderator")
    if show_post(person(request), post):
        messages.success(request, "L'intervento si legge di nuovo.")
    return redirect(place_of(post))


@for_people
@require_POST
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a discussion to answers, or open it again."""
    topic = get_topic_for(request.user, pk, role="moderator")
    lock_topic(person(request), topic, locked="apri" not in request.POST)
    return redirect(topic)


@for_people
@require_POST
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a discussion on top, or let it go."""
    topic = get_topic_for(request.user, pk, role="moderator")
    pin_topic(person(request), topic, pinned="togli" not in request.POST)
    return redirect(topic)
