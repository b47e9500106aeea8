"""The child that takes the file out of an envelope and says who signed or stamped it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any


def main(task: dict[str, Any]) -> int:
    """Write the inner file to the target of a task; the last line says how it ended."""
    sys.path[:0] = task["modules"]
    from portal.library.extraction import jail

    jail.end_with(task["parent"])
    from portal.library.extraction import cms, stamps
    from portal.library.extraction.model import UnreadableError

    jail.lock(task["memory"], task["seconds"], writable=[task["target"]])
    rows: list[dict[str, object]] = []
    try:
        data = Path(task["path"]).read_bytes()
        if task["format"] == "p7m":
            signed = cms.open_envelope(data)
            if signed["encap_content_info"]["content_type"].native == "tst_info":
                raise UnreadableError("stamp_detached")
            found = cms.signatures_of(signed, "cades", task["level"])
            rows += [{"signature": asdict(one)} for one in found]
            content = cms.content_of(signed)
        else:
            opener = stamps.open_stamped if task["format"] == "tsd" else stamps.open_multipart
            content, tokens = opener(data)
            found = stamps.stamps_of(tokens, task["level"])
            rows += [{"signature": asdict(one)} for one in found]
        with open(task["target"], "wb") as target:  # noqa: PTH123 - the jail knows this name
            target.write(content)
        rows.append({"end": True, "truncated": False})
    except UnreadableError as problem:
        rows.append({"error": problem.code})
    except MemoryError:
        rows.append({"error": "memory"})
    except Exception as problem:  # noqa: BLE001 - whatever a hostile file provokes is "damaged"
        rows.append({"error": "damaged", "detail": repr(problem)[:300]})
    for row in rows:
        sys.stdout.write(json.dumps(row) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
