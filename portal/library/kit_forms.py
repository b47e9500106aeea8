"""The form of a raccolta."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from portal.library.audiences import PROPOSE_PUBLIC, audience_choices, audience_label
from portal.library.models import DocumentKit

if TYPE_CHECKING:
    from portal.accounts.models import User


class DocumentKitForm(forms.ModelForm):
    """Title, introduction, network and readers; the documents come after."""

    audience = forms.ChoiceField(
        label="Chi la può leggere",
        help_text="Dentro, ciascuno vede comunque solo i documenti che può leggere.",
    )

    class Meta:
        model = DocumentKit
        fields = ["title", "introduction", "network", "audience"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"introduction": "A che cosa serve e in che ordine si usano i documenti."}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = kit_audiences(user)
        if self.instance.pk and self.instance.audience not in {value for value, _ in choices}:
            held = self.instance.audience
            choices = [(held, audience_label(held)), *choices]
        audience = self.fields["audience"]
        network = self.fields["network"]
        assert isinstance(audience, forms.ChoiceField)
        assert isinstance(network, forms.ModelChoiceField)
        audience.choices = choices
        network.empty_label = "Nessuna in particolare"


def kit_audiences(user: User) -> list[tuple[str, str]]:
    """Return the audiences that somebody may give to a kit: members, their own bodies."""
    return [choice for choice in audience_choices(user) if choice[0] != PROPOSE_PUBLIC]
