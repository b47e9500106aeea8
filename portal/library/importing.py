"""One file from a folder into the library."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.management.base import CommandError
from django.db import transaction

from portal.core import access
from portal.core.registry import Registry
from portal.library.extraction import sniff
from portal.library.licences import usual_licence
from portal.library.models import Document, DocumentKind, DocumentVersion
from portal.organisations.models import Network, Organisation

COLUMNS = ("title", "description", "kind", "network", "province", "year", "tags", "audience")

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

# Finds the token of ``space:<slug>``: filled by the communities, empty without them.
space_finders: Registry = Registry("space finder")


@dataclass
class ImportRow:
    """The metadata of one file as typed in the CSV, and the audience of the command line."""

    values: dict[str, str]
    audience: str = access.PUBLIC


@dataclass
class Outcome:
    """What became of one file."""

    text: str
    accepted: bool = True
    version_id: int | None = None


@dataclass
class _Fields:
    values: dict[str, object] = field(default_factory=dict)
    networks: list[Network] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def audience_token(text: str) -> str:
    """Return the audience token of ``public|members|staff|space:<slug>|organisation:<code>``.

    A body's code is its IPA code or, for a Province, its sigla. Raises CommandError.
    """
    if text in (access.PUBLIC, access.MEMBERS, access.STAFF):
        return text
    kind, _, code = text.partition(":")
    if kind == "organisation" and code:
        body = (
            Organisation.objects.filter(ipa_code__iexact=code).first()
            or Organisation.objects.provinces().filter(sigla__iexact=code).first()
        )
        if body:
            return access.organisation_token(body.pk)
        raise CommandError(f"Nessun ente ha il codice «{code}».")
    if kind == "space" and code:
        for _, finder in space_finders:
            token = finder(code)
            if token:
                return str(token)
        raise CommandError(f"Nessuno spazio si chiama «{code}».")
    raise CommandError(
        f"«{text}» non è un pubblico: public, members, staff, space:<slug>, organisation:<code>."
    )


def import_file(path: Path, row: ImportRow) -> Outcome:
    """Import one file, unless its content is already in the library or cannot be read."""
    size = path.stat().st_size
    if not size:
        return Outcome("rifiutato, il file è vuoto", accepted=False)
    if size > settings.LIBRARY_MAX_FILE_SIZE:
        return Outcome("rifiutato, il file è troppo grande", accepted=False)
    found = sniff(path, path.name)
    if found.format is None:
        return Outcome(f"rifiutato, {found.reason}", accepted=False)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    known = DocumentVersion.objects.filter(sha256=digest, document__trashed_at__isnull=True).first()
    if known:
        return Outcome(f"già in biblioteca (documento {known.document_id})")
    try:
        fields = _fields(path, row)
    except (ValueError, CommandError) as problem:
        return Outcome(f"rifiutato, {problem}", accepted=False)
    with transaction.atomic(), path.open("rb") as file:
        document = Document(**fields.values)
        document.file.save(path.name, File(file), save=False)
        document._set_document_file_metadata()
        document.save()
        document.networks.set(fields.networks)
        document.tags.set(fields.tags)
        document.save(update_fields=["updated_at"])
    version = document.current_version
    return Outcome(
        f"importato come documento {document.pk}", version_id=version.pk if version else None
    )


def _fields(path: Path, row: ImportRow) -> _Fields:
    values = row.values
    if any(CONTROL.search(value) for value in values.values()):
        raise ValueError("i metadati contengono caratteri di controllo")
    result = _Fields()
    kind = values.get("kind") or DocumentKind.ALTRO
    if kind not in DocumentKind.values:
        raise ValueError(f"il tipo «{kind}» non esiste")
    year = values.get("year") or None
    if year is not None and not (year.isdecimal() and 1861 <= int(year) <= 2200):
        raise ValueError(f"l'anno «{year}» non è plausibile")
    province = None
    if values.get("province"):
        province = Organisation.objects.provinces().filter(sigla__iexact=values["province"]).first()
        if province is None:
            raise ValueError(f"la Provincia «{values['province']}» non esiste")
    for slug in _listed(values.get("network", "")):
        network = Network.objects.filter(slug=slug.lower()).first()
        if network is None:
            raise ValueError(f"la rete «{slug}» non esiste")
        result.networks.append(network)
    result.tags = _listed(values.get("tags", ""))
    stem = CONTROL.sub(" ", path.stem.encode("utf-8", "replace").decode())
    title = values.get("title") or stem.replace("_", " ").replace("-", " ")
    audience = audience_token(values.get("audience") or row.audience)
    result.values = {
        "title": title[:255],
        "description": values.get("description", ""),
        "kind": kind,
        "year": int(year) if year else None,
        "organisation": province,
        "audience": audience,
        "licence": usual_licence(audience),
    }
    return result


def _listed(text: str) -> list[str]:
    return [item.strip() for item in text.replace(";", ",").split(",") if item.strip()]
