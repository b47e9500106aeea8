"""The shape of demonstration networks, service models and practices.

A link is a page's key or a path that begins with ``/``; documents are titles of the library.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.library.demo.body import Body, read_body, read_text

HERE = Path(__file__).parent
PROBLEM, SOLUTION, RESULTS = "Problema", "Soluzione", "Risultati"


@dataclass(frozen=True)
class NetworkText:
    """A network page; ``network`` is the slug, ``lead`` the sigla of the lead Province."""

    key: str
    network: str
    title: str
    summary: str
    coordinator: str
    lead: str
    topics: tuple[str, ...]
    body: Body


@dataclass(frozen=True)
class SectionText:
    """A section of a service model."""

    title: str
    body: Body


@dataclass(frozen=True)
class VariantText:
    """A way to adopt a model: for whom it is, and what changes."""

    title: str
    suited_to: str
    text: str


@dataclass(frozen=True)
class ModelText:
    """A service model; ``kit`` are titles of the library, ``document_kit`` a raccolta's slug."""

    key: str
    slug: str
    network: str
    title: str
    summary: str
    topics: tuple[str, ...]
    sections: tuple[SectionText, ...]
    variants: tuple[VariantText, ...]
    kit: tuple[str, ...]
    document_kit: str


@dataclass(frozen=True)
class PracticeText:
    """A practice of a Province: problem, solution and results are rich text in HTML."""

    slug: str
    network: str
    province: str
    title: str
    summary: str
    year: int
    topics: tuple[str, ...]
    problem: str
    solution: str
    results: str
    documents: tuple[str, ...]


def read_networks() -> list[NetworkText]:
    """Return the three networks in their order."""
    return [_network(path) for path in _texts("networks")]


def read_models() -> list[ModelText]:
    """Return the four service models in their order."""
    return [_model(path) for path in _texts("models")]


def read_practices() -> list[PracticeText]:
    """Return the practices, in order of network and title."""
    return [_practice(path) for path in _texts("practices")]


def _texts(folder: str) -> list[Path]:
    return sorted((HERE / folder).glob("*.md"))


def _network(path: Path) -> NetworkText:
    about, text = read_text(path)
    return NetworkText(
        key=f"rete-{about['network']}",
        network=about["network"],
        title=about["title"],
        summary=about["summary"],
        coordinator=about["coordinator"],
        lead=about["lead"],
        topics=tuple(about["topics"]),
        body=read_body(text),
    )


def _model(path: Path) -> ModelText:
    about, text = read_text(path)
    return ModelText(
        key=about["key"],
        slug=about["slug"],
        network=about["network"],
        title=about["title"],
        summary=about["summary"],
        topics=tuple(about["topics"]),
        sections=tuple(SectionText(title, body) for title, body in _sections(text)),
        variants=tuple(VariantText(**variant) for variant in about["variants"]),
        kit=tuple(about["kit"]),
        document_kit=about.get("document_kit", ""),
    )


def _practice(path: Path) -> PracticeText:
    about, text = read_text(path)
    parts: dict[str, Any] = {title: body[0][1] for title, body in _sections(text)}
    return PracticeText(
        slug=path.stem.partition("-")[2],
        network=about["network"],
        province=about["province"],
        title=about["title"],
        summary=about["summary"],
        year=about["year"],
        topics=tuple(about["topics"]),
        problem=parts[PROBLEM],
        solution=parts[SOLUTION],
        results=parts[RESULTS],
        documents=tuple(about["documents"]),
    )


def _sections(text: str) -> list[tuple[str, Body]]:
    parts = ("\n" + text).split("\n# ")[1:]
    sections = [part.split("\n", 1) for part in parts]
    return [(title.strip(), read_body(body)) for title, body in sections]
