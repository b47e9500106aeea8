"""Forms of the training: editions and meetings."""

from __future__ import annotations

from typing import Any

from django import forms

from learning.models import CourseEdition, CourseSession
from portal.accounts.models import User
from portal.core.calendar_inputs import DayInput, MomentInput
from portal.organisations.roles import GROUP_TRAINERS

DAY = {"invalid": "Scriva una data come 13/04/2027."}
MOMENT = {"invalid": "Scriva data e ora come 13/04/2027 10:00."}


class EditionForm(forms.ModelForm):
    """An edition, as who runs the training writes it."""

    trainers = forms.ModelMultipleChoiceField(
        label="Docenti",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = CourseEdition
        fields = (
            "name",
            "mode",
            "place",
            "starts_on",
            "ends_on",
            "enrol_from",
            "enrol_until",
            "seats",
            "required_percent",
            "trainers",
            "state",
        )
        widgets = {
            "starts_on": DayInput(),
            "ends_on": DayInput(),
            "enrol_from": MomentInput(),
            "enrol_until": MomentInput(),
        }
        error_messages = {
            "starts_on": DAY,
            "ends_on": DAY,
            "enrol_from": MOMENT,
            "enrol_until": MOMENT,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, groups__name=GROUP_TRAINERS)
        self.fields["trainers"].queryset = people.order_by("last_name")  # type: ignore[attr-defined]

    def clean_seats(self) -> int:
        seats: int = self.cleaned_data["seats"]
        if seats < self.instance.seated:
            raise forms.ValidationError(
                f"Le persone con un posto sono già {self.instance.seated}: non possono diminuire."
            )
        return seats

    def clean(self) -> dict[str, Any] | None:
        values = super().clean() or self.cleaned_data
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "L'ultimo giorno viene prima del primo.")
        opens, closes = values.get("enrol_from"), values.get("enrol_until")
        if opens and closes and closes <= opens:
            self.add_error("enrol_until", "Le iscrizioni finiscono prima di cominciare.")
        return values


class SessionForm(forms.ModelForm):
    """A meeting of an edition."""

    class Meta:
        model = CourseSession
        fields = ("title", "start", "end")
        widgets = {"start": MomentInput(), "end": MomentInput()}
        error_messages = {"start": MOMENT, "end": MOMENT}

    def clean(self) -> dict[str, Any] | None:
        values = super().clean() or self.cleaned_data
        start, end = values.get("start"), values.get("end")
        if start and end and end <= start:
            self.add_error("end", "L'incontro finisce prima di cominciare.")
        return values


class RevokeForm(forms.Form):
    """Why a certificate is revoked."""

    reason = forms.CharField(
        label="Motivo della revoca",
        max_length=300,
        error_messages={"required": "Scriva il motivo: chi ha l'attestato lo riceve per e-mail."},
    )
