"""`make relevance`: how well the search answers, beside two naive baselines."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Measure, write docs/relevance.md and return how many targets are missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.relevance", description=__doc__)
    parser.add_argument("--data", type=Path, help="a data folder that is seeded already")
    parser.add_argument("--set", type=Path, help="another judged set; nothing is written")
    parser.add_argument("--below", type=float, default=0.0, help="show queries below this nDCG")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portal-relevance-") as own:
        data = options.data or Path(own)
        os.environ.update(PORTAL_DATA_DIR=str(data), DATABASE_URL="")
        elasticsearch = os.environ.pop("ELASTICSEARCH_URL", "")
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.development"
        import django

        django.setup()
        from django.core.management import call_command

        if not options.data:
            call_command("run", no_start=True)
        from tests.relevance import measuring

        return measuring.measure(options.set, options.below, elasticsearch, sys.stdout.write)


if __name__ == "__main__":
    sys.exit(main())
