"""The signature of each version's text, kept with its bands so that the database finds the like."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from portal.library.models import DocumentVersion, SignatureBand, TextSignature, VersionState
from portal.library.similarity import bands_of, signature_of

BATCH = 200


@transaction.atomic
def sign_version(version: DocumentVersion, texts: Iterable[str]) -> bool:
    """Keep the signature of a version in place of an earlier one; tell whether it has one.

    A text too short to compare keeps an empty signature, so that it is not read again.
    """
    signature = signature_of(texts)
    SignatureBand.objects.filter(version=version).delete()
    TextSignature.objects.update_or_create(version=version, defaults={"values": signature})
    SignatureBand.objects.bulk_create(
        SignatureBand(version=version, value=value) for value in bands_of(signature)
    )
    return bool(signature)


def sign_unsigned() -> int:
    """Sign what was read before signatures were kept, a few hundred versions at each call."""
    unsigned = DocumentVersion.objects.filter(state=VersionState.READY, signature=None)
    versions = list(unsigned.order_by("-pk")[:BATCH])
    for version in versions:
        sign_version(version, version.pages.values_list("text", flat=True))
    return len(versions)
