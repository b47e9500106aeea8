"""The people of the demonstration communities, besides those of the demonstration accounts."""

from __future__ import annotations

from portal.organisations.seed import Person

PEOPLE = [
    Person("funzionario.si", "Livia", "Merse", "SI", "Ufficio appalti", "funzionaria"),
    Person("funzionario.cn", "Tancredi", "Maira", "CN", "Centrale di committenza", "funzionario"),
    Person("funzionario.bg", "Bianca", "Serio", "BG", "Servizio Europa", "funzionaria"),
    Person("funzionario.re", "Enea", "Crostolo", "RE", "Servizio appalti", "funzionario"),
    Person("funzionario.lu", "Lidia", "Serchio", "LU", "Ufficio gare e contratti", "funzionaria"),
    Person("funzionario.pz", "Rocco", "Basento", "PZ", "Transizione digitale", "funzionario"),
    Person("funzionario.ra", "Romilda", "Lamone", "RA", "Sistemi informativi", "funzionaria"),
    Person("funzionario.le", "Leda", "Idume", "LE", "Servizio appalti", "istruttrice direttiva"),
    Person("funzionario.cs", "Ermete", "Crati", "CS", "Politiche europee", "funzionario"),
    Person("funzionario.bl", "Dora", "Boite", "BL", "Stazione appaltante", "funzionaria"),
    Person("funzionario.pg", "Nestore", "Chiascio", "PG", "Ufficio Europa", "funzionario"),
    Person("funzionario.ce", "Ilaria", "Volturno", "CE", "Stazione unica appaltante"),
    Person("funzionario.vb", "Teodora", "Toce", "VB", "Programmi transfrontalieri", "funzionaria"),
    Person("funzionario.te", "Norma", "Vomano", "TE", "Ufficio contratti", "funzionaria"),
    Person("funzionario.cz", "Ivo", "Corace", "CZ", "Innovazione e statistica", "funzionario"),
    Person("funzionario.al", "Marta", "Bormida", "AL", "Sistema informativo territoriale"),
    Person("funzionario.av", "Irma", "Ofanto", "AV", "Ufficio tecnico", "istruttrice"),
]
OWNERS = {"sua": "coordinamento.sua", "europa": "referente.bs", "innovazione": "funzionario.pu"}
MODERATORS = {"sua": ["moderatore.sua"]}
MEMBERS = {
    "sua": ["tv", "bs", "si", "cn", "re", "lu", "le", "bl", "ce", "te"],
    "europa": ["bs", "bg", "cs", "pg", "vb", "si", "re", "bl", "le"],
    "innovazione": ["tv", "pz", "ra", "cz", "al", "pg", "lu", "ce", "bg"],
}
# Who waits to enter a space, and why.
REQUEST = (
    "sua",
    "funzionario.av",
    (
        "Seguo le gare di viabilità della Provincia di Avellino e da questo mese tengo i rapporti "
        "con i Comuni che vogliono convenzionarsi: mi serve il confronto con chi ha già una SUA."
    ),
)
# How many days ago somebody last read everything; the others did three days ago.
READ_DAYS_AGO = {"funzionario.tv": 12, "funzionario.bs": 16, "moderatore.sua": 6}
# Who hears of every new discussion.
ATTENTIVE = [("sua", "funzionario.tv"), ("europa", "funzionario.bs")]
