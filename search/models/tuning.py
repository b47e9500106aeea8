"""What the redazione tunes in the search: words and weights, and who did it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from search.analysis import terms


class TuningState(models.Model):
    """The stamp that changes with every change of the tuning (one row)."""

    stamp = models.CharField("versione", max_length=32)

    class Meta:
        verbose_name = "stato della regolazione"
        verbose_name_plural = "stato della regolazione"

    def __str__(self) -> str:
        return self.stamp

    @classmethod
    def touch(cls) -> None:
        """Tell every process that the tuning has changed."""
        cls.objects.update_or_create(pk=1, defaults={"stamp": uuid.uuid4().hex})


class Tuned(models.Model):
    """A row of the tuning: whoever saves or deletes it changes the stamp."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and change the stamp in the same transaction."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            TuningState.touch()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and change the stamp in the same transaction."""
        with transaction.atomic():
            done = super().delete(*args, **kwargs)
            TuningState.touch()
        return done

    def in_words(self) -> str:
        """Return the row as a sentence of the log."""
        return str(self)


def lines(text: str) -> list[str]:
    """Return the lines of a text that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def one_word(text: str) -> str:
    """Return the folded word of a text; raises ValidationError when it is not exactly one."""
    found = terms(text)
    if len(found) != 1:
        raise ValidationError("Serve una parola sola.")
    return found[0].exact


class Stopword(Tuned):
    """A word that a query can do without."""

    word = models.CharField(
        "parola",
        max_length=40,
        unique=True,
        help_text="In minuscolo. Scritta in maiuscolo da chi cerca (SUA) resta una sigla e conta.",
    )

    class Meta:
        verbose_name = "parola vuota"
        verbose_name_plural = "parole vuote"
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        """Keep the word as the index knows it."""
        try:
            self.word = one_word(self.word)
        except ValidationError as problem:
            raise ValidationError({"word": problem.messages}) from problem


class Synonym(Tuned):
    """A word or acronym and what it stands for: each is looked for when the other is typed."""

    word = models.CharField(
        "parola o sigla",
        max_length=40,
        unique=True,
        help_text="Una sigla si scrive in maiuscolo: SUA, DUP, CUC.",
    )
    meanings = models.TextField(
        "vuol dire anche", help_text="Uno per riga: parole o espressioni con lo stesso significato."
    )
    both_ways = models.BooleanField(
        "vale nei due sensi",
        default=True,
        help_text="Anche chi scrive l'espressione trova la parola o la sigla.",
    )

    class Meta:
        verbose_name = "sinonimo"
        verbose_name_plural = "sinonimi"
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        """Refuse what no query could use."""
        problems: dict[str, list[str]] = {}
        self.word = self.word.strip()
        if len(terms(self.word)) != 1:
            problems["word"] = ["Serve una parola o una sigla sola."]
        if not lines(self.meanings) or not all(terms(line) for line in lines(self.meanings)):
            problems["meanings"] = ["Ogni riga deve contenere almeno una parola."]
        elif len(lines(self.meanings)) > 20 or len(self.meanings) > 2000:
            problems["meanings"] = ["Al massimo 20 righe e 2.000 caratteri."]
        if problems:
            raise ValidationError(problems)

    def in_words(self) -> str:
        sign = "⇄" if self.both_ways else "→"
        return f"{self.word} {sign} {', '.join(lines(self.meanings))}"


class WordForms(Tuned):
    """Forms of one word that the Italian stemmer does not bring together."""

    forms = models.TextField(
        "forme della stessa parola",
        help_text="Una per riga, almeno due: chi ne scrive una trova anche le altre.",
    )

    class Meta:
        verbose_name = "eccezione sulle desinenze"
        verbose_name_plural = "eccezioni sulle desinenze"
        ordering = ["forms"]

    def __str__(self) -> str:
        return ", ".join(lines(self.forms))[:120]

    def clean(self) -> None:
        """Refuse what is not a list of single words."""
        words = lines(self.forms)
        if not 2 <= len(words) <= 20 or any(len(terms(word)) != 1 for word in words):
            raise ValidationError({"forms": ["Da due a venti righe, una parola per riga."]})


class Weight(Tuned):
    """A small prize, or a small penalty, for a kind of content, a network or the title."""

    class Points(models.IntegerChoices):
        """How much; a point is worth about one more common word found in the text."""

        MUCH_LESS = -4, "molto meno (−4 punti)"
        LESS = -2, "meno (−2 punti)"
        LITTLE_LESS = -1, "un poco meno (−1 punto)"
        LITTLE_MORE = 1, "un poco di più (+1 punto)"
        MORE = 2, "di più (+2 punti)"
        MUCH_MORE = 4, "molto di più (+4 punti)"

    NAMES = {"kind": "tipo", "network": "rete", "field": "campo"}

    target = models.CharField("che cosa", max_length=60, unique=True)
    points = models.SmallIntegerField(
        "quanto conta",
        choices=Points.choices,
        help_text="Un punto vale circa una parola comune in più trovata nel testo: "
        "i pesi spostano i risultati vicini, non fanno vincere ciò che non risponde.",
    )
    reason = models.CharField("perché", max_length=200)

    class Meta:
        verbose_name = "peso"
        verbose_name_plural = "pesi"
        ordering = ["target"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(points__gte=-4, points__lte=4), name="search_weight_is_small"
            )
        ]

    def __str__(self) -> str:
        facet, _, value = self.target.partition(":")
        return f"{self.NAMES.get(facet, facet)}: {value}"

    def in_words(self) -> str:
        return f"{self}: {self.points:+d} ({self.reason})"


class TuningChange(models.Model):
    """Who changed what of the tuning, and when."""

    who = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="chi",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField("quando", auto_now_add=True, db_index=True)
    action = models.CharField("che cosa ha fatto", max_length=20)
    kind = models.CharField("su che cosa", max_length=60)
    before = models.TextField("prima", blank=True)
    after = models.TextField("dopo", blank=True)

    class Meta:
        verbose_name = "modifica della regolazione"
        verbose_name_plural = "modifiche della regolazione"
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.kind}: {self.after or self.before}"
