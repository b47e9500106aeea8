"""Forms of the communities: discussions, posts, requests, reports."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from communities.models import Draft, FlagReason, Level, MembershipRole, TopicKind
from communities.services.posting import Contribution
from communities.writing import as_typed, written
from portal.library.forms import check_upload
from portal.library.incoming_forms import MultipleFileInput
from portal.organisations.tokens import affiliations_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from communities.models import Post
    from portal.accounts.models import User

LONGEST_TEXT = 20_000
LONGEST_RAW = 400_000
MOST_FILES = 10
PERSONAL = "personale"
BODY_PREFIX = "ente-"


class FilesField(forms.FileField):
    """Several files, each one that the library can keep."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files that were chosen; raises ValidationError with a sentence for each."""
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > MOST_FILES:
            raise ValidationError(f"Al massimo {MOST_FILES} file per volta.")
        problems = []
        for file in files:
            try:
                check_upload(file)
            except ValidationError as refused:
                problems += [f"{file.name}: {message}" for message in refused.messages]
        if problems:
            raise ValidationError(problems)
        return files


class PostForm(forms.Form):
    """A text, its files and in whose name it is; ``kept_files`` are those of the draft."""

    body = forms.CharField(
        label="Testo",
        strip=False,
        error_messages={"required": "Scriva il testo dell'intervento."},
        widget=forms.Textarea(attrs={"rows": 8, "data-editor": True}),
    )
    body_format = forms.CharField(required=False, widget=forms.HiddenInput)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)
    voice = forms.ChoiceField(label="Come interviene", widget=forms.RadioSelect)
    uploads = FilesField(
        label="Allegati",
        required=False,
        help_text="PDF, documenti, fogli, presentazioni: entrano in biblioteca, li legge solo "
        "chi è in questa comunità.",
    )
    unwanted = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        user: User,
        draft: Draft | None = None,
        post: Post | None = None,
        draft_url: str = "",
        **kwargs: Any,
    ) -> None:
        initial = {
            "submission": uuid.uuid4(),
            "body_format": "text",
            "voice": PERSONAL,
            **kwargs.pop("initial", {}),
        }
        self.user, self.draft = user, draft
        html = draft.html if draft else post.html if post else ""
        kwargs["initial"] = {"body": as_typed(html), **initial}
        super().__init__(*args, **kwargs)
        area = self.fields["body"].widget.attrs
        if draft_url:
            area["data-draft"] = draft_url
        if not self.is_bound and html:
            area["data-editor-html"] = html
        elif self.is_bound and self.data.get("body_format") == "html":
            area["data-editor-html"] = written(self.data.get("body", "")[:LONGEST_RAW], "html").html
        self.fields["uploads"].widget.attrs.update({"multiple": True, "data-files": True})
        owner = post or draft
        self.kept_files = list(owner.attachments.select_related("document")) if owner else []
        self.fields["unwanted"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), one.document.filename) for one in self.kept_files
        ]
        bodies = affiliations_of(user)
        self.fields["voice"].choices = [  # type: ignore[attr-defined]
            *(
                (f"{BODY_PREFIX}{one.pk}", f"a nome dell'ente: {one.organisation.display_name}")
                for one in bodies
            ),
            (PERSONAL, "a titolo personale"),
        ]
        if post:
            for name in ("voice", "submission"):
                del self.fields[name]

    def clean_body(self) -> str:
        raw: str = self.cleaned_data["body"]
        if len(raw) > LONGEST_RAW:
            raise ValidationError(
                "Il testo è troppo lungo per un intervento: lo alleghi come documento."
            )
        found = written(raw, self.data.get("body_format", "text"))
        if not found.text.strip():
            raise ValidationError("Scriva il testo dell'intervento.")
        if len(found.text) > LONGEST_TEXT:
            length = f"{len(found.text):,}".replace(",", ".")
            raise ValidationError(
                f"Il testo ha {length} caratteri, il massimo è 20.000: lo accorci o lo alleghi "
                "come documento."
            )
        self.found = found
        return raw

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        already = len(self.kept_files) - len(data.get("unwanted", []))
        if already + len(data.get("uploads") or []) > MOST_FILES:
            self.add_error("uploads", f"Al massimo {MOST_FILES} file per intervento.")
        return data

    @property
    def wants_draft(self) -> bool:
        """Whether there is more than the text to keep: files that came or that must go."""
        return bool(self.cleaned_data.get("uploads") or self.cleaned_data.get("unwanted"))

    def contribution(self, draft: Draft | None) -> Contribution:
        """Return what was sent, valid already."""
        voice = self.cleaned_data["voice"]
        held = affiliations_of(self.user)
        chosen = next((one for one in held if f"{BODY_PREFIX}{one.pk}" == voice), None)
        return Contribution(
            body=self.found,
            affiliation=chosen or next(iter(held), None),
            for_body=chosen is not None,
            submission=self.cleaned_data.get("submission") or uuid.uuid4(),
            draft=draft,
        )


