"""Chromium for the browser tests: the machine's, else unpacked in the cache."""

import shutil

from . import apt, cache, fonts, process, wrapper
from .console import Problem

NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
PACKAGE = "chromium"


def folder():
    """Return a folder to put in PATH, or None when a browser is there already."""
    if any(shutil.which(name) for name in NAMES):
        return None
    key = cache.digest(PACKAGE, wrapper.TEXT, fonts.environment())
    return cache.part("browser", key, _fetch) / "wrappers"


def _fetch(target):
    apt.fetch_program("Fetching Chromium", [PACKAGE], target)
    start = target / "wrappers" / PACKAGE
    # The packaged start script expects a system install.
    program = target / "usr/lib/chromium/chromium"
    wrapper.write(start, program, target, fonts.environment())
    if process.capture([start, "--version"]) is None:
        raise Problem(
            "Chromium does not start on this machine.",
            "Install the package chromium and start again.",
        )
