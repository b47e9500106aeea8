"""Writing an edition and giving out the seats it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from learning.models import CourseEdition
from learning.services.allocation import allocate

if TYPE_CHECKING:
    from learning.forms import EditionForm
    from portal.accounts.models import User


@transaction.atomic
def save_edition(actor: User, form: EditionForm) -> bool:
    """Save an edition and give its free seats to who waits; tell whether the form was right.

    The seats are held meanwhile: nobody takes one between the check of the form and its saving.
    """
    edition = form.instance
    if edition.pk:
        held = CourseEdition.objects.select_for_update().only("seated").get(pk=edition.pk)
        edition.seated = held.seated
    if not form.is_valid():
        return False
    allocate(form.save().pk, actor)
    return True
