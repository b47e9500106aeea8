"""Wagtail's views of one document: unknown to who may not read it, thrown into the trash."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.documents.views import chooser, documents, multiple
from wagtail.log_actions import log

from portal.accounts.models import User
from portal.accounts.signed_in import person
from portal.library.models import Document
from portal.library.services import retention

THROWN_AWAY = "library.throw_away"


def throw_away(actor: User, document: Document) -> None:
    """Put a document in the trash and write it in the history of /gestione/."""
    with transaction.atomic():
        retention.throw_away(actor, document)
        log(instance=document, action=THROWN_AWAY, user=actor)


def tell_thrown_away(request: HttpRequest, text: str) -> None:
    """Say that something is in the trash, with the way there."""
    messages.success(
        request, text, buttons=[messages.button(reverse("library:trash"), "Apri il cestino")]
    )


class OneVisibleDocument:
    """Answer 404 about a document that the editor may not read, as if it were not there."""

    pk_url_kwarg: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visible = Document.objects.visible_to(request.user)
        get_object_or_404(visible.only("pk"), pk=kwargs[self.pk_url_kwarg])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class EditView(OneVisibleDocument, documents.EditView):
    """Correct a document."""


class UsageView(OneVisibleDocument, documents.UsageView):
    """List where a document is used."""


class DeleteView(OneVisibleDocument, documents.DeleteView):
    """Ask, then put a document in the trash."""

    page_title = "Metti nel cestino"
    template_name = "library/administration/throw_away.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(trash_days=retention.TRASH_DAYS, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        destination = self.get_success_url()
        throw_away(self.request.user, self.object)
        tell_thrown_away(self.request, f"«{self.object.title}» è nel cestino.")
        return redirect(destination)


class EditUploadedView(OneVisibleDocument, multiple.EditView):
    """Complete one of the documents just uploaded together."""


class DeleteUploadedView(OneVisibleDocument, multiple.DeleteView):
    """Put one of the documents just uploaded together in the trash."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        document = get_object_or_404(Document, pk=kwargs[self.pk_url_kwarg])
        if not self.permission_policy.user_has_permission_for_instance(
            request.user, "delete", document
        ):
            raise PermissionDenied
        throw_away(person(request), document)
        return JsonResponse({"success": True, self.context_object_id_name: document.pk})


class ChosenView(OneVisibleDocument, chooser.DocumentChosenView):
    """Give a page the document that was chosen."""

    pk_url_kwarg = "pk"
