"""What a match is worth, the same on every engine."""

from __future__ import annotations

# Fields of a word: stemmed, and as written; by tier.
STEMMED = {"documents": (("title", 3.0), ("text", 1.0)), "pages": (("text", 1.0),)}
EXACT = {
    "documents": (("title_exact", 1.5), ("text_exact", 0.4)),
    "pages": (("text_exact", 0.4),),
}
ACRONYM = 1.5
OPTIONAL_ACRONYM = 1.2
# Words of a query close to one another.
NEAR = 2.0
NEAR_SLOP = 4
MOST_NEAR = 8
# How much the lesser fields add to the best one.
TIE = 0.2
