"""``./dev bench``: every script of tests/bench on fresh databases."""

import json
import sys

from . import cache, process
from .console import Problem, say
from .recipes import core_template, with_addons
from .workplace import prepare

FOLDER = cache.ROOT / "tests" / "bench"
INSTALLED = "dealer_bench_tpl"
DATABASES = {"full": "dealer_bench", "core": "dealer_bench_core"}


def run(options):
    scripts = _scripts(options.names)
    work = prepare(options.odoo)
    with_addons(work, INSTALLED)
    templates = {"full": INSTALLED, "core": core_template(work)}
    rows = []
    for script in scripts:
        rows += _measure(work, script, templates)
    _print_table(rows)
    return 0 if all(row["ok"] for row in rows) else 1


def _scripts(names):
    found = [p for p in sorted(FOLDER.glob("*.py")) if not p.name.startswith("_")]
    if names:
        found = [path for path in found if path.stem in names]
    if not found:
        raise Problem("There is no such benchmark in tests/bench.")
    return found


def _measure(work, script, templates):
    """Run one script on databases of its own, so that none warms up another."""
    result = cache.folder() / "bench" / f"{script.stem}.json"
    result.parent.mkdir(exist_ok=True)
    result.unlink(missing_ok=True)
    say(f"\n{script.stem}")
    for kind in ("core", "full"):
        with cache.lock(f"db-{DATABASES[kind]}"):
            work.databases.create(DATABASES[kind], templates[kind])
            command = work.script("bench.py", kind, DATABASES[kind], script, result)
            sys.stdout.flush()
            command += ["--", *work.options]
            code = process.wait(process.start(command, None, work.env, cwd="/"))
        if code:
            return [_row(script.stem, "ran to its end", ok=False)]
    rows = json.loads(result.read_text(encoding="utf-8"))["rows"]
    return rows or [_row(script.stem, "reported nothing", ok=False)]


def _row(bench, name, ok, value="", limit=""):
    return {"bench": bench, "name": name, "value": value, "limit": limit, "ok": ok}


def _print_table(rows):
    head = {"bench": "bench", "name": "measure", "value": "value", "limit": "limit"}
    columns = list(head)
    texts = [[_text(row[column]) for column in columns] for row in [head, *rows]]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    say()
    for row, text in zip([None, *rows], texts, strict=True):
        cells = "  ".join(t.ljust(w) for t, w in zip(text, widths, strict=True))
        say(cells + ("" if row is None else "  ok" if row["ok"] else "  TOO MUCH"))


def _text(value):
    return f"{value:.3g}" if isinstance(value, float) else str(value)
