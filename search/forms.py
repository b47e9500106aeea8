"""Forms of the search: a saved search, and a search without syntax."""

from __future__ import annotations

import re

from django import forms
from django.urls import reverse
from django.utils.http import urlencode

from portal.organisations.models import Network, Organisation
from search.models import Frequency, SavedSearch
from search.sources.pages import KIND_LABELS

OPERATOR = re.compile(r"E|O|NON|NEAR/\d+")


class SavedSearchForm(forms.ModelForm):
    """Name and rhythm of a saved search."""

    frequency = forms.ChoiceField(label="Avvisi", choices=Frequency.choices, initial="daily")

    class Meta:
        model = SavedSearch
        fields = ["name", "frequency"]

    def clean_name(self) -> str:
        """Keep the name on one line."""
        return " ".join(str(self.cleaned_data["name"]).split())


class AdvancedSearchForm(forms.Form):
    """What somebody looks for, said in boxes; it becomes a query and filters."""

    tutte = forms.CharField(label="Tutte queste parole", max_length=300, required=False)
    frase = forms.CharField(
        label="Questa frase esatta",
        max_length=300,
        required=False,
        help_text="Le parole una dopo l'altra, come sono scritte.",
    )
    almeno = forms.CharField(label="Almeno una di queste parole", max_length=300, required=False)
    nessuna = forms.CharField(label="Nessuna di queste parole", max_length=300, required=False)
    titolo = forms.CharField(label="Nel titolo", max_length=300, required=False)
    provincia = forms.ChoiceField(label="Provincia", required=False)
    rete = forms.ChoiceField(label="Rete", required=False)
    tipo = forms.ChoiceField(label="Tipo di contenuto", required=False)
    anno = forms.IntegerField(
        label="Anno",
        min_value=1900,
        max_value=2100,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        provinces = Organisation.objects.provinces().order_by("name").values_list("sigla", "name")
        networks = Network.objects.values_list("slug", "name")
        for name, values in (
            ("provincia", list(provinces)),
            ("rete", list(networks)),
            ("tipo", list(KIND_LABELS.items())),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "qualsiasi"), *values]

    def clean(self) -> None:
        """Ask for something."""
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError("Compili almeno una casella.")

    def query(self) -> str:
        """Return the query in the language of the search."""
        data = self.cleaned_data
        parts = [_plain(data["tutte"])]
        if phrase := _plain(data["frase"]):
            parts.append(f'"{phrase}"')
        some = _plain(data["almeno"]).split()
        parts.append(f"({' O '.join(some)})" if len(some) > 1 else " ".join(some))
        parts += [f"-{word}" for word in _plain(data["nessuna"]).split()]
        parts += [f"titolo:{word}" for word in _plain(data["titolo"]).split()]
        return " ".join(part for part in parts if part)

    def address(self) -> str:
        """Return the address of the results."""
        data = self.cleaned_data
        pairs = [("q", self.query())]
        pairs += [(name, str(data[name] or "")) for name in ("provincia", "rete", "tipo", "anno")]
        return f"{reverse('search:search')}?{urlencode([pair for pair in pairs if pair[1]])}"


def _plain(text: str) -> str:
    """Return words without the marks that the query language gives a meaning to."""
    words = [word.strip("-−") for word in re.sub(r'["()*:]', " ", text).split()]
    return " ".join(word.lower() if OPERATOR.fullmatch(word) else word for word in words if word)
