from __future__ import annotations

from django.db import models

from portal.library.models.version import DocumentVersion


class RecognitionState(models.TextChoices):
    """Where the recognition of a scanned page stands; empty for pages that need none."""

    NONE = "", "non serve"
    WAITING = "waiting", "in attesa"
    DONE = "done", "riconosciuta"
    FAILED = "failed", "non riconosciuta"


class DocumentPage(models.Model):
    """The text of one page, sheet, slide or section of a version."""

    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField("numero")
    label = models.CharField("etichetta", max_length=120)
    text = models.TextField("testo", blank=True)
    structure = models.JSONField("struttura", null=True, blank=True)
    ocr = models.BooleanField("letto da scansione", default=False)

    recognition = models.CharField(
        "riconoscimento",
        max_length=8,
        choices=RecognitionState.choices,
        default=RecognitionState.NONE,
        blank=True,
    )
    rotation = models.PositiveSmallIntegerField("gradi in senso orario per raddrizzarla", default=0)

    class Meta:
        verbose_name = "pagina"
        verbose_name_plural = "pagine"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="unique_page_number"),
            models.CheckConstraint(
                condition=models.Q(rotation__in=(0, 90, 180, 270)), name="page_rotation_is_a_side"
            ),
        ]
        indexes = [
            models.Index(
                fields=["version"],
                condition=models.Q(recognition="waiting"),
                name="page_waiting_recognition",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.label}"


class PageWords(models.Model):
    """The words of a recognised page and where they stand, apart from the text for lightness.

    ``words`` is a list of ``[word, left, top, right, bottom]``, fractions of the upright page.
    """

    page = models.OneToOneField(DocumentPage, on_delete=models.CASCADE, related_name="word_boxes")
    words = models.JSONField("parole", default=list)

    class Meta:
        verbose_name = "parole di una pagina"
        verbose_name_plural = "parole delle pagine"
