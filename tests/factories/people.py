"""People and their affiliations."""

from __future__ import annotations

import factory
from django.contrib.auth.models import Group

from portal.accounts.models import User
from portal.organisations.models import Affiliation, AffiliationState, Organisation


class UserFactory(factory.django.DjangoModelFactory):
    """A person who verified her address and set no password."""

    email = factory.Sequence(lambda number: f"persona{number}@example.org")
    first_name = "Persona"
    last_name = factory.Sequence(lambda number: f"Numero {number}")

    class Meta:
        model = User


class AffiliationFactory(factory.django.DjangoModelFactory):
    """A verified affiliation to the Province of Treviso."""

    user = factory.SubFactory(UserFactory)
    organisation = factory.LazyFunction(lambda: Organisation.objects.provinces().get(sigla="TV"))
    office = "Ufficio appalti"
    state = AffiliationState.ACTIVE

    class Meta:
        model = Affiliation


def editor(group: str) -> User:
    """Create a person of one of the editors' groups."""
    person = UserFactory()
    person.groups.add(Group.objects.get(name=group))
    return person
