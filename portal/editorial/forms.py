"""The reader's opinion on a page."""

from __future__ import annotations

from django import forms

from portal.editorial.models import FeedbackReason, PageFeedback
from portal.editorial.models.feedback import TEXT_LENGTH

RATINGS = [
    (5, "5, del tutto chiare"),
    (4, "4, chiare"),
    (3, "3, così così"),
    (2, "2, poco chiare"),
    (1, "1, per niente chiare"),
]


class FeedbackForm(forms.ModelForm):
    """Rating, a reason and a few words."""

    rating = forms.TypedChoiceField(
        label="Da 1 a 5, quanto sono chiare?",
        choices=RATINGS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Scelga un voto da 1 a 5.",
            "invalid_choice": "Scelga un voto da 1 a 5.",
        },
    )
    reason = forms.ChoiceField(
        label="Perché?",
        choices=[("", "Preferisco non dirlo"), *FeedbackReason.choices],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Scelga uno dei motivi dell'elenco."},
    )
    text = forms.CharField(
        label="Che cosa possiamo migliorare?",
        help_text="Non scriva dati personali: leggiamo i commenti, ma non possiamo rispondere.",
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = PageFeedback
        fields = ("rating", "reason", "text")
