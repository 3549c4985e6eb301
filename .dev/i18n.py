"""``./dev i18n``: terms of the code into pot files, and those into po files."""

from . import cache, process
from .console import say
from .recipes import with_addons
from .suite import MAIN
from .workplace import ADDONS, prepare

LANGUAGE = "zh_CN"


def run(options):
    work = prepare(options.odoo)
    missing = update(work, cache.ROOT)
    say(f"{missing} terms are not translated." if missing else "All is translated.")
    return 0


def export(work, target):
    """Write one raw template per addon into ``target``."""
    with_addons(work, MAIN)
    for addon in ADDONS:
        command = [work.python, "-m", "odoo", f"--addons-path={cache.ROOT}", "i18n"]
        command += ["export", "-d", MAIN, "-l", "pot", "-o", target / f"{addon}.pot"]
        process.run(
            f"Exporting the terms of {addon}",
            [*command, addon],
            cache.logs() / f"i18n-{addon}.log",
            env=work.env,
            cwd="/",
        )


def _link_core_files(work, raw):
    """Odoo's own words for the columns that it adds to every model."""
    for addon in ("base", "mail"):
        link = raw / f"{addon}.core"
        link.unlink(missing_ok=True)
        for folder in ("odoo/addons", "addons"):
            path = (work.odoo.root or raw) / folder / addon / "i18n" / f"{LANGUAGE}.po"
            if path.exists():
                link.symlink_to(path)
                break


def update(work, root, check=False):
    """Merge the code's terms into the files; return the number untranslated."""
    raw = cache.folder() / "i18n"
    raw.mkdir(exist_ok=True)
    with cache.lock(MAIN):
        export(work, raw)
    _link_core_files(work, raw)
    command = work.script("po_merge.py", "check" if check else "write", LANGUAGE)
    command += [raw, *(root / addon for addon in ADDONS)]
    log = cache.logs() / "i18n-merge.log"
    code = process.run("Merging", command, log, env=work.env, check=False)
    say(log.read_text(encoding="utf-8").rstrip())
    return code
