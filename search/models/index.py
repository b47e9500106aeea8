"""The outbox of the index: what changed, written in the transaction that changed it."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone


class Operation(models.TextChoices):
    """What the indexer has to do for an object."""

    UPSERT = "upsert", "aggiornare"
    REMOVE = "remove", "togliere"


class OutboxRow(models.Model):
    """An object whose entry in the index is behind the database.

    The primary key is the sequence number: a later row describes a later state. While a row with
    ``hide`` waits, searches leave the object out, so that whatever was deleted, unpublished or
    narrowed is in no result, count or facet from the moment its transaction is committed.
    """

    object_id = models.CharField("oggetto", max_length=60, db_index=True)
    operation = models.CharField("operazione", max_length=6, choices=Operation.choices)
    hide = models.BooleanField("nascosto finché non aggiornato", default=False)
    created_at = models.DateTimeField("scritto il", default=timezone.now)

    class Meta:
        verbose_name = "modifica da indicizzare"
        verbose_name_plural = "modifiche da indicizzare"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["object_id"], condition=models.Q(hide=True), name="outbox_hidden")
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.object_id}"


class IndexedObject(models.Model):
    """What the index holds of an object: compared with the database by the nightly sweep."""

    object_id = models.CharField("oggetto", max_length=60, primary_key=True)
    seq = models.PositiveBigIntegerField("numero di sequenza")
    audience = models.TextField("destinatari")

    class Meta:
        verbose_name = "oggetto indicizzato"
        verbose_name_plural = "oggetti indicizzati"

    def __str__(self) -> str:
        return self.object_id

    @property
    def tokens(self) -> frozenset[str]:
        """The audience tokens that the index knows."""
        return frozenset(self.audience.split())


class IndexState(models.Model):
    """The counter that orders the writes to the index (one row)."""

    seq = models.PositiveBigIntegerField("numero di sequenza", default=0)

    class Meta:
        verbose_name = "stato dell'indice"
        verbose_name_plural = "stato dell'indice"

    def __str__(self) -> str:
        return str(self.seq)

    @classmethod
    def next_seq(cls) -> int:
        """Return the next number, greater than all before it; nobody else is given the same."""
        with transaction.atomic():
            if not cls.objects.filter(pk=1).update(seq=models.F("seq") + 1):
                cls.objects.get_or_create(pk=1)
                cls.objects.filter(pk=1).update(seq=models.F("seq") + 1)
            return cls.objects.values_list("seq", flat=True).get(pk=1)
