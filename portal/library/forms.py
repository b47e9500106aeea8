"""Forms of the library: upload, metadata, filters, decision on a proposal."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.html import format_html
from wagtail.documents.forms import BaseDocumentForm

from portal.core.templatetags.portal_tags import peso
from portal.library.audiences import audience_choices, resolve_audience
from portal.library.extraction import sniff
from portal.library.licences import licence_choices, usual_licence
from portal.library.models import Document, DocumentKind, FileMember, MemberState
from portal.library.proposing import title_of_name
from portal.library.selectors import existing_document
from portal.library.services.versions import sha256_of
from portal.organisations.models import Network, Organisation

if TYPE_CHECKING:
    from portal.accounts.models import User


def check_upload(upload: UploadedFile) -> None:
    """Refuse a file that the library cannot keep: empty, too large, of a kind it cannot read.

    Raises ValidationError with a sentence in Italian. The name is only a hint: content decides.
    """
    if not upload.size:
        raise ValidationError("Il file è vuoto: controlli di aver scelto quello giusto.")
    if upload.size > settings.LIBRARY_MAX_FILE_SIZE:
        raise ValidationError(
            f"Il file pesa {filesizeformat(upload.size)}: il massimo è "
            f"{filesizeformat(settings.LIBRARY_MAX_FILE_SIZE)}."
        )
    name = PurePosixPath((upload.name or "").replace("\\", "/")).name
    if hasattr(upload, "temporary_file_path"):
        found = sniff(Path(upload.temporary_file_path()), name)
    else:
        with tempfile.NamedTemporaryFile(prefix="portal-upload-") as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
            copy.flush()
            found = sniff(Path(copy.name), name)
        upload.seek(0)
    if found.format is None:
        raise ValidationError(found.reason)


def refuse_existing(user: User, sha256: str) -> None:
    """Offer the document that has this very file, if the person may know of it.

    Raises ValidationError with a link; about a document of others nothing is said.
    """
    same = existing_document(user, sha256)
    if same:
        raise ValidationError(
            format_html(
                'Questo file è già in biblioteca: <a href="{}">{}</a>.',
                same.get_absolute_url(),
                same.title,
            )
        )


def offer_licences(form: forms.BaseForm, document: Document | None = None) -> None:
    """Give a form the licences that a new document, or one that is there, may have."""
    field = form.fields["licence"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = licence_choices(document.licence if document and document.pk else None)


class LibraryFileMixin:
    """The check of the file, shared by the members' form and the administration's."""

    def clean_file(self) -> Any:
        upload = self.cleaned_data.get("file")  # type: ignore[attr-defined]
        if isinstance(upload, UploadedFile):
            check_upload(upload)
        return upload


class DocumentAdminForm(LibraryFileMixin, BaseDocumentForm):
    """The form of /gestione/documents/; a new document without a licence gets the usual one."""

    licence = forms.ChoiceField(label="Licenza", required=False)

    class Meta(BaseDocumentForm.Meta):
        pass

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = not self.instance.pk
        offer_licences(self, self.instance)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.is_new and not data.get("licence"):
            data["licence"] = usual_licence(data.get("audience", ""))
        return data


class DocumentUploadForm(LibraryFileMixin, forms.ModelForm):
    """A member's upload: for her body, or proposed for the public library."""

    audience = forms.ChoiceField(label="Chi lo può leggere")
    licence = forms.ChoiceField(
        label="Licenza", required=False, help_text="Che cosa gli altri possono farne."
    )

    class Meta:
        model = Document
        fields = [
            "file",
            "title",
            "description",
            "kind",
            "networks",
            "year",
            "protocol_number",
            "protocol_date",
            "review_date",
            "audience",
            "licence",
        ]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "networks": forms.CheckboxSelectMultiple,
            "protocol_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "review_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "title": "Se manca, si usa il nome del file.",
            "description": "Una frase: a che cosa serve e a chi.",
            "review_date": "Quel giorno le scriviamo di controllare se è ancora valido.",
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        choices = audience_choices(user)
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)
        known = {value for value, _ in choices}
        if self.instance.pk and self.instance.audience not in known:
            from portal.library.audiences import audience_label

            choices = [(self.instance.audience, audience_label(self.instance.audience)), *choices]
        audience.choices = choices
        offer_licences(self, self.instance)
        self.fields["title"].required = False
        self.fields["file"].required = True
        self.fields["file"].widget = forms.FileInput()
        self.fields["year"].widget.attrs.update({"min": 1900, "max": 2100, "inputmode": "numeric"})
        if self.instance.pk:
            del self.fields["file"]

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data.get("year")
        if year is not None and not 1861 <= year <= timezone.localdate().year + 20:
            raise ValidationError("L'anno non è plausibile: lo scriva con quattro cifre.")
        return year

    def clean_file(self) -> Any:
        upload = super().clean_file()
        if isinstance(upload, UploadedFile) and upload.file:
            refuse_existing(self.user, sha256_of(upload.file))
        return upload

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("title"):
            version = self.instance.current_version
            file = data.get("file")
            data["title"] = title_of_name(
                file.name if file else version.filename if version else self.instance.filename
            )
        return data

    def save(self, commit: bool = True) -> Document:
        document: Document = super().save(commit=False)
        audience, proposed = resolve_audience(self.user, self.cleaned_data["audience"])
        document.audience = audience
        if proposed:
            document.proposed_audience = proposed
        if not document.pk:
            document.uploaded_by_user = self.user
            document._set_document_file_metadata()
            document.licence = document.licence or usual_licence(audience, proposed)
        if document.organisation_id is None and document.audience.startswith("organisation:"):
            document.organisation_id = int(document.audience.partition(":")[2])
        document.save()
        self.save_m2m()
        # The many-to-many rows came after the save: tell the index again.
        document.save(update_fields=["updated_at"])
        return document


