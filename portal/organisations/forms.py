"""Forms about people and their bodies: sign-up, profile, a new affiliation, a refusal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from portal.accounts.models import User
from portal.organisations.models import Affiliation, Network, Organisation, OrganisationKind
from portal.organisations.services.affiliations import request_affiliation

if TYPE_CHECKING:
    from django.http import HttpRequest


class OrganisationChoiceField(forms.ModelChoiceField):
    """A body, chosen from a list in groups by kind."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Organisation.objects.all(), label="Ente", **kwargs)
        self.choices = self.grouped

    def label_from_instance(self, obj: Organisation) -> str:
        return obj.display_name

    def grouped(self) -> list[Any]:
        """Return the bodies as the groups of a select."""
        names = dict(OrganisationKind.choices)
        found = sorted(Organisation.objects.all(), key=lambda body: (names[body.kind], body.name))
        groups = [
            (names[kind], [(body.pk, body.display_name) for body in bodies])
            for kind, bodies in groupby(found, key=lambda body: body.kind)
        ]
        return [("", "Scegli l'ente"), *groups]


class SignupForm(forms.Form):
    """What the portal asks at sign-up besides address and password."""

    first_name = forms.CharField(label="Nome", max_length=80)
    last_name = forms.CharField(label="Cognome", max_length=80)
    organisation = OrganisationChoiceField(
        help_text="Se manca, scriva alla redazione dalla pagina Contatti."
    )
    office = forms.CharField(label="Ufficio", max_length=150)
    job_title = forms.CharField(label="Qualifica", max_length=150, required=False)

    field_order = [
        "first_name",
        "last_name",
        "email",
        "organisation",
        "office",
        "job_title",
        "password1",
        "password2",
    ]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the names and ask for the affiliation; called by allauth after the account."""
        data = self.cleaned_data
        user.first_name, user.last_name = data["first_name"], data["last_name"]
        user.save(update_fields=["first_name", "last_name"])
        request_affiliation(user, data["organisation"], data["office"], data["job_title"])


class ProfileForm(forms.ModelForm):
    """The names by which the others know a person, and her office's telephone."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = True


class AffiliationForm(forms.Form):
    """A request to be verified for a body."""

    organisation = OrganisationChoiceField()
    office = forms.CharField(label="Ufficio", max_length=150)
    job_title = forms.CharField(label="Qualifica", max_length=150, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_organisation(self) -> Organisation:
        body: Organisation = self.cleaned_data["organisation"]
        if Affiliation.objects.open().filter(user=self.user, organisation=body).exists():
            raise ValidationError("C'è già una richiesta, o un'affiliazione, per questo ente.")
        return body


class RefusalForm(forms.Form):
    """Why a request is refused."""

    reason = forms.CharField(
        label="Motivo",
        max_length=500,
        help_text="Lo leggerà chi ha chiesto.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Scriva il motivo: lo leggerà chi ha chiesto."},
    )


class ProvinceFilterForm(forms.Form):
    """The filters of the list of Provinces; what is unknown filters nothing."""

    regione = forms.ChoiceField(label="Regione", required=False)
    rete = forms.ChoiceField(label="Capofila della rete", required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        regions = Organisation.objects.provinces().order_by("region")
        self._choices("regione", [(name, name) for name in _distinct(regions, "region")])
        self._choices("rete", list(Network.objects.values_list("slug", "name")))

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Tutte"), *choices]


def _distinct(queryset: Any, name: str) -> list[str]:
    return list(queryset.values_list(name, flat=True).distinct())
