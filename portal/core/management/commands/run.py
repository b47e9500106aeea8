from __future__ import annotations

import os
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from portal.core.seed import DEMO_ACCOUNTS, DEMO_PASSWORD
from portal.core.supervisor import Child, Supervisor

WORKER_NICENESS = "10"


class Command(BaseCommand):
    help = "Prepares the data, then starts the web server and the worker together."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default="8000")
        parser.add_argument("--reset", action="store_true", help="delete all data first")
        parser.add_argument("--no-start", action="store_true", help="prepare only")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            port = checked_port(options["port"]) if not options["no_start"] else 0
            self.prepare(options["reset"])
        except OSError as problem:
            raise CommandError(f"I dati non si possono scrivere: {problem}") from None
        except DatabaseError as problem:
            reason = " ".join(str(problem).split())
            raise CommandError(f"La base dati non si può usare: {reason}") from None
        if options["no_start"]:
            return
        # Letters and feeds of both processes name the port that was chosen.
        os.environ.setdefault("PORTAL_BASE_URL", f"http://localhost:{port}")
        self.greet(port)
        sys.stdout.flush()
        sys.exit(Supervisor(children(port)).run())

    def prepare(self, reset: bool) -> None:
        """Make folders, tables, reference data and, the first time, the demonstration content."""
        data: Path = settings.DATA_DIR
        marker = data / "demo.done"
        if reset:
            delete_data(data)
        data.mkdir(parents=True, exist_ok=True)
        if not os.access(data, os.W_OK):
            raise PermissionError(f"manca il permesso di scrivere in {data}")
        for folder in (data / "mail", Path(settings.STATIC_ROOT)):
            folder.mkdir(exist_ok=True)
        self.make_tables(unfinished=not marker.exists())
        connection.close()
        if not marker.exists():
            self.step("Contenuti dimostrativi")
            call_command("seed_demo")
            marker.touch()

    def make_tables(self, unfinished: bool) -> None:
        """Make what new code or a first start that was interrupted lack; later changes stay."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.step("Tabelle della base dati")
            call_command("migrate", verbosity=0, interactive=False)
            unfinished = True
        if unfinished:
            call_command("createcachetable", verbosity=0)
            call_command("sync_reference_data", verbosity=0)

    def step(self, text: str) -> None:
        """Say what is being done."""
        self.stdout.write(f"→ {text}")
        self.stdout.flush()

    def greet(self, port: int) -> None:
        """Print the address, the accounts and where the mail goes."""
        self.stdout.write(f"\nProvince & Comuni: http://localhost:{port}/")
        self.stdout.write(f"Gestione: http://localhost:{port}/gestione/")
        self.stdout.write(f"Posta in uscita: {settings.DATA_DIR / 'mail'}")
        self.stdout.write("Utenti dimostrativi:")
        for email, role in DEMO_ACCOUNTS:
            self.stdout.write(f"  {email:34} {role}")
        self.stdout.write(f"Password: {DEMO_PASSWORD}")
        self.stdout.write("Ctrl+C per fermare.\n")


def checked_port(text: str) -> int:
    """Return the port when it is a free one; otherwise explain and end."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise CommandError(f"{text!r} non è una porta: serve un numero da 1 a 65535.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise CommandError(f"La porta {port} è riservata: ne scelga una sopra 1024.") from None
        except OSError:
            raise CommandError(
                f"La porta {port} è occupata: usi un'altra, per esempio make run PORT={port + 1}."
            ) from None
    return port


def delete_data(data: Path) -> None:
    """Delete the portal's own files below the data folder, and the tables of the database."""
    connection.close()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    for name in ("documents", "media", "index", "mail", "pictures"):
        shutil.rmtree(data / name, ignore_errors=True)
    for name in ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", "demo.done"):
        (data / name).unlink(missing_ok=True)


def children(port: int) -> list[Child]:
    """Return the two processes of the portal; the worker leaves the processor to who waits."""
    python = sys.executable
    manage = str(settings.BASE_DIR / "manage.py")
    server = [
        python,
        "-m",
        "gunicorn",
        "portal.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--worker-class",
        "gthread",
        "--threads",
        "8",
        "--workers",
        "1",
        "--graceful-timeout",
        "5",
        "--log-level",
        "warning",
        "--chdir",
        str(settings.BASE_DIR),
    ]
    worker = ["nice", "-n", WORKER_NICENESS, python, manage, "qcluster"]
    return [Child("web", server), Child("worker", worker)]
