"""What somebody was told, and how to stop hearing of it."""

from __future__ import annotations

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.access import get_notification_for
from communities.models import Event, EventKind, Membership, Notification, Space, Topic
from communities.selectors.notices import notices_page
from communities.services.notifications import read_mark, stop_letters
from communities.views.doors import for_people
from portal.accounts.signed_in import person


@for_people
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """List what somebody was told, the newest first."""
    typed = request.GET.get("prima", "")
    before = int(typed) if typed.isdecimal() and len(typed) < 19 else None
    rows, further = notices_page(request.user, before)
    return render(
        request,
        "communities/notices.html",
        {"rows": rows, "further": further, "first": before is None},
    )


@for_people
@require_safe
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a notice as read and go where it leads."""
    notice = get_notification_for(request.user, pk)
    Notification.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=timezone.now())
    return redirect(_target(notice.event))


def _target(event: Event) -> str:
    slug = event.space.slug
    if event.kind == EventKind.REQUESTED:
        return reverse("communities:people", args=[slug])
    if event.kind == EventKind.FLAGGED:
        return reverse("communities:moderation", args=[slug])
    if event.topic and event.post:
        return event.topic.url_of(event.post.number)
    if event.kind == EventKind.ADMITTED:
        return event.space.get_absolute_url()
    return event.space.page.url if hasattr(event.space, "page") else "/comunita/"


@for_people
@require_POST
def all_told(request: HttpRequest) -> HttpResponse:
    """Take all notices as read."""
    unread = Notification.objects.filter(user=person(request), read_at__isnull=True)
    unread.update(read_at=timezone.now())
    return redirect("communities:notices")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, mark: str) -> HttpResponse:
    """Stop letters at one click, without signing in (RFC 8058): the signed address is the key.

    Mail programs post ``List-Unsubscribe=One-Click``; people confirm on the page, and may undo.
    """
    try:
        user, space_pk, topic_pk = read_mark(mark)
    except signing.BadSignature:
        raise Http404("No such address.") from None
    space = Space.objects.filter(pk=space_pk).first()
    membership = Membership.objects.filter(user=user, space=space_pk).first()
    if space is None or membership is None:
        raise Http404("No such membership.")
    whole_space = "spazio" in request.POST
    done = undone = False
    if request.method == "POST":
        undone = "annulla" in request.POST
        done = not undone
        stop_letters(user, space_pk, 0 if whole_space else topic_pk, stop=done)
    about_topic = bool(topic_pk) and Topic.objects.filter(pk=topic_pk).exists()
    return render(
        request,
        "communities/unsubscribe.html",
        {
            "space": space,
            "about_topic": about_topic,
            "whole_space": whole_space or not about_topic,
            "done": done,
            "undone": undone,
        },
    )
