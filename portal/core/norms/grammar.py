"""The patterns of citations, each bounded and atomic, so that no text makes them slow.

They are tried at known places only, on a text whose spaces and apostrophes are plain.
"""

from __future__ import annotations

import re

S = " {0,4}"
BIS = (
    r"(?:(?> {0,2}[-‑–]? {0,2})(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)"
    r"(?:\.\d{1,2})?\b)?"
)
NUMBER = rf"\d{{1,4}}{BIS}"
MONTHS = [
    *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
    *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
]
# A word that may begin a citation; what a number must follow is followed by one.
HEAD = re.compile(
    r"(?<![\w.])(?=[acdglrst])(?:"
    r"art(?:t?\.|icol[oi]\b|\b) {0,4}(?:n\. {0,4})?\d|"
    r"c(?:omm[ai] {0,4}\d|o?\. {0,4}\d|ost|od|ad\b)|"
    r"d(?:ecret|irettiv|ir\. {0,4}[(\d]|\. ?[lp]|lgs|l\b|p[rc])|gdpr|"
    r"l(?:egg|ett(?:er[ae]\b|\.) {0,4}[a-z]\b|\. {0,4}(?:n|r|cost|\d|del )|r\b|\b {0,4}[n\d])|"
    r"r(?:egolament[oi] {0,4}(?:\(|[uc]e|gen)|egio|eg\. {0,4}[(uc]|\. ?d|d\b)|statuto dei|"
    r"t(?:esto unico|uel|usp|upi|\.u))",
    re.I,
)
ARTICLE_WORD = r"art(?:t?\.|icol[oi]\b|\b)"
COMMA_WORD = r"(?:comm[ai]\b|co\.|c\.)"
LETTER = (
    rf"(?:(?>{S},?{S})(?:lett(?:er[ae]\b|\.)|punto|n\.|numero){S}"
    r"(?:[a-z]{1,2}(?:-bis)?\)|[a-z]\b|\d{1,3}\b\)?))?"
)
# comma 5[, lett. c)] dell' - what may come before an article.
BEFORE = re.compile(
    rf"(?:lett(?:er[ae]\b|\.){S}[a-z]{{1,2}}\)?,?{S}(?:del{S}|,{S})?)?"
    rf"{COMMA_WORD}{S}(?P<comma>{NUMBER})(?:(?:,{S}|{S}e{S}|-){NUMBER}){{0,5}}{LETTER},?{S}"
    rf"(?:dell'{S}|degli |del(?:lo)? )(?:(?:stesso|citato|medesimo) )?(?={ARTICLE_WORD})",
    re.I,
)
ARTICLE = re.compile(rf"{ARTICLE_WORD}{S}(?:n\.{S})?(?P<number>{NUMBER})(?![\d/])", re.I)
ANOTHER = re.compile(
    rf"(?>(?:,?{S}\b(?:e|ed|o|nonché)\b|,|{S}[-–]|{S}\ba\b){S})(?:(?:dell'|l'|all')?{ARTICLE_WORD}{S})?"
    rf"(?P<number>{NUMBER})(?![\d/.]\d|{S}(?:giorni|mesi|anni|euro|%))",
    re.I,
)
_AND = rf"(?:,{S}|{S}e{S}|{S}[-–]{S}|{S}a{S})"
COMMA = re.compile(
    rf"(?>{S},?{S}){COMMA_WORD}{S}(?P<comma>{NUMBER})(?:{_AND}{NUMBER}(?![\d/])){{0,8}}{LETTER}"
    rf"|(?>{S},?{S})(?P<ordinal>primo|secondo|terzo|quarto|quinto|sesto|settimo|ottavo) comma\b"
    rf"{LETTER}"
    rf"|(?>{S},?{S})lett(?:er[ae]\b|\.){S}[a-z]{{1,2}}\)?(?!\w)",
    re.I,
)
ORDINALS = ["primo", "secondo", "terzo", "quarto", "quinto", "sesto", "settimo", "ottavo"]
CONNECTION = re.compile(
    r"(?>[ ,(]{0,4})(?:di cui )?"
    r"(?:(?:del(?:la|lo|l')?|degli|dei|al(?:la|lo|l')?|nel(?:la|l')?) {0,4})?"
    r"(?:(?:sopra ?|pre|sud|sopra)?(?:citat[oa]|dett[oa]|richiamat[oa]|menzionat[oa]) |"
    r"(?:medesim|vigent|nuov|vecchi|stess)[oae] ){0,2}",
    re.I,
)
_DAY = (
    r"(?P<day{0}>\d{{1,2}})(?:[°º]| )?{1}(?:(?P<month{0}>"
    + "|".join(MONTHS)
    + r") {{0,4}}|[/.-](?P<digits{0}>\d{{1,2}})[/.-])(?P<year{0}>\d{{4}})(?!\d)"
)
_N = rf"(?:(?:n\.?[°º]?|nr\.?|num\.|numero){S})"
END = r"(?![\d]|[/.,-]\d)"
NUMBERED = re.compile(
    rf"(?>{S},?{S})(?:(?:del(?: giorno)?|in data) )?(?:"
    rf"{_DAY.format('1', S)}(?>{S},?{S}){_N}(?P<n1>\d{{1,5}})(?!\d|[/]\d)"
    rf"|(?P<sign>{_N})?(?P<n2>\d{{1,5}}){S}/{S}(?P<year2>\d{{4}}|\d{{2}}){END}"
    rf"(?:{S},?{S}del {_DAY.format('4', S)})?"
    rf"|{_N}?(?P<n3>\d{{1,5}})(?>{S},?{S})(?:del(?:l'anno)?{S})"
    rf"(?:{_DAY.format('3', S)}|(?P<only>\d{{4}})(?!\d))"
    r")",
    re.I,
)
MORE = re.compile(rf"(?>,?{S}\be\b{S}|,{S}){_N}?(?P<n>\d{{1,5}})/(?P<year>\d{{4}}){END}", re.I)
EUROPEAN = re.compile(
    rf"{S}(?:\((?P<body>ue|ce|cee|euratom|ue, euratom)\)|(?P<bare>ue|ce|cee)\b){S}(?P<sign>{_N})?"
    rf"(?P<a>\d{{1,4}}){S}/{S}(?P<b>\d{{1,4}})(?!\d)",
    re.I,
)
OLD_DIRECTIVE = re.compile(
    rf"{S}(?:n\.{S})?(?P<a>\d{{2}}|\d{{4}})/(?P<b>\d{{1,4}})/(?:ue|ce|cee)\b", re.I
)
_REGION_NAMES = {
    "abruzzo": "abruzzo",
    "basilicata": "basilicata",
    "calabria": "calabria",
    "campania": "campania",
    "emilia.romagna": "emilia[ -]romagna",
    "friuli.venezia.giulia": "friuli[ -]venezia[ -]giulia",
    "lazio": "lazio",
    "liguria": "liguria",
    "lombardia": "lombardia",
    "marche": "marche",
    "molise": "molise",
    "piemonte": "piemonte",
    "puglia": "puglia",
    "sardegna": "sardegna",
    "sicilia": "sicilia",
    "toscana": "toscana",
    "trentino.alto.adige": "trentino[ -]alto adige",
    "umbria": "umbria",
    "valle.aosta": "valle d'aosta",
    "veneto": "veneto",
}
REGION = re.compile(
    rf"(?>{S},?{S}\(?)(?:(?:del(?:la|l')?|dell') {{0,2}})?(?:regione )?(?:"
    + "|".join(f"(?P<{name.replace('.', '_')}>{words})" for name, words in _REGION_NAMES.items())
    + r")\b\)?",
    re.I,
)
BELONGS_ELSEWHERE = re.compile(r"[ ,]{0,4}(?:del|della|dell'|dello|degli|dei)\b ?", re.I)
AFTER = re.compile(r"[ ,(]{0,3}(?:all'|l')?", re.I)
