"""The sketch of each version's text, kept with its bands so that the database finds the like."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from portal.library.models import DocumentVersion, SketchBand, TextSketch, VersionState
from portal.library.similarity import bands_of, sketch_of

BATCH = 200


def sketch_version(version: DocumentVersion, texts: Iterable[str]) -> bool:
    """Sketch the texts of a version and keep it; tell whether they are long enough."""
    return keep_sketch(version, sketch_of(texts))


@transaction.atomic
def keep_sketch(version: DocumentVersion, sketch: bytes) -> bool:
    """Keep the sketch of a version in place of an earlier one; tell whether it has one.

    A text too short to compare keeps an empty sketch, so that it is not read again.
    """
    SketchBand.objects.filter(version=version).delete()
    TextSketch.objects.update_or_create(version=version, defaults={"values": sketch})
    SketchBand.objects.bulk_create(
        SketchBand(version=version, value=value) for value in bands_of(sketch)
    )
    return bool(sketch)


def sketch_unsketched() -> int:
    """Sketch what was read before sketches were kept, a few hundred versions at each call."""
    unsketched = DocumentVersion.objects.filter(state=VersionState.READY, sketch=None)
    versions = list(unsketched.order_by("-pk")[:BATCH])
    for version in versions:
        sketch_version(version, version.pages.values_list("text", flat=True))
    return len(versions)
