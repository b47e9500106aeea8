"""The audiences that somebody may give to a document, and their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.core import access
from portal.organisations.models import Organisation
from portal.organisations.tokens import affiliations_of

if TYPE_CHECKING:
    from portal.accounts.models import User

PROPOSE_PUBLIC = "propose:public"


def audience_label(token: str) -> str:
    """Return an audience as a person reads it."""
    fixed = {
        access.PUBLIC: "Pubblico",
        access.MEMBERS: "Componenti delle reti",
        access.STAFF: "Redazione e UPI",
    }
    if token in fixed:
        return fixed[token]
    kind, _, key = token.partition(":")
    if kind == "organisation" and key.isdigit():
        body = Organisation.objects.filter(pk=int(key)).first()
        return f"Solo {body.display_name}" if body else "Un ente"
    return {"user": "Solo chi lo ha caricato", "space": "Una comunità"}.get(kind, token)


def resolve_audience(user: User, chosen: str) -> tuple[str, str]:
    """Return the audience of a choice and the one proposed to the redazione, empty when none is.

    What is proposed for everybody is read, until the decision, by the person's own body.
    """
    if chosen != PROPOSE_PUBLIC:
        return chosen, ""
    own = next(value for value, _ in audience_choices(user) if value != PROPOSE_PUBLIC)
    return own, access.PUBLIC


def audience_choices(user: User) -> list[tuple[str, str]]:
    """Return what a person may choose at upload: editors anything, members their own bodies."""
    bodies = [affiliation.organisation for affiliation in affiliations_of(user)]
    own = [(access.organisation_token(body.pk), f"Solo {body.display_name}") for body in bodies]
    if access.is_staff(user):
        return [
            (access.PUBLIC, audience_label(access.PUBLIC)),
            (access.MEMBERS, audience_label(access.MEMBERS)),
            (access.STAFF, audience_label(access.STAFF)),
            *own,
        ]
    if not own:
        return []
    return [*own, (PROPOSE_PUBLIC, "Biblioteca pubblica, dopo l'approvazione della redazione")]
