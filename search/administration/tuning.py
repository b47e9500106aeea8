"""The tuning of the search in /gestione/: forms with a preview, and a log of who did what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from portal.accounts.signed_in import person
from portal.organisations.models import Network
from search.administration.comparison import Comparison, compare
from search.engines.base import EngineError
from search.models import PinnedAnswer, Stopword, Synonym, Weight, WordForms
from search.models.tuning import Tuned
from search.services.tuning import note_change
from search.sources.pages import KIND_LABELS
from search.tuning.snapshot import TITLE

TEST_LENGTH = 300
# The field that says which query to try a change on, when nobody has typed one.
SPEAKING = ("query", "word", "forms")


class PreviewMixin:
    """A form that can show what the change does to a test query before it is saved."""

    template_name = "search/administration/tuning_form.html"
    request: HttpRequest
    object: Any
    comparison: Comparison | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "action-preview" not in request.POST:
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        self.object = self.get_object() if "pk" in kwargs else None  # type: ignore[attr-defined]
        self.form = self.get_form()  # type: ignore[attr-defined]
        status = 422
        if self.form.is_valid():
            draft = self.form.save(commit=False)
            try:
                self.comparison = compare(request.user, self.test_query(), draft)
                status = 200
            except EngineError:
                messages.warning(request, "Il motore di ricerca non risponde: nessuna prova ora.")
                status = 503
        return self.render_to_response(self.get_context_data(), status=status)  # type: ignore[attr-defined]

    def test_query(self) -> str:
        """Return the query to try the change on: the one typed, or the first words of the form."""
        typed = self.request.POST.get("prova", "").replace("\x00", " ").strip()
        if typed:
            return typed[:TEST_LENGTH]
        values = (self.request.POST.get(name, "") for name in SPEAKING)
        return " ".join(next((value for value in values if value), "").split())[:TEST_LENGTH]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        context["comparison"] = self.comparison
        context["test_query"] = self.request.POST.get("prova", "")
        return context


class AddView(PreviewMixin, generic.CreateView):
    """Add a row, prefilled from the address."""

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        known = {name: asked[name][:TEST_LENGTH] for name in SPEAKING if name in asked}
        return {**super().get_initial(), **known}

    def save_instance(self) -> Any:
        row = super().save_instance()
        note_change(person(self.request), "aggiunto", row, after=row.in_words())
        return row


class ChangeView(PreviewMixin, generic.EditView):
    """Change a row; the log keeps how it was."""

    def save_instance(self) -> Any:
        before = type(self.object)._default_manager.get(pk=self.object.pk).in_words()
        row = super().save_instance()
        after = row.in_words()
        if before != after or self.form.has_changed():
            note_change(person(self.request), "cambiato", row, before, after)
        return row


class RemoveView(generic.DeleteView):
    """Delete a row; the log keeps what it was."""

    def delete_action(self) -> None:
        row: Tuned = self.object
        note_change(person(self.request), "eliminato", row, before=row.in_words())
        super().delete_action()


class TuningViewSet(ModelViewSet):
    """A list of the tuning."""

    add_view_class = AddView
    edit_view_class = ChangeView
    delete_view_class = RemoveView
    copy_view_enabled = False
    list_per_page = 50
    add_to_reference_index = False


class SynonymViewSet(TuningViewSet):
    """Words and acronyms with what they stand for."""

    model = Synonym
    icon = "link"
    list_display = ["word", Column("in_words", label="Che cosa fa")]
    search_fields = ["word", "meanings"]
    panels = [FieldPanel("word"), FieldPanel("meanings"), FieldPanel("both_ways")]


class StopwordViewSet(TuningViewSet):
    """Words that a query can do without."""

    model = Stopword
    icon = "cross"
    list_display = ["word"]
    search_fields = ["word"]
    panels = [FieldPanel("word")]


class WordFormsViewSet(TuningViewSet):
    """Forms of a word that the stemmer keeps apart."""

    model = WordForms
    icon = "tag"
    list_display = ["__str__"]
    search_fields = ["forms"]
    panels = [FieldPanel("forms")]


def weight_targets() -> list[tuple[str, Any]]:
    """Return what can weigh more or less, by group."""
    networks = Network.objects.values_list("slug", "name")
    return [
        ("", "---------"),
        ("Tipo di contenuto", [(f"kind:{kind}", label) for kind, label in KIND_LABELS.items()]),
        ("Rete", [(f"network:{slug}", name) for slug, name in networks]),
        ("Campo", [(TITLE, "Titolo del contenuto")]),
    ]


class WeightForm(WagtailAdminModelForm):
    """A weight on something that exists."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"] = forms.ChoiceField(label="Che cosa", choices=weight_targets)


class WeightViewSet(TuningViewSet):
    """Small prizes and penalties."""

    model = Weight
    icon = "sliders"
    list_display = ["__str__", Column("get_points_display", label="Quanto conta"), "reason"]
    edit_handler = ObjectList(
        [FieldPanel("target"), FieldPanel("points"), FieldPanel("reason")],
        base_form_class=WeightForm,
    )


class PinnedAnswerViewSet(TuningViewSet):
    """What is shown first for a query."""

    model = PinnedAnswer
    icon = "pick"
    list_display = [
        "query",
        Column("in_words", label="Che cosa mostra"),
        BooleanColumn("active", label="Attiva"),
    ]
    search_fields = ["query", "note"]
    panels = [
        FieldPanel("query"),
        FieldPanel("active"),
        FieldPanel("note"),
        InlinePanel(
            "items",
            heading="Mostra prima, in quest'ordine",
            label="Contenuto",
            help_text="Ciascuno vede solo i contenuti che può leggere.",
            min_num=1,
            max_num=10,
            panels=[FieldPanel("page"), FieldPanel("document")],
        ),
    ]
