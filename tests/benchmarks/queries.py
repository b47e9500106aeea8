"""What officials type, and how the product asks an engine for it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import QueryDict

from search.asking import Answer, Asked, ask
from search.engines.base import Engine
from search.field_values import options_of
from search.parameters import Parameters
from search.query import parse
from search.query.fields import resolved

# Known items, topics, norms, acronyms, phrases, operators, questions, a slip of the pen.
QUERIES = [
    "convenzione comuni",
    "SUA gara",
    "piano digitale formazione",
    '"stazione unica appaltante"',
    "regolamento -lavori",
    "bando europa progetto",
    "verbale seduta consiglio",
    "quota oneri comuni aderenti",
    "convenzoine adesione comuni",
    "come si recede dalla convenzione",
    "d.lgs. 36/2023 offerta",
    "manutenz* strade",
    "formazione NEAR/5 calendario",
    "anno:2022 bilancio",
    "(gara O appalto) E fornitura",
    "piano di emergenza protezione civile",
]
AUDIENCE = frozenset({"public", "members", "organisation:3", "user:17", "space:4"})


def ask_engine(engine: Engine, text: str) -> Answer:
    """Ask for a text as the page of results does: window, facets, spelling, best pages."""
    parameters = Parameters.read(QueryDict(urlencode({"q": text})))
    return ask(engine, Asked(parameters, resolved(parse(text), options_of), AUDIENCE))
