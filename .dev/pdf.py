"""The PDF engine: wkhtmltopdf with patched Qt, which prints headers and footers."""

import shutil
from pathlib import Path

from . import apt, cache, process, wrapper
from .console import Problem

PROGRAM = "wkhtmltopdf-pack"
# What the packed program links to and a small machine lacks.
LIBRARIES = ("libxrender1", "libxext6", "libx11-6", "libfontconfig1", "libfreetype6")


def folder(python):
    """Return a folder to put in PATH, with the name that Odoo looks for."""
    program = python.parent / PROGRAM
    if not program.exists():
        program = Path(shutil.which(PROGRAM) or program)
    key = cache.digest(program, wrapper.TEXT)
    return cache.part("pdf", key, lambda target: _build(target, program)) / "bin"


def _build(target, program):
    start = target / "bin" / "wkhtmltopdf"
    start.parent.mkdir()
    if process.capture([program, "--version"]) is not None:
        start.symlink_to(program)
        return
    apt.fetch_program("Fetching libraries of the PDF engine", LIBRARIES, target)
    wrapper.write(start, program, target)
    if process.capture([start, "--version"]) is None:
        raise Problem(
            "The PDF engine does not start on this machine.",
            f"Install the packages {' '.join(LIBRARIES)} and start again.",
        )
