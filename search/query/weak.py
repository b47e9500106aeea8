"""Words with which people ask: they say what kind of answer is wanted, not what it is about.

A query can do without them, as without stopwords; when a text has them too, so much the better.
"""

from __future__ import annotations

QUESTION = "chi cosa quando dove quanto quanta quanti quante come perche quale quali"
# Verbs that carry a question or a need, in the forms in which people type them.
VERBS = """
sono siamo e era erano essere sia siano stato
ho ha hai hanno abbiamo avere
devo deve devi devono dobbiamo dovere dovrei dovrebbe
posso puo puoi possiamo possono potere potrei potrebbe
voglio vuole vorrei vogliamo volere
bisogna occorre occorrono serve servono
faccio fa fanno fare facciamo
trovo trova trovare trovano cerco cercare
riesco riesce riuscire so sapere
vado va vanno andare
rivolgo rivolgere rivolgersi
esiste esistono
"""
SMALL = (
    "mi ti ci vi ne si me te noi voi io lui lei loro mio mia miei nostro nostra nostri c gia poi"
)

WEAK = frozenset(f"{QUESTION} {VERBS} {SMALL}".split())
