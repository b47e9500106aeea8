"""Documents by the norm they cite."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from portal.core.norms import act_label, act_url, references
from portal.library.norm_selectors import citing_documents, most_cited, with_pages

PAGE_SIZE = 20
MAX_TYPED = 300


@require_safe
def norms(request: HttpRequest) -> HttpResponse:
    """List the documents that cite the act ``atto``, or the acts cited most.

    What somebody types in ``norma`` is read as a citation and leads to its act.
    """
    typed = request.GET.get("norma", "")[:MAX_TYPED].replace("\x00", "").strip()
    found = references(typed)
    if found:
        return redirect(f"{reverse('library:norms')}?{urlencode({'atto': found[0].act})}")
    act = request.GET.get("atto", "")[:MAX_TYPED]
    known = act_label(act) != act
    context: dict[str, object] = {
        "typed": typed,
        "not_understood": bool(typed or (act and not known)),
    }
    if known:
        page = Paginator(citing_documents(request.user, act), PAGE_SIZE).get_page(
            request.GET.get("page")
        )
        with_pages(page.object_list, act)
        context |= {"act": act, "label": act_label(act), "url": act_url(act), "page": page}
    else:
        context["most_cited"] = most_cited(request.user)
    return render(request, "library/norms.html", context)
