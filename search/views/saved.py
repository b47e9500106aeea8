"""A member's saved searches and past queries, and the page that stops the letters."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.signed_in import person
from search.forms import SavedSearchForm
from search.models import SavedSearch
from search.parameters import Parameters
from search.services import saved as service
from search.services.alerts import saved_search_of
from search.wording import filters_in_words, name_of, value_labels


@login_required
@require_safe
def saved_searches(request: HttpRequest) -> HttpResponse:
    """List the saved searches and the past queries."""
    kept = list(SavedSearch.objects.kept().filter(user=person(request)))
    asked = [service.parameters_of(one.query_string) for one in kept]
    labels = value_labels(asked)
    rows = []
    for one, parameters in zip(kept, asked, strict=True):
        rows.append(
            {
                "saved": one,
                "text": parameters.text,
                "filters": filters_in_words(parameters, labels),
                "form": SavedSearchForm(instance=one, prefix=f"ricerca-{one.pk}"),
            }
        )
    typed = request.GET.get("eliminata", "")
    deleted = SavedSearch.objects.filter(
        user=person(request),
        deleted_at__isnull=False,
        pk=int(typed) if typed.isdecimal() and len(typed) < 10 else 0,
    ).first()
    past = list(person(request).past_queries.all()[:50])
    return render(
        request, "search/saved/list.html", {"rows": rows, "deleted": deleted, "past": past}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_saved_search(request: HttpRequest) -> HttpResponse:
    """Save the search of the address, with all its filters."""
    parameters = Parameters.read(request.GET)
    if not parameters.text and not parameters.chosen:
        return redirect("search:search")
    labels = value_labels([parameters])
    initial = {"name": name_of(parameters, labels)}
    posted = request.POST if request.method == "POST" else None
    form = SavedSearchForm(posted, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            service.save_search(person(request), parameters, data["name"], data["frequency"])
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(
                request, "Ricerca salvata: le scriveremo quando c'è qualcosa di nuovo."
            )
            return redirect("search:saved")
    return render(
        request,
        "search/saved/new.html",
        {
            "form": form,
            "text": parameters.text,
            "filters": filters_in_words(parameters, labels),
            "back": f"{reverse('search:search')}?{parameters.query_string()}",
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Change name and rhythm of a saved search."""
    one = service.get_saved_search_for(person(request), pk)
    prefix = f"ricerca-{one.pk}"
    posted = request.POST if request.method == "POST" else None
    form = SavedSearchForm(posted, instance=one, prefix=prefix)
    if request.method == "POST" and form.is_valid():
        fresh = service.get_saved_search_for(person(request), pk)
        service.change(fresh, form.cleaned_data["name"], form.cleaned_data["frequency"])
        messages.success(request, "La ricerca salvata è aggiornata.")
        return redirect("search:saved")
    return render(
        request,
        "search/saved/change.html",
        {"form": form, "saved": one},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def pause_saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the letters of a saved search, or let them start again."""
    one = service.get_saved_search_for(person(request), pk)
    service.set_paused(one, request.POST.get("sospesa") == "1")
    messages.success(request, "Avvisi sospesi." if one.paused else "Avvisi ripresi.")
    return redirect("search:saved")


@login_required
@require_POST
def delete_saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a saved search; the list offers to take it back."""
    one = service.get_saved_search_for(person(request), pk)
    service.delete(one)
    return redirect(f"{reverse('search:saved')}?eliminata={one.pk}")


@login_required
@require_POST
def restore_saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the deletion of a saved search back."""
    one = service.get_saved_search_for(person(request), pk, deleted=True)
    try:
        service.restore(one)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, f"La ricerca «{one.name}» è di nuovo tra le sue.")
    return redirect("search:saved")


@login_required
@require_POST
def forget_past_queries(request: HttpRequest) -> HttpResponse:
    """Delete one past query, or all."""
    mine = person(request).past_queries.all()
    asked = request.POST.get("ricerca", "")
    if asked:
        mine = mine.filter(pk=int(asked) if asked.isdecimal() and len(asked) < 10 else 0)
    mine.delete()
    messages.success(request, "Fatto: non sarà più suggerita." if asked else "Fatto: elenco vuoto.")
    return redirect("search:saved")


@csrf_exempt  # RFC 8058: the mail program posts without cookies; the signed word is the right.
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a confirmation by GET; by POST stop the letters, without signing in."""
    one = saved_search_of(token)
    if one is None:
        raise Http404("No such saved search.")
    if request.method == "POST":
        service.set_paused(one, True)
    return render(request, "search/saved/unsubscribe.html", {"saved": one, "token": token})
