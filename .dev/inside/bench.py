"""Run one benchmark: core|full DB SCRIPT RESULT -- OPTIONS.

A script has NAME and ``run(env, report)``. With ``run_core(env)`` it is first
called on a database without our addons; what that returns (plain data) is
handed to ``run(env, report, core)``. With ``DATABASE = "core"`` its ``run``
works on the database without our addons.
"""

import json
import sys
from pathlib import Path

from session import environment, load_file


class Report:
    """Collects measured values with their limits."""

    def __init__(self, bench):
        self.bench = bench
        self.rows = []

    def ratio(self, name, value, limit):
        """A measured value (times, seconds, queries) that must not pass a limit."""
        self._add(name, value, limit, value <= limit)

    def check(self, name, ok):
        """Something that must hold, whatever the figures are."""
        self._add(name, "yes" if ok else "no", "yes", bool(ok))

    def note(self, name, value):
        """A figure worth reading, without a limit."""
        self._add(name, value, "", True)

    def _add(self, name, value, limit, ok):
        row = {"name": name, "value": value, "limit": limit, "ok": bool(ok)}
        self.rows.append({"bench": self.bench, **row})


def main(arguments):
    split = arguments.index("--")
    kind, database, script, result = arguments[:split]
    result = Path(result)
    module = load_file(Path(script), f"bench_{Path(script).stem}")
    steps = list(planned(module, kind))
    if not steps:
        return
    saved = json.loads(result.read_text(encoding="utf-8")) if result.exists() else {}
    with environment(database, arguments[split + 1 :]) as env:
        for step in steps:
            saved |= step(env, saved)
    result.write_text(json.dumps(saved), encoding="utf-8")


def planned(module, kind):
    """Yield what the script does on this kind of database."""
    if kind == "core" and hasattr(module, "run_core"):
        yield lambda env, saved: {"core": module.run_core(env)}
    if kind == getattr(module, "DATABASE", "full"):
        yield lambda env, saved: {"rows": measured(module, env, saved)}


def measured(module, env, saved):
    report = Report(module.NAME)
    extra = [saved["core"]] if "core" in saved else []
    module.run(env, report, *extra)
    return report.rows


if __name__ == "__main__":
    main(sys.argv[1:])
