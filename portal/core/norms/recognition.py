"""Finding citations: one pass over the text, bounded work at each word that may begin one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from portal.core.norms import grammar, naming
from portal.core.norms.acts import CONTRACTS, NAMED, Act, act_url, numbered

# Character by character, so that places in the plain text are places in the text.
PLAIN = {
    **dict.fromkeys(map(ord, "\t\n\r\v\f\u00a0\u2007\u2009\u200a\u202f"), " "),
    **dict.fromkeys(map(ord, "’‘ʼ`´"), "'"),
    **dict.fromkeys(map(ord, "‐‑"), "-"),
}
MAX_ARTICLES = 20
MAX_REFERENCES = 10_000
FIRST_YEAR, LAST_YEAR = 1861, 2100
CENTURY_TURN = 40


@dataclass(frozen=True)
class NormReference:
    """A citation: its place in the text, the norm it names, the words and the link to show."""

    start: int
    end: int
    urn: str
    act: str
    label: str
    url: str


@dataclass(frozen=True)
class _Article:
    start: int
    end: int
    number: str
    comma: str = ""


@dataclass(frozen=True)
class _Cited:
    end: int
    act: Act
    name: str = ""


def references(text: str, year: int | None = None) -> list[NormReference]:
    """Return the norms cited in a text, in order and without overlaps.

    ``year`` is that of the text: it says which code of public contracts the bare name means.
    """
    plain = text.translate(PLAIN)
    found: list[tuple[str, list[NormReference]]] = []
    position = 0
    while len(found) < MAX_REFERENCES and (head := grammar.HEAD.search(plain, position)):
        position = head.end()
        articles, after = _articles(plain, head.start())
        if articles:
            cited = _act(plain, _skip(grammar.CONNECTION, plain, after), named_alone=False)
            position = max(position, after)
        else:
            cited = _act(plain, head.start(), named_alone=True)
            if cited:
                articles, after = _articles_behind(plain, cited.end)
                if not articles and cited.name in naming.WITH_ARTICLE:
                    cited = None
        if cited is None:
            continue
        before = bool(articles) and articles[0].start < cited.end - 1 and after <= cited.end
        made = _references(articles, cited, head.start(), before)
        found.append((cited.name, made))
        position = made[-1].end
        for more in _more(plain, cited):
            found.append(("", [more]))
            position = more.end
    return _contracts_in_force(found, year)


def _skip(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _articles(text: str, position: int) -> tuple[list[_Article], int]:
    """Return the articles that a citation begins with, each with its first comma."""
    start = position
    lead = None if text[start] in "aA" else grammar.BEFORE.match(text, position)
    position = lead.end() if lead else position
    match = grammar.ARTICLE.match(text, position)
    if match is None:
        return [], position
    articles: list[_Article] = []
    while match and len(articles) < MAX_ARTICLES:
        comma, position = _comma(text, match.end())
        begin = match.start("number") if articles else start
        if lead and not articles:
            comma = comma or lead["comma"]
        articles.append(_Article(begin, position, _joined(match["number"]), _joined(comma)))
        match = grammar.ANOTHER.match(text, position)
    return articles, position


def _comma(text: str, position: int) -> tuple[str, int]:
    match = grammar.COMMA.match(text, position)
    if match is None:
        return "", position
    if match["ordinal"]:
        return str(grammar.ORDINALS.index(match["ordinal"].lower()) + 1), match.end()
    return match["comma"] or "", match.end()


def _joined(number: str) -> str:
    return number if number.isdigit() else re.sub(r"[ ‑–-]", "", number).lower()


def _articles_behind(text: str, position: int) -> tuple[list[_Article], int]:
    """Return the articles that follow an act, unless they are of another one."""
    start = _skip(grammar.AFTER, text, position)
    articles, after = _articles(text, start) if start < len(text) else ([], start)
    if not articles or grammar.BELONGS_ELSEWHERE.match(text, after):
        return [], position
    if _act(text, _skip(grammar.CONNECTION, text, after), named_alone=False):
        return [], position
    return articles, after


def _act(text: str, position: int, *, named_alone: bool) -> _Cited | None:
    """Return the act that is named at a place of the text."""
    name = naming.match_at(naming.NAMES, text, position)
    if name and name.lastgroup:
        if name.lastgroup == "constitution" and not name[0][0].isupper():
            return None
        if name.lastgroup == "digital" and not (name[0].isupper() or " " in name[0]):
            return None
        return _Cited(name.end(), NAMED[name.lastgroup], name.lastgroup)
    kind = naming.match_at(naming.KINDS, text, position)
    if kind is None or kind.lastgroup is None:
        return None
    if kind.lastgroup in ("regulation", "directive"):
        return _european(text, kind.end(), kind.lastgroup)
    region = ""
    end = kind.end()
    if kind.lastgroup == "regional" and (match := grammar.REGION.match(text, end)):
        region, end = (match.lastgroup or "").replace("_", "."), match.end()
    tail = grammar.NUMBERED.match(text, end)
    if tail is None:
        return None
    end = tail.end()
    if kind.lastgroup in ("regional", "law") and not region:
        match = grammar.REGION.match(text, end)
        named = match and (kind.lastgroup == "regional" or "regione" in match[0].lower())
        if match and named:
            region, end = (match.lastgroup or "").replace("_", "."), match.end()
    if kind.lastgroup == "regional" and not region:
        return None
    act = _numbered(kind.lastgroup, tail, region)
    return _Cited(end, act) if act else None


def _numbered(kind: str, tail: re.Match[str], region: str) -> Act | None:
    number = int(tail["n1"] or tail["n2"] or tail["n3"])
    day = next((_day(tail, group) for group in "134" if tail[f"day{group}"]), None)
    typed = tail["year1"] or tail["year2"] or tail["year3"] or tail["only"]
    year = _year(typed)
    if len(typed) == 2 and not tail["sign"] and int(typed) <= 12 and number <= 31:
        return None  # as likely a day of the month
    if not number or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if day and day.year != year:
        day = None
    if kind == "premier_decree" and day is None:
        return None
    return numbered(kind, year, number, day, region)


def _day(tail: re.Match[str], group: str) -> date | None:
    word = tail[f"month{group}"]
    month = grammar.MONTHS.index(word.lower()) + 1 if word else int(tail[f"digits{group}"])
    try:
        return date(int(tail[f"year{group}"]), month, int(tail[f"day{group}"]))
    except ValueError:
        return None


def _year(typed: str) -> int:
    year = int(typed)
    if len(typed) > 2:
        return year
    return year + (2000 if year < CENTURY_TURN else 1900)


def _european(text: str, position: int, kind: str) -> _Cited | None:
    """Return a European act: year first from 2015 on, before that only in directives."""
    match = grammar.EUROPEAN.match(text, position)
    if match is None:
        old = grammar.OLD_DIRECTIVE.match(text, position)
        if kind != "directive" or old is None:
            return None
        return _Cited(old.end(), numbered(kind, _year(old["a"]), int(old["b"])))
    first, second = match["a"], match["b"]
    year_first = len(first) == 4 and 1952 <= int(first) <= LAST_YEAR
    year_second = len(second) == 4 and 1952 <= int(second) <= LAST_YEAR
    if (year_first and not (match["sign"] and year_second)) or kind == "directive":
        year, number = _year(first), int(second)
    elif year_second or len(second) == 2:
        year, number = _year(second), int(first)
    else:
        return None
    if not number or not 1952 <= year <= LAST_YEAR:
        return None
    return _Cited(match.end(), numbered(kind, year, number))


def _references(
    articles: list[_Article], cited: _Cited, start: int, before: bool
) -> list[NormReference]:
    """Return one reference for each article, the whole act when there is none."""
    if not articles:
        return [_reference(start, cited.end, cited.act)]
    made = []
    for position, article in enumerate(articles):
        first, last = position == 0, position == len(articles) - 1
        begin = start if first and not before else article.start
        end = cited.end if last and before else article.end
        made.append(_reference(begin, end, cited.act, article))
    return made


def _reference(start: int, end: int, act: Act, article: _Article | None = None) -> NormReference:
    if article is None:
        return NormReference(start, end, act.urn, act.act, act.label, act_url(act.urn))
    urn = f"{act.urn}~art{article.number}" + (f"-com{article.comma}" if article.comma else "")
    parts = [f"art. {_written(article.number)}"]
    if article.comma:
        parts += [f"comma {_written(article.comma)}", act.label]
    label = ", ".join(parts) if article.comma else f"{parts[0]} {act.label}"
    return NormReference(start, end, urn, act.act, label, act_url(urn))


def _written(number: str) -> str:
    return re.sub(r"(?<=\d)(?=[a-z])", "-", number)


def _more(text: str, cited: _Cited) -> list[NormReference]:
    """Return the acts of the same kind listed after one: ``leggi 56/2014 e 241/1990``."""
    kind = next(
        (
            key
            for key, name in _LISTED.items()
            if cited.act.act.startswith(f"urn:nir:stato:{name}:")
        ),
        "",
    )
    made: list[NormReference] = []
    position = cited.end
    while kind and not cited.name and len(made) < MAX_ARTICLES:
        match = grammar.MORE.match(text, position)
        if match is None or not FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
            break
        act = numbered(kind, int(match["year"]), int(match["n"]))
        made.append(_reference(match.start("n"), match.end(), act))
        position = match.end()
    return made


_LISTED = {
    "law": "legge",
    "legislative_decree": "decreto.legislativo",
    "decree_law": "decreto.legge",
}


def _contracts_in_force(
    found: list[tuple[str, list[NormReference]]], year: int | None
) -> list[NormReference]:
    """Give "Codice dei contratti" the decree that the text cites by number, or that of its year."""
    codes = [act for _, act in CONTRACTS]
    said = {
        reference.act
        for name, made in found
        if name != "contracts"
        for reference in made
        if reference.act in {code.act for code in codes}
    }
    if len(said) == 1:
        meant = next(code for code in codes if code.act in said)
    else:
        meant = next(act for first, act in CONTRACTS if (year or LAST_YEAR) >= first)
    default = codes[0]
    result = []
    for name, made in found:
        for reference in made:
            if name == "contracts" and meant is not default:
                urn = reference.urn.replace(default.urn, meant.urn)
                reference = replace(
                    reference,
                    urn=urn,
                    act=meant.act,
                    label=reference.label.replace(default.label, meant.label),
                    url=act_url(urn),
                )
            result.append(reference)
    return result
