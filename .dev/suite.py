"""``./dev test``: install logs, every addon alone, then the whole suite."""

import json
import re
import sys
import time
from functools import partial

from . import cache, logcheck, process, suite_jobs
from .console import say
from .recipes import core_template, with_addons
from .suite_jobs import Job
from .workplace import ADDONS, prepare

MAIN = "dealer_test"
DEMO = "dealer_test_demo"
#: Apps of Odoo that the addons use where they are installed, and never miss.
OPTIONAL = (
    "event",
    "loyalty",
    "mass_mailing",
    "mass_mailing_sms",
    "sale_loyalty",
    "sale_margin",
)
#: What is run of an addon in the middle with only its own dependencies: what the
#: addon above it extends, and whatever opens, prints, guards or works by night. That
#: nothing of it calls the addon above is a test of its own (tests/test_addons.py).
ALONE = {
    "dealer_aftersales": (
        "callback_[jpr]",
        "counters",
        "customer",
        "follow",
        "lifecycle",
        "measure",
        "overview",
        "portal",
        "privacy",
        "service_",
        "stock",
        "timeline",
        "*guard",
        "*print",
        "*rights",
    )
}


def run(options):
    # Two runs share the test databases: the second one waits for the first.
    with cache.lock(MAIN):
        return _run(options)


def _run(options):
    start = time.monotonic()
    work = prepare(options.odoo, browser=True)
    if options.quick or options.pytest:
        findings = with_addons(work, MAIN)
        failures = _told("install without demo data", findings)
        code = _pytest(work, MAIN, options.pytest or _all_paths())
    else:
        code = 0
        failures = suite_jobs.run_all(_list_jobs(work), partial(_start_job, work))
        say(f"\nAll of it: {(time.monotonic() - start) / 60:.1f} min")
    for failure in failures:
        # A clean run ends with pytest's own line; this must not be overlooked.
        say(f"✗ {failure}")
    return code or bool(failures)


def _list_jobs(work):
    """The whole suite with all addons; what is below the last one also without it.

    Browser tours run with all addons only, as people see the screens. Two installs that
    need no test stand where a core would wait for a database that another job makes.
    """
    paths = _all_paths()
    crm, aftersales, rest = paths[:1], paths[1:2], paths[2:]
    return [
        _whole(work, aftersales, is_first=True),
        Job("install with demo data", partial(_check_demo_install, work)),
        _whole(work, crm),
        _alone(work, ADDONS[:1]),
        Job("install on a database in use", partial(_check_install_in_use, work)),
        _whole(work, rest[1:]),
        _alone(work, ADDONS[:2]),
        _whole(work, rest[:1]),
        *_optional(work),
    ]


def _whole(work, paths, is_first=False):
    """A part of the whole suite: two processes do not meet in one database."""
    name = f"{MAIN}_{paths[0].partition('/')[0].removeprefix('dealer_')}_whole"

    def make():
        findings = with_addons(work, MAIN)
        with cache.lock(f"db-{name}"), work.databases.building(name, MAIN):
            pass
        return _told("install without demo data", findings) if is_first else []

    return Job(f"whole suite, {', '.join(paths)}", make, name, paths)


def _alone(work, addons):
    title = f"{' + '.join(addons)} alone, but for tours"
    name = f"{MAIN}_{addons[-1].removeprefix('dealer_')}"

    def make():
        return _told(title, with_addons(work, name, addons))

    paths = [*_alone_paths(addons[-1]), "--ignore-glob=*_tour.py"]
    return Job(title, make, name, paths)


def _alone_paths(addon):
    folder = cache.ROOT / addon / "tests"
    if addon not in ALONE:
        return [f"{addon}/tests"]
    found = {p for part in ALONE[addon] for p in folder.glob(f"test_{part}*.py")}
    found = {path for path in found if not path.stem.endswith("_tour")}
    return sorted(str(path.relative_to(cache.ROOT)) for path in found)


def _optional(work):
    """The tests of what happens where Odoo's optional apps are installed."""
    paths = sorted(cache.ROOT.glob("dealer_*/tests/test_optional_*.py"))
    title = f"with {', '.join(OPTIONAL)}"
    name = f"{MAIN}_optional"

    def make():
        return _told(title, with_addons(work, name, extra=OPTIONAL))

    paths = [str(path.relative_to(cache.ROOT)) for path in paths]
    return [Job(title, make, name, paths)] if paths else []


def _start_job(work, job, out):
    port = f"--odoo-extra=http-port={suite_jobs.free_port()}"
    return _start_pytest(work, job.database, [port, *job.paths], out)


def _all_paths():
    paths = [f"{addon}/tests" for addon in ADDONS] + ["tests"]
    return [path for path in paths if (cache.ROOT / path).is_dir()]


def _check_demo_install(work):
    findings = with_addons(work, DEMO, demo=True)
    return _told("install with demo data", findings)


def _check_install_in_use(work):
    """The first addon on a database that has partners, leads, an invoice and cars."""
    addon, title = ADDONS[0], "install on a database in use"
    database = f"{MAIN}_in_use"
    notes = cache.folder() / "run" / f"{database}.json"
    notes.parent.mkdir(exist_ok=True)
    work.databases.create(database, core_template(work, ADDONS[:1]))
    _existing(work, "seed", database, notes)
    log = work.odoo_run(
        f"Installing {addon}: {title}", database, "-d", database, "-i", addon
    )
    _existing(work, "check", database, notes)
    findings = logcheck.findings(log) + json.loads(notes.read_text(encoding="utf-8"))
    work.databases.drop(database)
    return _told(title, findings)


def _existing(work, action, database, notes):
    command = work.script("existing.py", action, database, notes)
    process.run(
        f"Records of a database in use: {action}",
        [*command, "--", *work.options],
        cache.logs() / f"{database}-{action}.log",
        env=work.env,
        cwd="/",
    )


def _told(title, findings):
    for line in findings:
        say(f"  {line}")
    count = len(findings)
    return [f"{title}: {count} warnings or errors in the log"] if count else []


def _pytest(work, database, arguments):
    sys.stdout.flush()
    return process.wait(_start_pytest(work, database, arguments))


def _start_pytest(work, database, arguments, out=None):
    if not any(_is_path(argument) for argument in arguments):
        arguments = [*arguments, *_all_paths()]
    command = [work.python, "-m", "pytest", "-p", "strict_skips"]
    command += ["-p", "no:cacheprovider", "--odoo-http", "--odoo-log-level=error"]
    command += [f"--odoo-database={database}", f"--odoo-addons-path={cache.ROOT}"]
    command += [f"--odoo-extra=data-dir={cache.data_dir()}"]
    command += ["--odoo-extra=http-interface=127.0.0.1"]
    command += [f"--odoo-extra=screenshots={cache.folder() / 'screenshots'}"]
    command += arguments
    inside = str(work.script("")[1])
    path = [inside, work.env.get("PYTHONPATH", "")]
    env = {**work.env, "PYTHONPATH": ":".join(filter(None, path))}
    return process.start(command, out, env, cwd=cache.ROOT)


def _is_path(argument):
    return (
        bool(re.match(r"^[^-].*", argument))
        and (cache.ROOT / argument.partition("::")[0]).exists()
    )
