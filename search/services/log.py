"""Counting what is searched and opened without saying who, and each person's own past queries."""

from __future__ import annotations

import datetime as dt
import logging
import re
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from portal.accounts.models import User
from search.analysis import acronym_of
from search.models import OpenedCount, PastQuery, QueryCount
from search.query.parser import is_shouted
from search.query.tokens import NEAR, OPERATORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search.parameters import Parameters
    from search.sources.base import Reader

logger = logging.getLogger(__name__)
SALT = "search.opened"
TOKEN_SECONDS = 24 * 60 * 60
LONGEST = 120
KEPT_DAYS = 400
PAST_KEPT = 50

# Codice fiscale, also with the letters that replace digits (omocodia); addresses; IBAN; what is
# left after norms, years and dates and has the length of a telephone number or of another code.
TAX_CODE = re.compile(
    r"\b[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]\b", re.I
)
ADDRESS = re.compile(r"\S@\S")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]){11,30}\b", re.I)
HARMLESS = re.compile(
    r"\d{1,4}\s?/\s?(?:19|20)\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d{2}"
)
NUMBER = re.compile(r"\+?(?:\d[\s./-]?){7,}")


def looks_personal(text: str) -> bool:
    """Tell whether a query holds a tax code, an address, a bank account or a telephone number."""
    squeezed = re.sub(r"[\s.-]", "", text)
    if TAX_CODE.search(text) or TAX_CODE.fullmatch(squeezed):
        return True
    if ADDRESS.search(text) or IBAN.search(text):
        return True
    return bool(NUMBER.search(HARMLESS.sub(" x ", text)))


def normalised(text: str) -> str:
    """Return a query in lower case with single spaces; its acronyms and operators stay in capitals.

    What it would find when somebody follows it again is what it found.
    """
    if is_shouted(text):
        return " ".join(text.lower().split())
    words = [word if _means_more_in_capitals(word) else word.lower() for word in text.split()]
    return " ".join(words)


def _means_more_in_capitals(word: str) -> bool:
    bare = word.strip('()"-−')
    return bool(acronym_of(bare)) or bare in OPERATORS or bool(NEAR.fullmatch(bare))


def countable(parameters: Parameters) -> str:
    """Return what is counted of a search; empty for later pages, filters and personal data."""
    if parameters.page != 1 or parameters.chosen or parameters.sort != "relevance":
        return ""
    text = normalised(parameters.text)
    if not text or len(text) > LONGEST or looks_personal(parameters.text):
        return ""
    return text


def note_query(reader: Reader, text: str, found_all: bool) -> None:
    """Count a query; whoever signed in will have it suggested. A failure stops no search."""
    if not text:
        return
    try:
        with transaction.atomic():
            _add_one(QueryCount, {"text": text}, empty=0 if found_all else 1)
            if isinstance(reader, User):
                past = PastQuery.objects.filter(user=reader, text=text)
                if not past.update(at=timezone.now()):
                    PastQuery.objects.update_or_create(user=reader, text=text)
    except DatabaseError:
        logger.warning("A query could not be counted.", exc_info=True)


def opened_token(text: str, ids: Sequence[str]) -> str:
    """Return the signed word with which the page says which of these results was opened."""
    return signing.dumps([text, list(ids)], salt=SALT, compress=True) if text and ids else ""


def note_opened(token: str, object_id: str) -> bool:
    """Count that a result was opened; False when the word is not ours, old or of other results."""
    try:
        text, ids = signing.loads(token, salt=SALT, max_age=TOKEN_SECONDS)
    except (signing.BadSignature, ValueError):
        return False
    if object_id not in ids:
        return False
    with transaction.atomic():
        _add_one(OpenedCount, {"text": text, "object_id": object_id})
    return True


def forget_old() -> int:
    """Delete old counts, and the past queries of each person beyond the last ones."""
    before = timezone.localdate() - dt.timedelta(days=KEPT_DAYS)
    done = QueryCount.objects.filter(day__lt=before).delete()[0]
    done += OpenedCount.objects.filter(day__lt=before).delete()[0]
    for user in User.objects.filter(past_queries__isnull=False).distinct().iterator():
        kept = list(user.past_queries.values_list("pk", flat=True)[:PAST_KEPT])
        done += user.past_queries.exclude(pk__in=kept).delete()[0]
    return done


def _add_one(model: type[QueryCount] | type[OpenedCount], of: dict[str, Any], **more: int) -> None:
    row = {**of, "day": timezone.localdate()}
    counted = model._default_manager.filter(**row)
    added = {name: F(name) + value for name, value in {"count": 1, **more}.items()}
    if not counted.update(**added):
        model._default_manager.get_or_create(**row)
        counted.update(**added)
