"""One post: its place, its correction, its end and its return, what others think of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.access import get_post_for
from communities.forms import EditForm, FlagForm
from communities.models import Post
from communities.services.moderation import flag_post
from communities.services.posts import (
    accept_answer,
    delete_post,
    edit_post,
    mark_useful,
    restore_post,
)
from communities.views.doors import for_people
from portal.accounts.signed_in import person


def place_of(post: Post) -> str:
    """Return the address of a post in its discussion."""
    return post.topic.url_of(post.number)


@for_people
@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to a post in its discussion."""
    return redirect(place_of(get_post_for(request.user, pk)))


@for_people
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one's own post."""
    found = get_post_for(request.user, pk, role="author")
    if found.topic.is_locked or not found.is_readable:
        raise PermissionDenied
    user = person(request)
    form = EditForm(request.POST or None, request.FILES or None, user=user, post=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        edit_post(
            user,
            found,
            form.found,
            data.get("title", ""),
            files=data["uploads"],
            unwanted=[int(pk) for pk in data["unwanted"]],
        )
        messages.success(request, "La correzione è salvata.")
        return redirect(place_of(found))
    return render(
        request,
        "communities/post_form.html",
        {"form": form, "post": found, "topic": found.topic, "space": found.topic.space},
        status=422 if form.is_bound else 200,
    )


@for_people
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a post said before it was corrected."""
    found = get_post_for(request.user, pk)
    revisions = list(found.revisions.all())
    values = {"post": found, "topic": found.topic, "space": found.topic.space}
    return render(request, "communities/history.html", {**values, "revisions": revisions})


@for_people
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one's own post; the page that follows offers to bring it back."""
    found = get_post_for(request.user, pk, role="author")
    delete_post(person(request), found)
    found.topic.refresh_from_db()
    if found.topic.deleted_at:
        return redirect(f"{found.topic.space.get_absolute_url()}?eliminata={found.topic_id}")
    return redirect(place_of(found))


@for_people
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back one's own deleted post."""
    found = get_post_for(request.user, pk, role="author")
    if restore_post(person(request), found):
        messages.success(request, "L'intervento è di nuovo al suo posto.")
    return redirect(place_of(found))


@for_people
@require_POST
def useful(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a post was useful, or take it back."""
    found = get_post_for(request.user, pk)
    marked = mark_useful(person(request), found)
    if request.htmx:  # type: ignore[attr-defined]
        found.refresh_from_db(fields=["useful_count"])
        found.found_useful = marked  # type: ignore[attr-defined]
        return render(request, "communities/useful.html", {"post": found})
    return redirect(place_of(found))


@for_people
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark an answer as the one that solves the question, or take the mark back."""
    found = get_post_for(request.user, pk)
    accepted = accept_answer(person(request), found)
    messages.success(
        request,
        "La domanda è risolta: la risposta accettata è in evidenza."
        if accepted
        else "La domanda è di nuovo aperta.",
    )
    return redirect(place_of(found))


@for_people
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a post to who moderates."""
    found = get_post_for(request.user, pk)
    if found.author_id == request.user.pk:
        raise PermissionDenied
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if flag_post(person(request), found, data["reason"], data["note"]):
            messages.success(request, "La segnalazione è arrivata a chi modera.")
        else:
            messages.info(request, "L'aveva già segnalato: chi modera lo vedrà.")
        return redirect(place_of(found))
    return render(
        request,
        "communities/flag.html",
        {"form": form, "post": found, "topic": found.topic, "space": found.topic.space},
        status=422 if form.is_bound else 200,
    )
