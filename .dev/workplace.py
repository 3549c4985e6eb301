"""Everything a command needs, found or fetched once: Odoo, Python, PostgreSQL."""

import ast
import os
from dataclasses import dataclass
from pathlib import Path

from . import browser as chromium
from . import cache, fonts, odoo, pdf, postgres, process, python
from .database import Databases

HERE = Path(__file__).resolve().parent
ADDONS = ("dealer_crm", "dealer_aftersales", "dealer_reports")


@dataclass
class Workplace:
    odoo: odoo.Odoo
    python: Path
    env: dict
    databases: Databases

    @property
    def options(self):
        return [
            f"--addons-path={cache.ROOT}",
            f"--data-dir={cache.data_dir()}",
            "--http-interface=127.0.0.1",
        ]

    def script(self, name, *arguments):
        """The command that runs one of our scripts with Odoo's packages."""
        return [self.python, HERE / "inside" / name, *arguments]

    def odoo_run(self, title, log_name, *arguments):
        """Run Odoo until it stops; return its log."""
        log = cache.logs() / f"{log_name}.log"
        command = [self.python, "-m", "odoo", *self.options, *arguments]
        command += ["--stop-after-init", "--no-http"]
        code = process.run(title, command, log, env=self.env, check=False, cwd="/")
        text = log.read_text(encoding="utf-8", errors="replace")
        if code or " CRITICAL " in text:
            raise process.failure(title, log)
        return text


def core_dependencies(addons=ADDONS):
    """The modules outside this project that the addons stand on."""
    return sorted({d for a in addons for d in manifest(a)["depends"]} - set(ADDONS))


def manifest(addon):
    path = cache.ROOT / addon / "__manifest__.py"
    return ast.literal_eval(path.read_text(encoding="utf-8"))


def addons_digest(addons=ADDONS):
    return cache.tree_digest(*(cache.ROOT / addon for addon in addons))


def prepare(odoo_path=None, browser=False):
    found = odoo.find(odoo_path)
    interpreter = python.environment(found)
    server = postgres.start(interpreter)
    env = {**os.environ, **server.env, **fonts.environment()}
    path = [pdf.folder(interpreter), interpreter.parent, env.get("PATH", "")]
    path.append(server.bin or "")
    if browser:
        path.append(chromium.folder() or "")
    env["PATH"] = os.pathsep.join(str(part) for part in path if part)
    if found.root:
        env["PYTHONPATH"] = str(found.root)
    env.update(PYTHONUNBUFFERED="1", PYTHONDONTWRITEBYTECODE="1")
    return Workplace(found, interpreter, env, Databases(interpreter, env))
