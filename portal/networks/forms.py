"""The form of a service model in /gestione/."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from wagtail.admin.forms import WagtailAdminPageForm

from portal.library.models import DocumentKit


class KitChoiceField(forms.ModelChoiceField):
    """The raccolte that an editor may read, and the one that is there, unnamed if she may not."""

    def offer_to(self, editor: Any, chosen: int | None) -> None:
        """Offer what an editor may choose."""
        readable = DocumentKit.objects.visible_to(editor)
        self.readable = set(readable.values_list("pk", flat=True))
        self.queryset = DocumentKit.objects.filter(Q(pk__in=readable.values("pk")) | Q(pk=chosen))

    def label_from_instance(self, kit: DocumentKit) -> str:
        return kit.title if kit.pk in self.readable else "Una raccolta che lei non può leggere"


class ServiceModelPageForm(WagtailAdminPageForm):
    """Offer the raccolte that the editor may read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "document_kit" in self.fields:
            field = KitChoiceField(
                queryset=DocumentKit.objects.none(),
                required=False,
                label=self.fields["document_kit"].label,
                help_text=self.fields["document_kit"].help_text,
                empty_label="Nessuna raccolta",
            )
            field.offer_to(self.for_user, self.instance.document_kit_id)
            self.fields["document_kit"] = field
