"""The user's cache folder: finished parts, locks, content keys."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import time
from pathlib import Path

from .console import Problem, Step

ROOT = Path(__file__).resolve().parent.parent
READY = ".ready"
SPACE_NEEDED = 3 * 10**9


def folder():
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    path = Path(base) / "dealer-dev"
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(
            f"The cache folder {path} cannot be made ({error.strerror}).",
            "Set XDG_CACHE_HOME to a writable folder.",
        ) from error
    return path


def logs():
    path = folder() / "logs"
    path.mkdir(exist_ok=True)
    return path


def data_dir():
    """Odoo's filestore and sessions."""
    path = folder() / "data"
    path.mkdir(exist_ok=True)
    return path


@contextlib.contextmanager
def lock(name):
    """Hold a named lock; the kernel frees it when the process dies."""
    path = folder() / "locks" / name
    path.parent.mkdir(exist_ok=True)
    with open(path, "a", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _wait_for(handle, name)
        yield


def _wait_for(handle, name):
    with Step(f"Waiting for another ./dev that works on “{name}”") as step:
        while True:
            try:
                return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                step.tick()
                time.sleep(0.5)


def part(kind, key, build, base=None):
    """Return the folder of a finished part; ``build(folder)`` makes it.

    The ready mark is written last: what a killed run left behind has no mark
    and is made again.
    """
    path = (base or folder()) / kind / key
    if (path / READY).exists():
        return path
    with lock(f"{kind}-{key}"):
        if (path / READY).exists():
            return path
        _check_space(path)
        if path.exists():
            shutil.rmtree(path)
        path.mkdir(parents=True)
        build(path)
        (path / READY).touch()
    return path


def _check_space(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(path.parent).free
    if free < SPACE_NEEDED:
        raise Problem(
            f"Only {free // 10**6} MB are free for {path.parent}, 3000 MB are needed.",
            "Free some space or set XDG_CACHE_HOME to a larger disk.",
        )


def digest(*parts):
    """Short content key of texts."""
    total = hashlib.sha256()
    for item in parts:
        total.update(str(item).encode() + b"\0")
    return total.hexdigest()[:12]


def tree_digest(*folders, skip=("tests", "__pycache__", "readme")):
    """Content key of what an installed addon is made of (its tests are not)."""
    total = hashlib.sha256()
    for base in folders:
        for path in sorted(base.rglob("*")):
            inner = path.relative_to(base)
            if path.is_file() and not set(inner.parts) & set(skip):
                total.update(f"{base.name}/{inner}".encode() + b"\0")
                total.update(path.read_bytes())
    return total.hexdigest()[:12]
