"""Databases: made, cloned, marked as ready, dropped."""

import contextlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from . import cache
from .console import Problem

SCRIPT = Path(__file__).resolve().parent / "inside" / "sql.py"


class Databases:
    """The databases that ./dev made on one server.

    A comment on the database says what is in it. It is written last, so a
    database without the state "ready" is what a killed run left behind.
    """

    def __init__(self, python, env):
        self.python = python
        self.env = env

    def sql(self, action, *arguments):
        done = subprocess.run(
            [str(self.python), str(SCRIPT), action, *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=self.env,
        )
        if done.returncode:
            text = re.findall(r"^psycopg2\.\S+ (.*)", done.stderr, re.MULTILINE)
            raise Problem(
                f"PostgreSQL: {(text or done.stderr.splitlines() or ['?'])[-1]}",
                "Check PGHOST, PGPORT, PGUSER and PGPASSWORD.",
            )
        return json.loads(done.stdout)

    def info(self, name):
        """Return the mark of a database; None when there is no database."""
        return self.sql("info", name)

    def ready(self, name, **wanted):
        info = self.info(name) or {}
        wanted["state"] = "ready"
        fits = all(info.get(key) == value for key, value in wanted.items())
        # A removed cache folder takes the database's files along.
        return fits and filestore(name).is_dir()

    def mark(self, name, **values):
        self.sql("mark", name, json.dumps(values))

    def finish(self, name, **values):
        """Mark a database as ready, after its last page is on the disk.

        A server that is killed later must not bring back a database whose mark says
        more than its tables hold.
        """
        self.sql("flush")
        self.mark(name, state="ready", **values)

    def drop(self, name):
        info = self.info(name)
        if info is not None and info.get("foreign"):
            raise Problem(
                f"The database {name} exists and ./dev did not make it.",
                "Choose another name with --db.",
            )
        self.sql("drop", name)
        shutil.rmtree(filestore(name), ignore_errors=True)

    def create(self, name, template=None):
        """Create an empty database or a clone, marked as being built."""
        self.drop(name)
        self.sql("create", name, template or "")
        if template and filestore(template).is_dir():
            # Odoo's files are named by their content and never changed.
            shutil.copytree(filestore(template), filestore(name), copy_function=_link)

    @contextlib.contextmanager
    def building(self, name, template=None, **values):
        """Make a database; it gets its mark when the block ends well."""
        self.create(name, template)
        yield
        self.finish(name, **values)


def filestore(name):
    return cache.data_dir() / "filestore" / name


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
