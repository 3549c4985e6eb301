"""Chromium for the browser tests: the machine's, else unpacked in the cache."""

import shutil

from . import apt, cache, fonts, process
from .console import Problem

NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
PACKAGE = "chromium"
# The packaged start script expects a system install; this one finds its
# libraries and settings beside itself.
WRAPPER = """#!/bin/sh
here={folder}
export LD_LIBRARY_PATH="{libraries}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"
{fonts}export XDG_DATA_DIRS="$here/usr/share:${{XDG_DATA_DIRS:-/usr/share}}"
exec "$here/usr/lib/chromium/chromium" "$@"
"""


def folder():
    """Return a folder to put in PATH, or None when a browser is there already."""
    if any(shutil.which(name) for name in NAMES):
        return None
    return cache.part("browser", "chromium", _fetch) / "bin"


def _fetch(target):
    mirror = apt.source("host")
    mirror.update()
    packages = mirror.closure(PACKAGE)
    archives = mirror.download("Fetching Chromium", packages, target / "deb")
    apt.unpack(archives, target, ("usr/share/doc", "usr/share/man"))
    shutil.rmtree(target / "deb")
    _write_wrapper(target)
    if process.capture([target / "bin" / "chromium", "--version"]) is None:
        raise Problem(
            "Chromium does not start on this machine.",
            "Install the package chromium and start again.",
        )


def _write_wrapper(target):
    libraries = sorted({path.parent for path in target.rglob("*.so*")})
    variables = fonts.environment().items()
    text = WRAPPER.format(
        folder=target,
        libraries=":".join(map(str, libraries)),
        fonts="".join(f"export {name}='{value}'\n" for name, value in variables),
    )
    path = target / "bin" / "chromium"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
