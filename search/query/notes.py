"""What of a typed query was not understood, in words for who typed it."""

from __future__ import annotations

from dataclasses import dataclass

SENTENCES = {
    "shortened": "La ricerca è molto lunga: sono state usate solo le prime parole.",
    "quote": "Manca una delle virgolette: le parole che seguono sono state cercate una per una.",
    "parenthesis": "Le parentesi non sono in coppia: quelle in più non sono state considerate.",
    "deep": "Le parentesi sono troppe, una dentro l'altra: le più interne non contano.",
    "operator": "«{typed}» non ha una parola accanto: non è stato considerato.",
    "near": "«{typed}» vale tra due parole semplici: è bastato che ci fossero tutte.",
    "prefix": "Prima dell'asterisco servono almeno due lettere: «{typed}».",
    "value": "Il valore «{typed}» non è tra quelli che si possono scegliere.",
    "exclusions": "Serve almeno una parola da cercare, oltre a quelle da escludere.",
}


@dataclass(frozen=True)
class Note:
    """One thing that was not understood or was left out."""

    code: str
    typed: str = ""

    def __str__(self) -> str:
        return SENTENCES[self.code].format(typed=self.typed)
