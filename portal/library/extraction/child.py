"""The child process: reads one file and prints its pages as JSON lines.

Started as ``python -I -m portal.library.extraction.child`` with its task as JSON on the command
line; the parent's ``PYTHONPATH`` does not reach it, so the task says where the modules are.
"""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import asdict
from typing import Any


def main(task: dict[str, Any]) -> int:
    """Read the file of a task; the last line says how it ended."""
    sys.path[:0] = task["modules"]
    from portal.library.extraction import jail

    jail.end_with(task["parent"])
    from portal.library.extraction.model import (
        Limits,
        Member,
        PageText,
        Signature,
        UnreadableError,
    )

    limits = Limits(**task["limits"])
    reader = importlib.import_module(f"portal.library.extraction.formats.{task['format']}")
    jail.lock(limits.memory, limits.seconds)
    total = number = 0
    truncated = False
    try:
        for found in reader.pages(task["path"], limits):
            if isinstance(found, Signature | Member):
                _print({type(found).__name__.lower(): asdict(found)})
                continue
            page = PageText(*found)
            number += 1
            if number > limits.max_pages:
                raise UnreadableError("too_many_pages")
            label, text = _storable(page.label), _storable(page.text)
            if len(text) > limits.max_page_characters:
                text, truncated = text[: limits.max_page_characters], True
                page = page._replace(structure=None)
            if total + len(text) > limits.max_characters:
                truncated = True
                break
            total += len(text)
            row: dict[str, object] = {"label": label, "text": text}
            if page.scanned:
                row["scanned"] = True
            if page.structure:
                row["structure"] = _storable(page.structure)
            _print(row)
    except UnreadableError as problem:
        _print({"error": problem.code})
    except MemoryError:
        _print({"error": "memory"})
    except Exception as problem:  # noqa: BLE001 - whatever a hostile file provokes is "damaged"
        _print({"error": "damaged", "detail": repr(problem)[:300]})
    else:
        _print({"end": True, "truncated": truncated})
    return 0


def _storable(value: Any) -> Any:
    """Return a value without what no database holds: zeros and half characters."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    return [_storable(part) for part in value] if isinstance(value, list) else value


def _print(row: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
