"""The licences of documents: which may be chosen, and which is the usual one."""

from __future__ import annotations

from portal.core import access

OPEN = "CC BY 4.0"
RESERVED = "Tutti i diritti riservati"
OFFICIAL = "Atto ufficiale, senza diritto d'autore"
# What is stored, and what a person chooses. Official acts have no copyright (l. 633/1941, art. 5).
LICENCES = [
    (OPEN, "CC BY 4.0: si può riusare citando la fonte"),
    ("CC BY-SA 4.0", "CC BY-SA 4.0: riuso citando la fonte, con la stessa licenza"),
    ("CC0 1.0", "CC0 1.0: riuso senza condizioni"),
    ("IODL 2.0", "IODL 2.0: dati aperti, citando la fonte"),
    (OFFICIAL, "Atto ufficiale: non è coperto dal diritto d'autore (l. 633/1941, art. 5)"),
    (RESERVED, "Nessuna licenza aperta: tutti i diritti riservati"),
]
TEXTS = {
    OPEN: "https://creativecommons.org/licenses/by/4.0/deed.it",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/deed.it",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/deed.it",
    "IODL 2.0": "https://www.dati.gov.it/content/italian-open-data-license-v20",
}
USUAL = "Quella consueta: CC BY 4.0 se è pubblico, se no nessuna"
UNSTATED = "Non indicata"


def usual_licence(audience: str, proposed: str = "") -> str:
    """Return the licence of a document whose uploader chose none.

    What is proposed for everybody has none until the redazione decides.
    """
    if audience == access.PUBLIC:
        return OPEN
    return "" if proposed else RESERVED


def licence_choices(held: str | None = None) -> list[tuple[str, str]]:
    """Return what may be chosen for a new document, or for one that is there and ``held`` one."""
    if held is None:
        return [("", USUAL), *LICENCES]
    known = {"", *dict(LICENCES)}
    return [("", UNSTATED), *([] if held in known else [(held, held)]), *LICENCES]
