"""The demonstration accounts, their bodies, and some requests that wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from portal.accounts.models import User
from portal.core.seed import DEMO_PASSWORD, SeedContext
from portal.organisations import roles
from portal.organisations.models import (
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Organisation,
    OrganisationDomain,
    OrganisationKind,
)

JOINED = dt.date(2022, 4, 13)
UPI = "UPI"


@dataclass(frozen=True)
class Person:
    """An invented person; ``body`` is the sigla of a Province, or UPI."""

    account: str
    first_name: str
    last_name: str
    body: str
    office: str
    job_title: str = ""
    groups: tuple[str, ...] = ()
    referente: bool = False
    state: AffiliationState = AffiliationState.ACTIVE
    superuser: bool = False


PEOPLE = [
    Person("admin", "Ada", "Portale", UPI, "Sistemi informativi", superuser=True),
    Person("direzione", "Diana", "Vertice", UPI, "Direzione", groups=(roles.GROUP_DIREZIONE,)),
    Person("redazione", "Remo", "Penna", UPI, "Redazione", groups=(roles.GROUP_REDAZIONE,)),
    Person(
        "coordinamento.sua",
        "Cora",
        "Gara",
        "TV",
        "Stazione unica appaltante",
        "coordinatrice della Rete SUA",
        groups=(roles.coordination_group("sua"),),
    ),
    Person("referente.tv", "Rita", "Piave", "TV", "Direzione generale", referente=True),
    Person("referente.bs", "Bruno", "Mella", "BS", "Servizio Europa", referente=True),
    Person("funzionario.tv", "Franco", "Sile", "TV", "Stazione unica appaltante", "funzionario"),
    Person("funzionario.bs", "Fulvia", "Garza", "BS", "Servizio Europa", "funzionaria"),
    Person("funzionario.pu", "Fausta", "Foglia", "PU", "Sistemi informativi", "funzionaria"),
    Person(
        "moderatore.sua",
        "Moreno",
        "Botteniga",
        "TV",
        "Stazione unica appaltante",
        groups=(roles.GROUP_MODERATORS,),
    ),
    Person("formazione", "Flora", "Aula", UPI, "Formazione", groups=(roles.GROUP_TRAINING,)),
    Person("docente", "Dario", "Lavagna", UPI, "Formazione", groups=(roles.GROUP_TRAINERS,)),
    Person("ispettore", "Ines", "Registro", UPI, "Controlli", groups=(roles.GROUP_AUDITORS,)),
    Person(
        "attesa.gare",
        "Gina",
        "Livenza",
        "TV",
        "Ufficio gare",
        "istruttrice",
        state=AffiliationState.PENDING,
    ),
    Person(
        "attesa.tecnico",
        "Tullio",
        "Meschio",
        "TV",
        "Ufficio tecnico",
        "geometra",
        state=AffiliationState.PENDING,
    ),
    Person(
        "attesa.europa",
        "Elsa",
        "Chiese",
        "BS",
        "Ufficio bandi",
        state=AffiliationState.PENDING,
    ),
]


@transaction.atomic
def load_people(context: SeedContext) -> None:
    """Create the accounts that are not there; those that are stay as they are."""
    add_people(PEOPLE)
    treviso = Organisation.objects.provinces().get(sigla="TV")
    OrganisationDomain.objects.get_or_create(
        domain="example.org", defaults={"organisation": treviso}
    )


def add_people(people: Iterable[Person]) -> None:
    """Create the accounts that are not there, with the same password for all."""
    upi = Organisation.objects.filter(kind=OrganisationKind.UPI).first()
    assert upi is not None
    provinces = {body.sigla: body for body in Organisation.objects.provinces()}
    password = ""
    for person in people:
        email = f"{person.account}@example.org"
        if User.objects.filter(email=email).exists():
            continue
        # Hashing is slow on purpose: once is enough for a password that everybody knows.
        password = password or make_password(DEMO_PASSWORD)
        user = User(
            email=email,
            password=password,
            first_name=person.first_name,
            last_name=person.last_name,
            is_superuser=person.superuser,
            is_staff=person.superuser,
        )
        user.save()
        user.groups.set(Group.objects.filter(name__in=person.groups))
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        Affiliation.objects.create(
            user=user,
            organisation=upi if person.body == UPI else provinces[person.body],
            office=person.office,
            job_title=person.job_title,
            role=AffiliationRole.REFERENTE if person.referente else AffiliationRole.MEMBER,
            state=person.state,
            proposed=person.body == "TV",
            valid_from=JOINED,
        )
