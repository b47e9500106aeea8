"""Nearly the same text: MinHash sketches and the bands that make candidates of them.

One hash for each shingle (one-permutation hashing), its empty bins filled as in Shrivastava,
"Optimal Densification for Fast and Accurate Minwise Hashing" (ICML 2017): the cost is one pass
over the words, where the classical MinHash takes 128. The kept-up library (datasketch) brings
NumPy and SciPy, some 150 MB, for what is a page of code here.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from hashlib import blake2b

BINS = 128
ROWS = 4
SHINGLE = 5
# Texts shorter than this say too little to be compared.
MIN_SHINGLES = 40
# Estimated share of common shingles from which two texts are nearly the same.
NEARLY = 0.7

WORD = re.compile(r"\w+")
MARKS = re.compile("[\u0300-\u036f]+")
EMPTY = 2**64 - 1


def sketch_of(texts: Iterable[str]) -> bytes:
    """Return the sketch of a text given in pages; empty when it is too short to compare.

    Words are compared without accents and capitals; pages do not matter, so that the same text
    laid out otherwise has the same sketch.
    """
    bins = [EMPTY] * BINS
    count = 0
    window: list[bytes] = []
    for text in texts:
        plain = unicodedata.normalize("NFKD", text.casefold())
        for word in WORD.findall(MARKS.sub("", plain)):
            window.append(word.encode("utf-8", "replace"))
            if len(window) < SHINGLE:
                continue
            value = _hash(b" ".join(window))
            where = value % BINS
            if value < bins[where]:
                bins[where] = value
            count += 1
            del window[0]
    if count < MIN_SHINGLES:
        return b""
    return array("Q", _densified(bins)).tobytes()


def likeness(one: bytes, other: bytes) -> float:
    """Return the estimated Jaccard similarity of two texts, from their sketches (0 to 1)."""
    left, right = array("Q", one), array("Q", other)
    return sum(a == b for a, b in zip(left, right, strict=True)) / BINS


def bands_of(sketch: bytes) -> list[int]:
    """Return the band values of a sketch, as signed 64-bit numbers that a database holds.

    With 32 bands of 4 rows two texts that share 70% of their shingles are candidates in more
    than 99.9% of the cases: 1 - (1 - s^4)^32.
    """
    width = ROWS * 8
    return [
        int.from_bytes(_digest(bytes([band]) + sketch[start : start + width]), signed=True)
        for band, start in enumerate(range(0, len(sketch), width))
    ]


def _densified(bins: list[int]) -> list[int]:
    """Fill each empty bin from a full one that all sketches choose the same way."""
    filled = list(bins)
    for where, value in enumerate(bins):
        attempt = 0
        donor = value
        while donor == EMPTY:
            attempt += 1
            donor = bins[_hash(b"%d %d" % (where, attempt)) % BINS]
        filled[where] = donor
    return filled


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=8).digest()


def _hash(data: bytes) -> int:
    return int.from_bytes(_digest(data))
