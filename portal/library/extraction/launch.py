"""The child that becomes a tool of the system behind the walls of the kernel: tesseract, soffice.

The walls outlive ``execve``: limits, no new privileges, no network, and writing only below the
scratch folder where the kernel knows Landlock.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import Any


def main(task: dict[str, Any]) -> None:
    """Put up the walls and become the tool of a task."""
    sys.path[:0] = task["modules"]
    from portal.library.extraction import jail, walls

    jail.end_with(task["parent"])
    scratch = task["scratch"]
    jail.confine(task["memory"], task["seconds"], task["files"])
    resource.setrlimit(resource.RLIMIT_DATA, (task["data"], task["data"]))
    walls.write_only_below([scratch, "/dev/null"], task["sockets"])
    environment = {
        "HOME": scratch,
        "TMPDIR": scratch,
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
    }
    os.chdir(scratch)
    os.execve(task["command"][0], task["command"], environment)  # noqa: S606 - a fixed tool


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
