"""Reference data of bodies and roles: Provinces, networks, UPI, groups."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, Permission

from portal.organisations import roles
from portal.organisations.models import Network, Organisation, OrganisationDomain, OrganisationKind

DATA = Path(__file__).parent / "data"

NETWORKS: list[dict[str, Any]] = [
    {
        "slug": "sua",
        "name": "Rete SUA",
        "short_name": "SUA",
        "pillar": "Stazione Unica Appaltante",
        "community_name": "Community SUA",
        "icon": "sua",
        "lead": "TV",
    },
    {
        "slug": "europa",
        "name": "Rete Servizi Europa",
        "short_name": "Servizi Europa",
        "pillar": "Servizio Associato Politiche Europee",
        "community_name": "Community Servizi Europa",
        "icon": "europa",
        "lead": "BS",
    },
    {
        "slug": "innovazione",
        "name": "Rete Innovazione",
        "short_name": "Innovazione",
        "pillar": "Servizi di innovazione, raccolta ed elaborazione dati",
        "community_name": "Community Agenda Digitale Integrata",
        "icon": "innovazione",
        "lead": "PU",
    },
]


@cache
def province_rows() -> list[dict[str, str]]:
    """Return the rows of provinces.json (source: ISTAT and Indice PA)."""
    rows: list[dict[str, str]] = json.loads((DATA / "provinces.json").read_text())["provinces"]
    return rows


@cache
def tile_positions() -> dict[str, tuple[int, int]]:
    """Return column and row of each Province in the tile grid, by sigla."""
    tiles = json.loads((DATA / "province-tiles.json").read_text())["tiles"]
    return {sigla: (column, row) for sigla, (column, row) in tiles.items()}


def sync_organisations() -> None:
    """Create or correct the Provinces and UPI; what the editors added stays."""
    for row in province_rows():
        Organisation.objects.update_or_create(
            kind=OrganisationKind.PROVINCE,
            sigla=row["sigla"],
            defaults={
                "name": row["name"],
                "region": row["region"],
                "nuts3": row["nuts3"],
                "istat_code": row["istat"],
                "ipa_code": row["ipa"],
            },
        )
    upi, _ = Organisation.objects.get_or_create(
        kind=OrganisationKind.UPI, name="UPI – Unione Province d'Italia"
    )
    OrganisationDomain.objects.get_or_create(domain="upinet.it", defaults={"organisation": upi})


def sync_networks() -> None:
    """Create the three networks; what the editors changed stays."""
    for order, row in enumerate(NETWORKS):
        fields = {key: value for key, value in row.items() if key not in ("slug", "lead")}
        lead = Organisation.objects.provinces().filter(sigla=row["lead"]).first()
        Network.objects.get_or_create(
            slug=row["slug"], defaults={**fields, "order": order, "lead_province": lead}
        )


def sync_groups() -> None:
    """Create the groups of the roles and give the editors' ones the door of /gestione/."""
    door = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    ).first()
    editors = [roles.GROUP_REDAZIONE, roles.GROUP_DIREZIONE]
    editors += [roles.coordination_group(row["slug"]) for row in NETWORKS]
    for name in editors:
        group, _ = Group.objects.get_or_create(name=name)
        if door:
            group.permissions.add(door)
    let_direction_manage("organisations")
    for name in (
        roles.GROUP_TRAINING,
        roles.GROUP_TRAINERS,
        roles.GROUP_AUDITORS,
        roles.GROUP_MODERATORS,
    ):
        Group.objects.get_or_create(name=name)


def let_direction_manage(app_label: str, *models: str) -> None:
    """Give UPI's direction the rows of an application, or of some of its models, in /gestione/."""
    wanted = Permission.objects.filter(
        content_type__app_label=app_label, codename__regex="^(add|change|view)_"
    )
    if models:
        wanted = wanted.filter(content_type__model__in=models)
    Group.objects.get(name=roles.GROUP_DIREZIONE).permissions.add(*wanted)
