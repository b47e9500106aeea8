from search.tuning.current import current, refresh, using
from search.tuning.snapshot import Snapshot, Weights

__all__ = ["Snapshot", "Weights", "current", "refresh", "using"]
