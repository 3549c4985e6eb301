"""Packages of a Debian mirror, fetched and unpacked without installing them.

Everything runs on private lists and caches, so it needs no rights and leaves
the system's package state alone.
"""

import functools
import os
import re
import shutil
import subprocess
from pathlib import Path

from . import cache, process
from .console import Problem, human_size

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
OTHER_ODOO = "Give a tree, package folder or .deb of Odoo 19 with --odoo PATH."
TARGETS = "$(REPO_URI)"


@functools.cache
def source(name, suites=()):
    """Return the named source; its lists are read once per command."""
    return Apt(name, suites)


class Apt:
    """apt-get on one set of sources: the machine's own, or chosen suites."""

    def __init__(self, name, suites=()):
        self.home = cache.folder() / "apt" / name
        self.suites = suites
        self.log = cache.logs() / f"apt-{name}.log"
        self.updated = False

    def options(self):
        settings = {
            "Dir::State::lists": self.home / "lists",
            "Dir::Cache": self.home / "cache",
            # The sandbox user cannot write into a private cache folder.
            "APT::Sandbox::User": "root",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            "Debug::NoLocking": "true",
        }
        if self.suites:
            settings["Dir::Etc::sourcelist"] = self.home / "sources.list"
            settings["Dir::Etc::sourceparts"] = "/dev/null"
            settings["Dir::State::status"] = "/dev/null"
        return [
            part
            for item in settings.items()
            for part in ("-o", "=".join(map(str, item)))
        ]

    def update(self):
        if self.updated:
            return
        for name in ("lists/partial", "cache/archives/partial"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        if self.suites:
            self._write_sources()
        process.run(
            "Reading the package lists of the mirror",
            ["apt-get", *self.options(), "update"],
            self.log,
            env=_plain(),
        )
        self.updated = True

    def _write_sources(self):
        mirror = find_mirror()
        signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
        text = "".join(f"deb {signed}{mirror} {suite} main\n" for suite in self.suites)
        (self.home / "sources.list").write_text(text, encoding="ascii")

    def versions(self, package):
        output = process.capture(
            ["apt-cache", *self.options(), "madison", package], env=_plain()
        )
        return [line.split("|")[1].strip() for line in (output or "").splitlines()]

    def pick(self, package, pattern=""):
        """Return the newest ``package=version`` whose version fits."""
        for version in self.versions(package):
            if re.search(pattern, version):
                return f"{package}={version}"
        raise self._missing(package)

    def _missing(self, package):
        """apt-get update ends well without a network; its log knows better."""
        known = process.explain(self.log.read_text(encoding="utf-8"))
        if known:
            return Problem(known[0], f"{known[1]} (log: {self.log})")
        return Problem(
            f"The configured package mirror has no fitting {package}.",
            OTHER_ODOO
            if package.startswith("odoo")
            else f"Install {package} and start again.",
        )

    def closure(self, packages):
        """The packages and all they need, without what this machine has."""
        command = ["apt-get", *self.options(), "install", "-s", "-qq"]
        command += ["--no-install-recommends", *packages]
        output = process.capture(command, env=_plain())
        if output is None:
            raise self._missing(" ".join(packages))
        found = re.findall(r"^Inst (\S+) (?:\[\S+\] )?\((\S+)", output, re.MULTILINE)
        return [f"{name}={version}" for name, version in found]

    def download(self, title, packages, target):
        """Download the packages into ``target``, with bytes on the way."""
        target.mkdir(parents=True, exist_ok=True)
        command = ["apt-get", *self.options(), "download"]
        listed = process.capture([*command, "--print-uris", *packages], env=_plain())
        sizes = re.findall(r" (\d+) \S+$", listed or "", re.MULTILINE)
        total = sum(map(int, sizes))

        def watch():
            done = sum(p.stat().st_size for p in target.rglob("*") if p.is_file())
            return f"{human_size(done)} of {human_size(total)}"

        process.run(
            f"{title} ({human_size(total)})",
            [*command, *packages],
            cache.logs() / "apt-download.log",
            env=_plain(),
            watch=watch,
            cwd=target,
        )
        return sorted(target.glob("*.deb"))


def find_mirror():
    """Return the address of the Debian archive this machine is configured for."""
    if not shutil.which("apt-get"):
        raise Problem(
            "Odoo 19 is not on this machine and apt-get is missing.", OTHER_ODOO
        )
    command = ["apt-get", "indextargets", "--format", TARGETS]
    sites = (process.capture(command) or "").splitlines()
    if not sites:
        # A new machine has sources and no lists yet; make private ones.
        host = source("host")
        host.update()
        sites = (process.capture([*command, *host.options()]) or "").splitlines()
    for site in sites:
        if re.search(r"debian/?$", site):
            return site
    raise Problem(
        "Odoo 19 is not on this machine and no Debian mirror is configured.",
        OTHER_ODOO,
    )


def unpack(archives, target, leave_out=()):
    """Unpack .deb files into ``target`` without their unwanted folders."""
    skip = [f"--exclude=./{name}" for name in leave_out]
    for archive in archives:
        log = cache.logs() / "unpack.log"
        reading = ["dpkg-deb", "--fsys-tarfile", archive]
        writing = ["tar", "-x", "--no-same-owner", "-C", target, *skip]
        with open(log, "wb") as out:
            reader = process.start(reading, subprocess.PIPE, stderr=out)
            writer = process.start(writing, out, stdin=reader.stdout)
            reader.stdout.close()
            codes = [process.wait(writer), process.wait(reader)]
        if any(codes):
            raise process.failure(f"Unpacking {archive.name}", log)


def fetch_program(title, packages, target):
    """Unpack packages and the libraries that this machine lacks into ``target``."""
    mirror = source("host")
    mirror.update()
    archives = mirror.download(title, mirror.closure(packages), target / "deb")
    unpack(archives, target, ("usr/share/doc", "usr/share/man"))
    shutil.rmtree(target / "deb")


def _plain():
    return {**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}
