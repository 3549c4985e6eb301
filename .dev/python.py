"""The private virtual environment that holds Odoo's and the tools' packages."""

import os
import sys
from pathlib import Path

from . import apt, cache, process

HERE = Path(__file__).resolve().parent
ODOO_NEEDS = HERE / "requirements.txt"
OUR_NEEDS = HERE / "requirements-dev.txt"
LINT_NEEDS = HERE / "requirements-lint.txt"


def environment(odoo):
    """Return the interpreter of an environment that fits ``odoo``."""
    lists = [OUR_NEEDS] if odoo.own else [ODOO_NEEDS, OUR_NEEDS]
    # The user's own Odoo belongs to one interpreter, ours to any of its version.
    base = sys.executable if odoo.own else sys.base_prefix
    return _environment("venv", lists, base, own=odoo.own)


def lint_environment():
    return _environment("lint", [LINT_NEEDS], sys.base_prefix, own=False)


def _environment(kind, lists, base, own):
    texts = [path.read_text(encoding="utf-8") for path in lists]
    key = cache.digest(sys.version, base, own, *texts)
    folder = cache.part(kind, key, lambda path: _build(path, lists, own))
    return folder / "bin" / "python"


def _build(folder, lists, own):
    log = cache.logs() / "venv.log"
    python = folder / "bin" / "python"
    command = [sys.executable, "-m", "venv", folder]
    install = [python, "-m", "pip", "install", "--prefer-binary"]
    borrowed = None
    if process.capture([sys.executable, "-c", "import ensurepip"]) is None:
        command.append("--without-pip")
        borrowed = _borrowed_pip(folder)
    process.run("Making a Python environment", command, log)
    if borrowed:
        own_pip = [*install, "--ignore-installed", "pip"]
        process.run("Installing pip", own_pip, log, env=borrowed)
    if own:
        _see_own_packages(folder)
    for path in lists:
        install += ["-r", path]
    process.run("Installing Python packages", install, log)


def _see_own_packages(folder):
    """Let the environment import what the user's Python imports."""
    [site] = folder.glob("lib/python*/site-packages")
    seen = "".join(f"{path}\n" for path in sys.path if Path(path).is_dir())
    (site / "own.pth").write_text(seen, encoding="utf-8")


def _borrowed_pip(folder):
    """Variables that lend pip from Debian's wheels, where Python has none."""
    mirror = apt.source("host")
    mirror.update()
    target = folder / "pip"
    packages = ["python3-pip-whl", "python3-setuptools-whl"]
    apt.unpack(mirror.download("Fetching pip", packages, target), target)
    wheels = sorted(target.glob("usr/share/python-wheels/*.whl"))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, wheels))}
