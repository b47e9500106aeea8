"""Reads the judged queries and checks them against their schema and the texts they name."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

FOLDER = Path(__file__).parent
PORTAL = FOLDER.parent.parent / "portal"
# Where the texts of the demonstration stand, by the first part of their key.
TEXTS = {
    "library/demo/texts/sua": "sua",
    "library/demo/texts/europa": "europa",
    "library/demo/texts/innovazione": "innovazione",
    "library/demo/texts/progetto": "progetto",
    "networks/demo/networks": "networks",
    "networks/demo/models": "models",
    "networks/demo/practices": "practices",
    "news/demo/news": "news",
    "news/demo/events": "events",
    "home/demo/project": "project",
    "home/demo/service": "service",
}
VARIANTS = "[[variants]]"


class JudgementError(Exception):
    """A judged set says something that cannot be right."""


@dataclass(frozen=True)
class Judged:
    """A query, its class, the grade of each title and the words that stand on the right pages."""

    query: str
    kind: str
    grades: dict[str, int]
    pages: dict[str, list[str]]
    reader: str = ""

    @property
    def best(self) -> int:
        """The highest grade given."""
        return max(self.grades.values())


def read(path: Path) -> list[Judged]:
    """Return the queries of a file, documents named by their titles."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    schema = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
    try:
        jsonschema.validate(rows, schema)
    except jsonschema.ValidationError as problem:
        raise JudgementError(f"{path.name}: {problem.json_path}: {problem.message}") from problem
    return [_judged(row) for row in rows]


def _judged(row: dict[str, Any]) -> Judged:
    grades = {title_of(key): grade for key, grade in row["relevant"].items()}
    pages = {title_of(key): quotes for key, quotes in row.get("pages", {}).items()}
    if not max(grades.values()):
        raise JudgementError(f"{row['query']}: nothing answers")
    for title in pages:
        if not grades.get(title):
            raise JudgementError(f"{row['query']}: a right page in what is not relevant: {title}")
    return Judged(row["query"], row["class"], grades, pages, row.get("reader", ""))


def title_of(key: str) -> str:
    """Return the title of a demonstration text from its path; what is no path is a title."""
    return demo_titles().get(key, key)


@cache
def demo_titles() -> dict[str, str]:
    """Return the titles of the demonstration content by path; a variant ends with its sigla."""
    titles: dict[str, str] = {}
    for folder, prefix in TEXTS.items():
        for path in sorted((PORTAL / folder).glob("*.md")):
            text = path.read_text(encoding="utf-8")
            heading = text.split("+++\n", 2)[1] if text.startswith("+++") else text
            heading, _, variants = heading.partition(VARIANTS)
            key = f"{prefix}/{path.stem}"
            title = str(tomllib.loads(_quoted(heading))["title"])
            if not variants or "{" not in title:
                titles[key] = title
                continue
            for words in tomllib.loads(VARIANTS + variants)["variants"]:
                titles[f"{key}-{words['sigla'].lower()}"] = title.replace("{name}", words["name"])
    return titles


def _quoted(heading: str) -> str:
    """Make a heading with places to fill in valid TOML."""
    return heading.replace("= {", '= "{').replace("}\n", '}"\n')
