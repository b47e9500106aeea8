"""The filters of news and events."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.query import PageQuerySet

from portal.core.calendar_inputs import DayInput
from portal.core.models import PageTopic
from portal.organisations.models import Network, Organisation

DATE_ERROR = {"invalid": "Scriva una data come 13/04/2022."}


class PeriodFilterForm(forms.Form):
    """Network, topic, Province and period; what makes no sense is told and filters nothing."""

    rete = forms.ChoiceField(label="Rete", required=False)
    argomento = forms.CharField(label="Argomento", required=False, max_length=100)
    provincia = forms.ChoiceField(label="Provincia", required=False)
    dal = forms.DateField(
        label="Dal",
        required=False,
        widget=DayInput,
        error_messages=DATE_ERROR,
    )
    al = forms.DateField(
        label="Al",
        required=False,
        widget=DayInput,
        error_messages=DATE_ERROR,
    )
    quando = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def __init__(self, data: Any, items: PageQuerySet) -> None:
        super().__init__(data)
        names = {field.name for field in items.model._meta.get_fields()}
        self.moment = "start__date" if "start" in names else "date"
        self._choices("rete", list(Network.objects.values_list("slug", "short_name")))
        self._choices(
            "provincia", list(Organisation.objects.provinces().values_list("sigla", "name"))
        )

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Tutte"), *choices]

    @property
    def active(self) -> int:
        """How many filters are on."""
        return sum(bool(value) for name, value in self.cleaned_data.items() if name != "quando")

    def narrow(self, items: PageQuerySet) -> PageQuerySet:
        """Return the items that pass the valid filters."""
        filters = {
            "rete": "network__slug",
            "provincia": "province__sigla",
            "dal": f"{self.moment}__gte",
            "al": f"{self.moment}__lte",
        }
        wanted = {
            filters[name]: value
            for name, value in self.cleaned_data.items()
            if name in filters and value
        }
        topic = self.cleaned_data.get("argomento")
        if topic:
            tagged = PageTopic.objects.filter(tag__name__iexact=topic)
            items = items.filter(pk__in=tagged.values("content_object"))
        return items.filter(**wanted)
