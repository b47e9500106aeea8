"""The child that takes one file out of a mail or an archive."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any


def take(
    path: Path, file_format: str, position: int, target: Path, limits: Any, max_size: int
) -> str:
    """Write the file at a position into the target; return the code of an error or nothing."""
    from dataclasses import asdict

    from portal.library.extraction.parent import run_and_collect

    task: dict[str, object] = {
        "path": str(path),
        "format": file_format,
        "position": position,
        "target": str(target),
        "limits": asdict(limits),
        "max_size": max_size,
    }
    outcome = run_and_collect(Path(__file__), task, limits.seconds, target.parent)
    return outcome.error_code


def main(task: dict[str, Any]) -> int:
    """Write the file of a task; the only line says how it ended."""
    sys.path[:0] = task["modules"]
    from portal.library.extraction import jail

    jail.end_with(task["parent"])
    from portal.library.extraction.model import Limits, UnreadableError

    limits = Limits(**task["limits"])
    reader = importlib.import_module(f"portal.library.extraction.formats.{task['format']}")
    jail.lock(limits.memory, limits.seconds, writable=[task["target"]])
    row: dict[str, object] = {"end": True, "truncated": False}
    written = 0
    try:
        with open(task["target"], "wb") as target:  # noqa: PTH123 - the jail knows this name
            for chunk in reader.take(task["path"], task["position"], limits):
                written += len(chunk)
                if written > task["max_size"]:
                    raise UnreadableError("too_large")
                target.write(chunk)
    except UnreadableError as problem:
        row = {"error": problem.code}
    except MemoryError:
        row = {"error": "memory"}
    except Exception as problem:  # noqa: BLE001 - whatever a hostile file provokes is "damaged"
        row = {"error": "damaged", "detail": repr(problem)[:300]}
    sys.stdout.write(json.dumps(row) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
