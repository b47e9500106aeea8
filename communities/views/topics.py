"""The discussions of a space, and one of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.access import get_deleted_topic_for, get_space_for, get_topic_for
from communities.forms import LONGEST_RAW, PostForm, TopicForm
from communities.models import Draft, Level, Post, Space, Topic, TopicKind
from communities.roles import memberships_of, role_in
from communities.search_source import similar_topics
from communities.selectors.notices import unread_notices
from communities.selectors.threads import bodies_in, posts_page, tiles_of
from communities.selectors.topics import LISTS, topics_page
from communities.services.drafts import keep_draft
from communities.services.posting import PostingError, open_topic
from communities.services.posting import reply as reply_in
from communities.services.reading import listen_to, mark_read, mark_told
from communities.views.doors import back, for_people
from communities.writing import as_typed, shortened, written
from portal.accounts.signed_in import person


@for_people
@require_safe
def topic_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List the discussions of a space."""
    space = get_space_for(request.user, slug)
    chosen = request.GET.get("elenco", "")
    chosen = chosen if chosen in LISTS else ""
    cursor = request.GET.get("prima", "")[:60]
    page = topics_page(request.user, space, chosen, cursor)
    membership = memberships_of(request.user).get(space.pk)
    return render(
        request,
        "communities/topic_list.html",
        {
            "space": space,
            "page": page,
            "lists": LISTS,
            "chosen": chosen,
            "further": bool(cursor),
            "membership": membership,
            "floor": membership.read_floor if membership else None,
            "roles": role_in(request.user, space.pk),
            "deleted": _deleted(request, space),
        },
    )


def _deleted(request: HttpRequest, space: Space) -> int | None:
    """Return the first post of the discussion that its author has just deleted, to bring back."""
    typed = request.GET.get("eliminata", "")
    if not (typed.isdecimal() and len(typed) < 19):
        return None
    gone = Topic.objects.filter(
        pk=int(typed), space=space, author=request.user.pk, deleted_at__isnull=False
    )
    return gone.filter(posts__number=1).values_list("posts", flat=True).first()


@for_people
@require_http_methods(["GET", "HEAD", "POST"])
def new_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a discussion; what is not finished is kept as a draft."""
    space = get_space_for(request.user, slug)
    user, roles = person(request), role_in(request.user, space.pk)
    draft = Draft.objects.filter(author=user, space=space, topic=None).first()
    form = TopicForm(
        request.POST or None,
        request.FILES or None,
        user=user,
        draft=draft,
        moderates="moderator" in roles,
        draft_url=reverse("communities:topic_draft", args=[slug]),
    )
    if request.method == "POST":
        good = form.is_valid()
        if "bozza" in request.POST or not good or form.wants_draft:
            draft = _keep(request, space, None, form)
        if "bozza" in request.POST:
            messages.success(
                request, "La bozza è salvata: la ritrova qui, anche da un altro computer."
            )
            return redirect("communities:new_topic", slug=slug)
        if good:
            data = form.cleaned_data
            topic = open_topic(user, space, data["kind"], data["title"], form.contribution(draft))
            return redirect(topic)
        _show_kept(form, draft)
    return render(
        request,
        "communities/topic_form.html",
        {"space": space, "form": form, "draft": draft},
        status=422 if form.is_bound else 200,
    )


def _keep(request: HttpRequest, space: Space, topic: Topic | None, form: PostForm) -> Draft:
    """Keep what a form holds, valid or not, as the draft of its author."""
    data = form.cleaned_data if form.is_bound else {}
    body = written(request.POST.get("body", ""), request.POST.get("body_format", "text"))
    return keep_draft(
        person(request),
        space,
        topic,
        body,
        title=request.POST.get("title", ""),
        kind=_kind(request) or TopicKind.DISCUSSION,
        files=data.get("uploads") or [],
        unwanted=[int(pk) for pk in data.get("unwanted", [])],
    )


def _kind(request: HttpRequest) -> str:
    kind = request.POST.get("kind", "")
    return kind if kind in TopicKind.values else ""


def _show_kept(form: PostForm, draft: Draft | None) -> None:
    """Let a refused form list the files that the draft holds now."""
    form.kept_files = list(draft.attachments.select_related("document")) if draft else []


@for_people
@require_safe
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a page of a discussion and remember how far it was read."""
    found = get_topic_for(request.user, pk)
    typed = request.GET.get("pagina", "")
    number = int(typed) if typed.isdecimal() and len(typed) < 10 else 1
    return _topic_page(request, found, min(max(number, 1), found.page_count))


