"""Into a space, out of it, and who is in."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.access import get_membership_for, get_space_for
from communities.forms import JoinForm, ListeningForm, ReasonForm, RoleForm
from communities.models import Level, MembershipRole, MembershipState
from communities.roles import memberships_of, role_in
from communities.selectors.spaces import people_of, standing_of
from communities.services import memberships as service
from communities.views.doors import back, for_people
from portal.accounts.signed_in import person

PEOPLE_IN_A_PAGE = 50


@for_people
@require_POST
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to enter a space."""
    space = get_space_for(request.user, slug, role="visitor")
    form = JoinForm(request.POST)
    if not form.is_valid():
        values = {
            "space": space,
            "standing": standing_of(request.user, [space])[space.pk],
            "form": form,
            "typed": request.POST.get("message", ""),
        }
        return render(request, "communities/not_in_space.html", values, status=422)
    message = form.cleaned_data["message"]
    try:
        membership = service.ask_to_join(person(request), space, message)
    except PermissionDenied:
        messages.error(request, "Per entrare serve l'affiliazione verificata a un ente.")
        return redirect("organisations:dashboard")
    except service.MembershipError as problem:
        messages.error(request, str(problem))
    else:
        if membership.state == MembershipState.ACTIVE:
            messages.success(request, f"È in «{space}».")
            return redirect(space)
        messages.success(
            request, "La richiesta è partita: chi modera risponde con un avviso e per e-mail."
        )
    return back(request, space.page.url if hasattr(space, "page") else "/comunita/")


@for_people
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a space, or take back a request."""
    space = get_space_for(request.user, slug, role="visitor")
    try:
        if service.leave(person(request), space):
            messages.success(request, f"Non è più in «{space}». I suoi interventi restano.")
    except service.MembershipError as problem:
        messages.error(request, str(problem))
    return redirect(space.page.url if hasattr(space, "page") else "/comunita/")


@for_people
@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """List who is in a space; who moderates sees the requests too."""
    space = get_space_for(request.user, slug, role="visitor")
    roles = role_in(request.user, space.pk)
    if not roles & {"member", "appointer"}:
        get_space_for(request.user, slug)
    decides = bool(roles & {"moderator", "appointer"})
    return render(
        request,
        "communities/people.html",
        {
            "space": space,
            "page": Paginator(people_of(space, MembershipState.ACTIVE), PEOPLE_IN_A_PAGE).get_page(
                request.GET.get("page")
            ),
            "asking": list(people_of(space, MembershipState.REQUESTED)) if decides else [],
            "removed": list(people_of(space, MembershipState.REMOVED)) if decides else [],
            "roles": roles,
            "decides": decides,
            "role_choices": MembershipRole.choices,
        },
    )


@for_people
@require_POST
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody in who asked, or who was made to leave."""
    membership = get_membership_for(request.user, pk)
    actor = person(request)
    if service.decide_request(actor, membership, admit=True) or service.readmit(actor, membership):
        messages.success(request, f"{membership.user} è nella comunità.")
    else:
        messages.info(request, "La richiesta aveva già avuto risposta.")
    return redirect("communities:people", slug=membership.space.slug)


@for_people
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then refuse a request or make somebody leave."""
    membership = get_membership_for(request.user, pk)
    form = ReasonForm(request.POST or None)
    inside = membership.state == MembershipState.ACTIVE
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actor = person(request)
        done = (
            service.remove(actor, membership, reason)
            if inside
            else service.decide_request(actor, membership, admit=False, reason=reason)
        )
        if done:
            messages.success(request, f"{membership.user} riceve la risposta con il motivo.")
        else:
            messages.info(request, "La richiesta aveva già avuto risposta.")
        return redirect("communities:people", slug=membership.space.slug)
    return render(
        request,
        "communities/refuse.html",
        {"form": form, "membership": membership, "space": membership.space, "inside": inside},
        status=422 if form.is_bound else 200,
    )


@for_people
@require_POST
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody another role."""
    membership = get_membership_for(request.user, pk, role="appointer")
    form = RoleForm(request.POST)
    if form.is_valid():
        role = MembershipRole(form.cleaned_data["role"])
        if service.appoint(person(request), membership, role):
            messages.success(request, f"{membership.user}: {role.label}.")
    return redirect("communities:people", slug=membership.space.slug)


@for_people
@require_http_methods(["GET", "HEAD", "POST"])
def listening(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose how much to hear of a space."""
    space = get_space_for(request.user, slug)
    membership = memberships_of(request.user).get(space.pk)
    if membership is None:
        raise PermissionDenied
    initial = {"level": membership.level, "by_mail": membership.by_mail}
    form = ListeningForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        service.listen(person(request), space, Level(data["level"]), data["by_mail"])
        messages.success(request, "La scelta è salvata.")
        return redirect(space)
    return render(
        request,
        "communities/listening.html",
        {"form": form, "space": space},
        status=422 if form.is_bound else 200,
    )


@for_people
@require_POST
def all_read(request: HttpRequest, slug: str) -> HttpResponse:
    """Count everything said so far as read."""
    space = get_space_for(request.user, slug)
    service.mark_all_read(person(request), space)
    return back(request, space.get_absolute_url())
