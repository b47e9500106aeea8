"""A visitor who goes on reading while things break, and what she was answered."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from itertools import count

from tests.drills.beside import Beside
from tests.drills.house import Answer, Portal

# Seconds from one look to the next, however quickly they are answered: in health and in a fault
# the portal has as much to do.
PACE = 0.3
# What nothing has: looked for while nothing was withdrawn.
NOWHERE = "qzxwvutsrqponm"
SEARCH = "/api/v1/search/"
PATHS = ["/", "/biblioteca/", "/reti/sua/", "/cerca/?q=convenzione", "/notizie/"]


@dataclass
class Reader(Beside):
    """Asks for one page after the other until the drill is over.

    ``withdrawn`` are titles, by a word that only they have, that no visitor may find any more:
    she looks for them too, and keeps what she found in ``leaks``.
    """

    portal: Portal
    paths: list[str] = field(default_factory=lambda: list(PATHS))
    answers: list[Answer] = field(default_factory=list)
    withdrawn: dict[str, str] = field(default_factory=dict)
    looked_for: int = 0
    leaks: list[str] = field(default_factory=list)

    @property
    def failed(self) -> list[Answer]:
        """What was not answered as it should."""
        return [answer for answer in self.answers if answer.status != 200]

    @property
    def slowest(self) -> Answer:
        """The answer that took longest."""
        return max(self.answers, key=lambda answer: answer.seconds)

    def _work(self) -> None:
        following = time.monotonic()
        for turn in count():
            following = max(following + PACE, time.monotonic())
            if self._over.wait(following - time.monotonic()):
                return
            self.answers.append(self.portal.get(self.paths[turn % len(self.paths)]))
            known = list(self.withdrawn.items())
            if known:
                word, title = known[turn % len(known)]
                self._look_for(word, title)
            else:
                self.answers.append(self.portal.get(SEARCH, q=NOWHERE))

    def _look_for(self, word: str, title: str) -> None:
        answer = self.portal.get(SEARCH, q=word)
        self.answers.append(answer)
        if answer.status == 200:
            self.looked_for += 1
            # Not even counted: the word is in nothing else.
            if json.loads(answer.text)["count"]:
                self.leaks.append(title)