class TopicForm(PostForm):
    """A new discussion."""

    kind = forms.ChoiceField(label="Tipo", widget=forms.RadioSelect)
    title = forms.CharField(
        label="Titolo",
        max_length=160,
        help_text="Una domanda o una frase che dica di che cosa si parla.",
        error_messages={
            "required": "Scriva il titolo.",
            "max_length": "Il titolo ha al massimo 160 caratteri.",
        },
    )
    field_order = ("kind", "title", "body", "uploads", "unwanted", "voice")

    def __init__(self, *args: Any, moderates: bool, **kwargs: Any) -> None:
        draft = kwargs.get("draft")
        start = {"kind": TopicKind.QUESTION, "title": ""}
        if draft:
            start = {"kind": draft.kind, "title": draft.title}
        super().__init__(*args, initial=start, **kwargs)
        kinds = [
            (TopicKind.QUESTION, "Domanda: cerco una risposta"),
            (TopicKind.DISCUSSION, "Discussione: propongo un tema"),
        ]
        if moderates:
            kinds.append((TopicKind.ANNOUNCEMENT, "Annuncio a tutta la comunità"))
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].replace("\x00", "").split())


class EditForm(PostForm):
    """A correction of one's own post; the first one has the title."""

    title = forms.CharField(
        label="Titolo", max_length=160, error_messages={"required": "Scriva il titolo."}
    )
    field_order = ("title", "body", "uploads", "unwanted")

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, post=post, initial={"title": post.topic.title}, **kwargs)
        if post.number > 1:
            del self.fields["title"]


class ReasonForm(forms.Form):
    """Why something is refused, hidden or somebody made to leave."""

    reason = forms.CharField(
        label="Motivo",
        max_length=300,
        help_text="Lo legge la persona interessata.",
        error_messages={"required": "Scriva il motivo: lo legge la persona interessata."},
    )


class FlagForm(forms.Form):
    """Why a post is reported."""

    reason = forms.ChoiceField(
        label="Che cosa non va",
        choices=FlagReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Scelga che cosa non va."},
    )
    note = forms.CharField(
        label="Spiegazione",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="La legge soltanto chi modera.",
    )


class JoinForm(forms.Form):
    """Why somebody wants to enter a space."""

    message = forms.CharField(
        label="Perché vuole entrare",
        required=False,
        max_length=500,
        error_messages={"max_length": "La presentazione ha al massimo 500 caratteri."},
    )


class ListeningForm(forms.Form):
    """How much to hear of a space."""

    level = forms.ChoiceField(label="Avvisi", choices=Level.choices, widget=forms.RadioSelect)
    by_mail = forms.BooleanField(label="Anche per e-mail", required=False)


class RoleForm(forms.Form):
    """What somebody is in a space."""

    role = forms.ChoiceField(choices=MembershipRole.choices)
