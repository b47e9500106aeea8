"""Why a file could not be read, in Italian, by code."""

from __future__ import annotations

ERROR_TEXTS = {
    "encrypted": "Il file è protetto da password: lo carichi senza protezione.",
    "damaged": "Il file è danneggiato o incompleto: provi a esportarlo di nuovo.",
    "empty": "Il file è vuoto.",
    "too_many_pages": "Il file ha troppe pagine: lo divida in parti.",
    "too_large_unpacked": "Il file, una volta aperto, è troppo grande per essere letto.",
    "timeout": "La lettura ha richiesto troppo tempo ed è stata fermata.",
    "memory": "La lettura ha richiesto troppa memoria ed è stata fermata.",
    "unsupported": "Questo formato non si può leggere: il file resta scaricabile.",
    "detached": (
        "La firma è separata dal file firmato: carichi il file a cui si riferisce, oppure una "
        "busta P7M che lo contiene."
    ),
    "stamp_detached": (
        "La marca temporale è separata dal file marcato: carichi il file a cui si riferisce, "
        "oppure una busta TSD o M7M che lo contiene."
    ),
    "too_nested": "Le buste firmate una dentro l'altra sono troppe: carichi il file più interno.",
    "no_converter": (
        "Formato non leggibile su questo server: si leggerà da solo quando sarà installato "
        "LibreOffice. Intanto può caricarlo come PDF, DOCX, XLSX o PPTX."
    ),
    "unconvertible": (
        "Il file non si è potuto convertire: forse è danneggiato o protetto da password. "
        "Provi a salvarlo come PDF, DOCX, XLSX o PPTX."
    ),
    "too_large": "Il file è più grande di quanto la biblioteca accetta.",
    "too_many_members": "L'archivio contiene troppi file: lo divida in parti.",
    "crashed": "La lettura si è interrotta: si può riprovare.",
}
