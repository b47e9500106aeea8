"""What a match is worth, the same on every engine."""

from __future__ import annotations

# Fields of a word: stemmed, and as written; by tier.
STEMMED = {"documents": (("title", 1.5), ("text", 1.0)), "pages": (("text", 1.0),)}
EXACT = {
    "documents": (("title_exact", 0.5), ("text_exact", 0.2)),
    "pages": (("text_exact", 0.6),),
}
ACRONYM = 1.5
OPTIONAL_ACRONYM = 1.2
# Every word being there, where some may be missing.
COMPLETE = 1.2
# The number of an act, however it is written, and its articles.
NUMBER = 2.0
# A word of a question.
WEAK = 1.0
# Words of a query close to one another: all of them, and each with the next.
NEAR = {"documents": 2.0, "pages": 2.0}
NEAR_SLOP = 4
PAIR = 0.6
PAIR_SLOP = 2
MOST_NEAR = 8
# How much the lesser fields add to the best one.
TIE = 0.2
