"""The rebuilding of the index, asked for in /gestione/ and done by the worker."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class RebuildState(models.TextChoices):
    """How far a rebuilding is."""

    WAITING = "waiting", "in attesa"
    RUNNING = "running", "in corso"
    DONE = "done", "conclusa"
    FAILED = "failed", "non riuscita"


class RebuildRun(models.Model):
    """One rebuilding: who asked for it, how many objects are done, how it ended."""

    who = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="chiesta da",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(
        "stato", max_length=10, choices=RebuildState.choices, default=RebuildState.WAITING
    )
    done = models.PositiveIntegerField("oggetti letti", default=0)
    total = models.PositiveIntegerField("oggetti in tutto", default=0)
    error = models.TextField("che cosa è successo", blank=True)
    slot = models.PositiveSmallIntegerField(
        null=True, default=1, unique=True, editable=False, help_text="1 finché è aperta: una sola."
    )
    asked_at = models.DateTimeField("chiesta il", auto_now_add=True)
    touched_at = models.DateTimeField("ultimo segno di vita", auto_now=True)
    ended_at = models.DateTimeField("finita il", null=True, blank=True)

    class Meta:
        verbose_name = "ricostruzione dell'indice"
        verbose_name_plural = "ricostruzioni dell'indice"
        ordering = ["-pk"]
        default_permissions = ("view", "add")

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.done}/{self.total}"

    @property
    def is_open(self) -> bool:
        """Whether the worker has still to do it or is doing it."""
        return self.state in (RebuildState.WAITING, RebuildState.RUNNING)
