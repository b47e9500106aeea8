"""What goes on in a thread of its own while a drill does something else."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from typing import Self


class Beside(ABC):
    """Work that begins when it is entered and ends, at its next pause, when it is left."""

    _thread: threading.Thread
    _over: threading.Event

    def __enter__(self) -> Self:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._over.set()
        self._thread.join()

    @abstractmethod
    def _work(self) -> None:
        """Work until ``_over`` is set."""
