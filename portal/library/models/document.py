from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from portal.core import access
from portal.library import licences
from portal.library.storage import private_storage

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    Reader = AbstractBaseUser | AnonymousUser


class DocumentKind(models.TextChoices):
    """What a document is for the people who look for it."""

    MODELLO = "modello", "Modello"
    SCHEMA = "schema", "Schema"
    PROCEDURA = "procedura", "Procedura"
    PIANO = "piano", "Piano"
    DUP = "dup", "DUP"
    VERBALE = "verbale", "Verbale"
    SLIDE = "slide", "Slide"
    NORMATIVA = "normativa", "Normativa"
    MODULO = "modulo", "Modulo"
    ALTRO = "altro", "Altro"


class DocumentQuerySet(SearchableQuerySetMixin, models.QuerySet["Document"]):
    """Filters with plain names."""

    def visible_to(self, user: Reader) -> DocumentQuerySet:
        """Keep the documents whose audience the reader belongs to, and her own uploads.

        The redazione also reads what is proposed to it, in order to decide. What is in the trash
        is nobody's until it is restored.
        """
        return self.kept()._reaching(user)

    def in_trash_for(self, user: Reader) -> DocumentQuerySet:
        """Keep what is in the trash and the person may restore: her uploads, an editor's reach."""
        if not user.is_authenticated:
            return self.none()
        thrown = self.filter(trashed_at__isnull=False)
        if access.is_staff(user):
            return thrown._reaching(user)
        return thrown.filter(uploaded_by_user=user)

    def kept(self) -> DocumentQuerySet:
        """Leave out what is in the trash."""
        return self.filter(trashed_at__isnull=True)

    def in_use(self) -> DocumentQuerySet:
        """Leave out what is archived."""
        return self.filter(archived_at__isnull=True)

    def _reaching(self, user: Reader) -> DocumentQuerySet:
        if getattr(user, "is_superuser", False):
            return self
        tokens = access.audience_tokens(user)
        visible = Q(audience__in=tokens)
        if access.STAFF in tokens:
            visible |= ~Q(proposed_audience="")
        if user.is_authenticated:
            visible |= Q(uploaded_by_user=user)
        return self.filter(visible)

    def readable(self) -> DocumentQuerySet:
        """Join what every list shows of a document, at a constant number of queries."""
        return self.select_related("current_version", "organisation").prefetch_related("networks")


class Document(AbstractDocument):
    """A document of the library; its files are versions, one of them current."""

    file = models.FileField(
        "file", upload_to="%Y/%m", storage=private_storage, max_length=300, blank=True
    )
    tags = TaggableManager(
        verbose_name="parole chiave", blank=True, related_name="library_documents"
    )
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="caricato da",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="uploaded_documents",
    )
    description = models.TextField("descrizione", blank=True)
    kind = models.CharField(
        "tipo di documento",
        max_length=12,
        choices=DocumentKind.choices,
        default=DocumentKind.ALTRO,
    )
    networks = models.ManyToManyField(
        "organisations.Network", verbose_name="reti", blank=True, related_name="documents"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="ente",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )
    year = models.PositiveSmallIntegerField("anno", null=True, blank=True)
    language = models.CharField("lingua", max_length=5, default="it")
    protocol_number = models.CharField("numero di protocollo", max_length=60, blank=True)
    protocol_date = models.DateField("data di protocollo", null=True, blank=True)
    licence = models.CharField("licenza", max_length=60, blank=True)
    audience = models.CharField("chi lo può leggere", max_length=40, default=access.PUBLIC)
    proposed_audience = models.CharField(
        "proposto per", max_length=40, blank=True, help_text="In attesa della redazione."
    )
    review_date = models.DateField("da rivedere entro", null=True, blank=True)
    review_reminded_for = models.DateField(
        "scadenza già ricordata", null=True, blank=True, editable=False
    )
    archived_at = models.DateTimeField("archiviato il", null=True, blank=True, editable=False)
    trashed_at = models.DateTimeField("nel cestino dal", null=True, blank=True, editable=False)
    trashed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="messo nel cestino da",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    current_version = models.ForeignKey(
        "library.DocumentVersion",
        verbose_name="versione corrente",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    source = models.ForeignKey(
        "self",
        verbose_name="contenuto in",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="children",
    )
    updated_at = models.DateTimeField("aggiornato il", auto_now=True)

    objects = DocumentQuerySet.as_manager()

    # What /gestione/ filters its documents by has to be known to its search.
    search_fields = (
        *AbstractDocument.search_fields,
        index.FilterField("audience"),
        index.FilterField("proposed_audience"),
        index.FilterField("trashed_at"),
        index.FilterField("archived_at"),
    )
    admin_form_fields = (
        *WagtailDocument.admin_form_fields,
        "description",
        "kind",
        "networks",
        "organisation",
        "year",
        "protocol_number",
        "protocol_date",
        "licence",
        "audience",
        "review_date",
    )

    class Meta(AbstractDocument.Meta):
        verbose_name = "documento"
        verbose_name_plural = "documenti"
        permissions = [("choose_document", "Può scegliere documenti")]
        indexes = [
            models.Index(fields=["audience", "-created_at"]),
            models.Index(fields=["kind"]),
            models.Index(fields=["year"]),
            models.Index(
                fields=["trashed_at"], condition=Q(trashed_at__isnull=False), name="document_trash"
            ),
            models.Index(
                fields=["review_date"],
                condition=Q(review_date__isnull=False),
                name="document_review",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(audience=""), name="document_has_audience")
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and keep a new file as a new version that becomes the current one.

        The version keeps the name that the person gave, whatever the storage makes of it.
        """
        fresh = self.file and not self.file._committed  # type: ignore[attr-defined]
        given = PurePosixPath((self.file.name or "").replace("\\", "/")).name if fresh else ""
        super().save(*args, **kwargs)
        current = self.current_version
        if self.file and (current is None or current.file.name != self.file.name):
            from portal.library.services.versions import add_version

            add_version(self, filename=given)

    @property
    def licence_address(self) -> str:
        """Where the text of the licence is, empty for those that have none."""
        return licences.TEXTS.get(self.licence, "")

    def get_absolute_url(self) -> str:
        return reverse("library:document", args=[self.pk])

    @property
    def url(self) -> str:
        """The permission-checked download, wherever Wagtail links the document."""
        return reverse("library:download", args=[self.pk])

    def is_visible_to(self, user: Reader) -> bool:
        """Tell of a row at hand what ``visible_to`` tells of many, without a query."""
        if self.trashed_at is not None:
            return False
        if getattr(user, "is_superuser", False):
            return True
        tokens = access.audience_tokens(user)
        proposed = access.STAFF in tokens and self.proposed_audience != ""
        own = user.is_authenticated and self.uploaded_by_user_id == user.pk
        return self.audience in tokens or proposed or own

    def may_be_changed_by(self, user: Reader) -> bool:
        """Tell whether somebody may correct or delete the document: its uploader or an editor."""
        if not user.is_authenticated:
            return False
        return self.uploaded_by_user_id == user.pk or access.is_staff(user)
