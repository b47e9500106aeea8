from search.tuning.current import current, recent, refresh, using
from search.tuning.snapshot import Snapshot, Weights

__all__ = ["Snapshot", "Weights", "current", "recent", "refresh", "using"]
