"""The confirmation of many files: what they have in common, then each one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.library.audiences import audience_choices
from portal.library.forms import offer_licences, refuse_existing
from portal.library.licences import LICENCES
from portal.library.models import DocumentKind, IncomingFile
from portal.organisations.models import Network, Organisation

if TYPE_CHECKING:
    from portal.accounts.models import User

AS_COMMON = "Come per tutti"


class MultipleFileInput(forms.ClearableFileInput):
    """A file field of the browser that takes several."""

    allow_multiple_selected = True


class CommonDataForm(forms.Form):
    """What holds for every file that says nothing else."""

    audience = forms.ChoiceField(label="Chi li può leggere")
    kind = forms.ChoiceField(label="Tipo di documento", required=False)
    year = forms.IntegerField(label="Anno", required=False, min_value=1861)
    networks = forms.ModelMultipleChoiceField(
        Network.objects.all(),
        label="Reti",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    licence = forms.ChoiceField(label="Licenza", required=False)

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, prefix="tutti")
        offer_licences(self)
        _choices(self, "audience", audience_choices(user))
        _choices(self, "kind", [("", "Quello proposto per ciascuno"), *DocumentKind.choices])

    def clean_year(self) -> int | None:
        return _plausible(self.cleaned_data.get("year"))


class IncomingFileForm(forms.Form):
    """One file as it will be published; what is left empty is as for all."""

    publish = forms.BooleanField(label="Pubblica questo file", required=False, initial=True)
    title = forms.CharField(label="Titolo", max_length=255)
    kind = forms.ChoiceField(label="Tipo di documento", required=False)
    year = forms.IntegerField(label="Anno", required=False, min_value=1861)
    province = forms.CharField(label="Provincia", required=False, max_length=100)
    protocol_number = forms.CharField(label="Numero di protocollo", required=False, max_length=60)
    protocol_date = forms.DateField(
        label="Data di protocollo",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    description = forms.CharField(
        label="Descrizione",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    audience = forms.ChoiceField(label="Chi lo può leggere", required=False)
    licence = forms.ChoiceField(label="Licenza", required=False)
    networks = forms.MultipleChoiceField(
        label="Reti",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nessuna scelta: come per tutti.",
    )

    def __init__(
        self,
        data: Any,
        item: IncomingFile,
        user: User,
        audiences: list[tuple[str, str]],
        networks: list[Network],
        provinces: dict[str, Organisation],
    ) -> None:
        found = item.proposal
        initial = {**found, "province": ""}
        if body := provinces.get(str(found.get("province", "")).casefold()):
            initial["province"] = body.name
        super().__init__(data, prefix=f"file-{item.pk}", initial=initial)
        self.item = item
        self.user = user
        self.provinces = provinces
        _choices(self, "audience", [("", AS_COMMON), *audiences])
        _choices(self, "kind", [("", AS_COMMON), *DocumentKind.choices])
        _choices(self, "licence", [("", AS_COMMON), *LICENCES])
        self.fields["province"].widget.attrs["list"] = "province-note"
        self.offered = {str(network.pk): network for network in networks}
        _choices(self, "networks", [(key, row.short_name) for key, row in self.offered.items()])

    def clean_year(self) -> int | None:
        return _plausible(self.cleaned_data.get("year"))

    def clean_province(self) -> Organisation | None:
        typed = self.cleaned_data["province"].strip().casefold().removeprefix("provincia di ")
        if not typed:
            return None
        if typed not in self.provinces:
            raise ValidationError("Nessuna Provincia si chiama così: scelga dall'elenco.")
        return self.provinces[typed]

    def clean_networks(self) -> list[Network]:
        return [self.offered[key] for key in self.cleaned_data["networks"]]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("publish"):
            refuse_existing(self.user, self.item.sha256)
        return data

    def full_clean(self) -> None:
        super().full_clean()
        # What is not published now is not asked to be right.
        if self.is_bound and not self.cleaned_data.get("publish"):
            self._errors = forms.utils.ErrorDict()

    def with_common(self, common: dict[str, Any]) -> dict[str, Any]:
        """Return the data of the file, its gaps filled by what holds for all."""
        data = self.cleaned_data
        return {
            **data,
            "organisation": data["province"],
            "audience": data["audience"] or common["audience"],
            "kind": data["kind"] or common["kind"],
            "year": data["year"] or common["year"],
            "networks": data["networks"] or common["networks"],
            "licence": data["licence"] or common["licence"],
        }


def forms_for(user: User, items: list[IncomingFile], data: Any = None) -> list[IncomingFileForm]:
    """Return the form of each file, at a price that does not grow with them."""
    provinces: dict[str, Organisation] = {}
    for body in Organisation.objects.provinces():
        provinces[body.name.casefold()] = provinces[body.sigla.casefold()] = body
    audiences, networks = audience_choices(user), list(Network.objects.all())
    return [IncomingFileForm(data, item, user, audiences, networks, provinces) for item in items]


def _choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _plausible(year: int | None) -> int | None:
    if year is not None and not 1861 <= year <= timezone.localdate().year + 20:
        raise ValidationError("L'anno non è plausibile: lo scriva con quattro cifre.")
    return year
