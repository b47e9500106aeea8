from search.models.index import IndexedObject, IndexState, Operation, OutboxRow
from search.models.log import OpenedCount, QueryCount
from search.models.pinned import PinnedAnswer, PinnedItem
from search.models.rebuild import RebuildRun, RebuildState
from search.models.saved import Frequency, PastQuery, SavedSearch, ToldResult
from search.models.tuning import (
    Stopword,
    Synonym,
    TuningChange,
    TuningState,
    Weight,
    WordForms,
)

__all__ = [
    "Frequency",
    "IndexState",
    "IndexedObject",
    "OpenedCount",
    "Operation",
    "OutboxRow",
    "PastQuery",
    "PinnedAnswer",
    "PinnedItem",
    "QueryCount",
    "RebuildRun",
    "RebuildState",
    "SavedSearch",
    "Stopword",
    "Synonym",
    "ToldResult",
    "TuningChange",
    "TuningState",
    "Weight",
    "WordForms",
]