def _topic_page(
    request: HttpRequest, found: Topic, number: int, form: PostForm | None = None, status: int = 200
) -> HttpResponse:
    user = person(request)
    posts = posts_page(user, found, number)
    roles = role_in(user, found.space_id)
    draft = Draft.objects.filter(author=user, topic=found).first() if form is None else form.draft
    if posts and request.method != "HEAD":
        mark_read(user, found, posts[-1].number)
    if unread_notices(user):
        mark_told(user, found)
    bodies = bodies_in(found)
    return render(
        request,
        "communities/topic.html",
        {
            "topic": found,
            "space": found.space,
            "posts": posts,
            "number": number,
            "accepted_shown": any(post.pk == found.accepted_post_id for post in posts),
            "roles": roles,
            "may_write": "member" in roles and not found.is_locked,
            "may_accept": found.is_question
            and (found.author_id == user.pk or "moderator" in roles),
            "level": found.reader_level or Level.NORMAL,
            "bodies": bodies,
            "tiles": tiles_of(found, bodies),
            "form": form
            or PostForm(
                user=user,
                draft=draft,
                draft_url=_draft_url(found),
                initial={} if draft else _quotation(request, posts),
            ),
            "draft": draft,
        },
        status=status,
    )


@for_people
@require_safe
def similar(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the discussions like one, for its page to show; with nothing when none is."""
    found = get_topic_for(request.user, pk)
    topics = similar_topics(request.user, found)
    return render(request, "communities/similar.html", {"topics": topics})


def _quotation(request: HttpRequest, posts: list[Post]) -> dict[str, str]:
    """Return an answer that begins with a post of the page, for who has no JavaScript."""
    wanted = request.GET.get("cita", "")
    quoted = next((one for one in posts if str(one.number) == wanted and one.is_readable), None)
    if quoted is None:
        return {}
    return {"body": f"{quoted.author} ha scritto:\n«{shortened(quoted.text, 600)}»\n\n"}


def _draft_url(topic: Topic) -> str:
    return reverse("communities:save_draft", args=[topic.pk])


@for_people
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer in a discussion; what cannot be published is shown again, typed text and all."""
    try:
        found = get_topic_for(request.user, pk)
    except Http404:
        return _gone(request, get_deleted_topic_for(request.user, pk))
    user = person(request)
    draft = Draft.objects.filter(author=user, topic=found).first()
    form = PostForm(
        request.POST, request.FILES, user=user, draft=draft, draft_url=_draft_url(found)
    )
    good = form.is_valid()
    if "bozza" in request.POST or not good or form.wants_draft:
        draft = _keep(request, found.space, found, form)
    if "bozza" in request.POST:
        messages.success(request, "La bozza è salvata: la ritrova qui, anche da un altro computer.")
        return redirect(f"{found.url_of(found.last_number).partition('#')[0]}#rispondi")
    if good:
        try:
            post = reply_in(user, found, form.contribution(draft))
        except PostingError as problem:
            draft = _keep(request, found.space, found, form)
            form.add_error(None, str(problem))
        else:
            return redirect(found.url_of(post.number))
    _show_kept(form, draft)
    form.draft = draft
    return _topic_page(request, found, found.page_count, form, status=422)


def _gone(request: HttpRequest, topic: Topic) -> HttpResponse:
    """Give back what was written for a discussion that is no more."""
    typed = request.POST.get("body", "")
    body = written(typed, request.POST.get("body_format", "text"))
    values = {"space": topic.space, "typed": as_typed(body.html)}
    return render(request, "communities/gone.html", values, status=410)


@for_people
@require_POST
def save_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep an answer while it is written."""
    found = get_topic_for(request.user, pk)
    return _saved(request, found.space, found)


@for_people
@require_POST
def save_topic_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a new discussion while it is written."""
    return _saved(request, get_space_for(request.user, slug), None)


def _saved(request: HttpRequest, space: Space, topic: Topic | None) -> HttpResponse:
    if len(request.POST.get("body", "")) > LONGEST_RAW:
        return HttpResponse(status=413)
    body = written(request.POST.get("body", ""), request.POST.get("body_format", "text"))
    mine = Draft.objects.filter(author=person(request), space=space, topic=topic).first()
    keep_draft(
        person(request),
        space,
        topic,
        body,
        title=request.POST.get("title", mine.title if mine else ""),
        kind=_kind(request) or (mine.kind if mine else TopicKind.QUESTION),
    )
    return HttpResponse(status=204)


@for_people
@require_POST
def listen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Follow a discussion, mute it, or hear of it as of the others."""
    found = get_topic_for(request.user, pk)
    level = request.POST.get("level", "")
    if level in Level.values:
        listen_to(person(request), found, Level(level))
        told = {
            Level.FOLLOWING: "Segue la discussione: un avviso a ogni risposta.",
            Level.MUTED: "La discussione è muta: nessun avviso.",
            Level.NORMAL: "Non segue più la discussione.",
        }
        messages.success(request, told[Level(level)])
    return back(request, found.get_absolute_url())


@for_people
@require_safe
def at_number(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Go to a post by its number."""
    found = get_topic_for(request.user, pk)
    return redirect(found.url_of(min(max(number, 1), max(found.last_number, 1))))