class NewVersionForm(LibraryFileMixin, forms.Form):
    """A new file of a document that is there already."""

    file = forms.FileField(label="File", widget=forms.FileInput())
    note = forms.CharField(
        label="Che cosa è cambiato",
        required=False,
        max_length=300,
        help_text="Una frase per chi confronterà le versioni.",
    )

    def __init__(self, *args: Any, user: User, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.document = document

    def clean_file(self) -> Any:
        upload = super().clean_file()
        digest = sha256_of(upload.file)
        same = self.document.versions.filter(sha256=digest).first()
        if same:
            raise ValidationError(
                f"Questo file è già la versione {same.number} del documento: "
                "nell'elenco delle versioni la si può ripristinare."
            )
        refuse_existing(self.user, digest)
        return upload


class DocumentFilterForm(forms.Form):
    """The filters of the library's list; what is unknown filters nothing."""

    q = forms.CharField(label="Parole nel titolo", required=False, max_length=200)
    tipo = forms.ChoiceField(label="Tipo di documento", required=False)
    rete = forms.ChoiceField(label="Rete", required=False)
    provincia = forms.ChoiceField(label="Provincia", required=False)
    anno = forms.ChoiceField(label="Anno", required=False)
    formato = forms.ChoiceField(label="Formato", required=False)
    stato = forms.ChoiceField(
        label="Stato",
        required=False,
        choices=[("", "In uso"), ("archiviati", "Archiviati"), ("tutti", "Tutti")],
    )

    def __init__(self, data: Any, visible: Any) -> None:
        super().__init__(data)
        years = visible.exclude(year=None).order_by("-year").values_list("year", flat=True)
        formats = visible.exclude(current_version=None).order_by("current_version__format")
        self._choices("tipo", DocumentKind.choices)
        self._choices("rete", Network.objects.values_list("slug", "short_name"))
        self._choices("provincia", Organisation.objects.provinces().values_list("sigla", "name"))
        self._choices("anno", [(str(year), str(year)) for year in years.distinct()])
        self._choices(
            "formato",
            [
                (value, value.upper())
                for value in formats.values_list("current_version__format", flat=True).distinct()
                if value
            ],
        )

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Tutti"), *choices]


class MembersForm(forms.Form):
    """The files of a mail or an archive to keep as documents of their own."""

    files = forms.TypedMultipleChoiceField(  # type: ignore[assignment]
        label="File da conservare",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Scelga almeno un file."},
    )

    def __init__(self, data: Any, *, members: list[FileMember]) -> None:
        super().__init__(data)
        field = self.fields["files"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [
            (member.position, f"{member.name} ({peso(member.size)})")
            for member in members
            if member.state in (MemberState.OFFERED, MemberState.REFUSED)
        ]


class ProposalDecisionForm(forms.Form):
    """The redazione's answer to a proposal for the public library."""

    decision = forms.ChoiceField(
        choices=[("approve", "Pubblica"), ("refuse", "Non pubblicare")], label="Decisione"
    )
    reason = forms.CharField(
        label="Motivo", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "refuse" and not data.get("reason"):
            self.add_error("reason", "Scriva il motivo: lo leggerà chi ha proposto il documento.")
        return data
