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
    "crashed": "La lettura si è interrotta: si può riprovare.",
}
