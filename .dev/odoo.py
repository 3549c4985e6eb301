"""Finding Odoo 19: the user's own, else Debian's package in the cache."""

import hashlib
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from . import apt, cache, process
from .console import Problem, Step

SERIES = "19.0"
PACKAGE = "odoo-19"
# The package's static files are links into these packages.
STATIC_PACKAGES = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
# The web client draws its icons with version 4; later ones lack the files.
ICONS = ("fonts-font-awesome", r"really4\.7")
LEFT_OUT = (
    "usr/lib/python3/dist-packages/addons",
    "usr/lib/python3/dist-packages/doc",
    "usr/lib/python3/dist-packages/debian",
    "usr/share/doc",
    "etc",
)
# Listed in mail's manifest and missing in the package: the browser would log
# an error on every page, which fails every tour.
MISSING_FILES = (
    "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js",
)
# Another way of unpacking gives another tree.
RECIPE = cache.digest(STATIC_PACKAGES, ICONS, LEFT_OUT, MISSING_FILES)


@dataclass
class Odoo:
    root: Path | None  # the folder that holds the package ``odoo``
    version: str
    own: bool  # importable by the Python at hand, with its own dependencies


def find(path=None):
    if path:
        return _given(Path(path).expanduser())
    return _importable() or _from_mirror()


def _given(path):
    if path.suffix == ".deb" and path.is_file():
        return _from_archive(path)
    for root in (path, path / "usr/lib/python3/dist-packages", path.parent):
        if (root / "odoo" / "release.py").is_file():
            version = _version(root)
            if not version.startswith(SERIES):
                raise Problem(f"{path} is Odoo {version}, not {SERIES}.")
            return Odoo(root.resolve(), version, own=False)
    raise Problem(
        f"No Odoo 19 in {path}.",
        "--odoo takes a source tree, an unpacked package or a .deb file.",
    )


def _version(root):
    text = (root / "odoo" / "release.py").read_text(encoding="utf-8")
    found = re.search(r"^version_info = \((\d+), (\d+)", text, re.MULTILINE)
    series = ".".join(found.groups()) if found else "unknown"
    return f"{series}-{hashlib.sha256(str(root).encode()).hexdigest()[:8]}"


def _importable():
    code = "import odoo.release as r; print(r.version)"
    version = process.capture([sys.executable, "-c", code])
    if version and version.strip().startswith(SERIES):
        return Odoo(None, version.strip(), own=True)
    return None


def _from_archive(path):
    key = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return _unpacked(f"archive-{key}-{RECIPE}", lambda target: [path])


def _from_mirror():
    """Debian's package; what is in the cache is used without asking the mirror."""
    ready = (cache.folder() / "odoo").glob(f"debian-*-{RECIPE}/{cache.READY}")
    for mark in sorted(ready, reverse=True):
        return _unpacked(mark.parent.name, None)
    mirror = apt.source("unstable", ("unstable",))
    mirror.update()
    wanted = mirror.pick(PACKAGE, r"^19\.0")
    version = re.sub(r"[^\w.]", "_", wanted.partition("=")[2])
    return _unpacked(
        f"debian-{version}-{RECIPE}",
        lambda target: mirror.download("Fetching Odoo 19", [wanted], target),
    )


def _unpacked(key, fetch):
    def build(folder):
        archives = {*fetch(folder / "archives"), *_static_archives(folder)}
        with Step("Unpacking Odoo 19"):
            apt.unpack(sorted(archives), folder, LEFT_OUT)
        shutil.rmtree(folder / "archives")
        _complete(folder / "usr/lib/python3/dist-packages")

    folder = cache.part("odoo", key, build)
    return Odoo(folder / "usr/lib/python3/dist-packages", f"{SERIES}-{key}", own=False)


def _static_archives(folder):
    target = folder / "archives"
    mirror = apt.source("unstable", ("unstable",))
    mirror.update()
    packages = [mirror.pick(name) for name in STATIC_PACKAGES]
    mirror.download("Fetching the web client's libraries", packages, target / "static")
    stable = apt.source("stable", ("stable", "oldstable"))
    stable.update()
    stable.download("Fetching the web client's icons", [stable.pick(*ICONS)], target)
    return sorted(target.rglob("*.deb"))


def _complete(root):
    for name in MISSING_FILES:
        path = root / name
        if path.parent.parent.is_dir() and not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.touch()
