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
#: By the time their tests take, so that the last job does not run alone for long.
LONGEST_FIRST = ("dealer_aftersales/tests", "dealer_crm/tests", "dealer_reports/tests")


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
        failures = _check_demo_install(work) + _check_install_in_use(work)
        jobs = _prepare_jobs(work, failures)
        say(f"\nSet up and checked in {time.monotonic() - start:.0f} s; now the tests.")
        code = 0
        failures += suite_jobs.run_all(jobs, partial(_start_job, work))
    for failure in failures:
        # A clean run ends with pytest's own line; this must not be overlooked.
        say(f"✗ {failure}")
    return code or bool(failures)


def _prepare_jobs(work, failures):
    """Each addon with nothing but its own dependencies, and all of them together.

    The last addon stands on all others: its case is the whole suite. Browser tours
    run there only, as people see the screens with all addons.

    :param list failures: gets what the installs complained about
    :return: the jobs, longest first
    """
    jobs = _prepare_whole(work, failures)
    for count in range(1, len(ADDONS)):
        addons = ADDONS[:count]
        title = f"{' + '.join(addons)} alone, but for tours"
        name = f"{MAIN}_{addons[-1].removeprefix('dealer_')}"
        failures += _told(title, with_addons(work, name, addons))
        paths = [f"{addons[-1]}/tests", "--ignore-glob=*_tour.py"]
        jobs.append(Job(title, name, paths))
    jobs.sort(key=lambda job: LONGEST_FIRST.index(job.paths[0]))
    return [*jobs, *_prepare_optional(work, failures)]


def _prepare_whole(work, failures):
    """The whole suite in parts: two processes do not meet in one database."""
    failures += _told("install without demo data", with_addons(work, MAIN))
    paths, jobs = _all_paths(), []
    for part in ([paths[1]], paths[2:], paths[:1]):
        name = f"{MAIN}_{len(jobs)}" if jobs else MAIN
        if jobs:
            with work.databases.building(name, MAIN):
                pass
        jobs.append(Job(f"whole suite, {', '.join(part)}", name, part))
    return jobs


def _prepare_optional(work, failures):
    """The tests of what happens where Odoo's optional apps are installed."""
    paths = sorted(cache.ROOT.glob("dealer_*/tests/test_optional_*.py"))
    if not paths:
        return []
    title = f"with {', '.join(OPTIONAL)}"
    name = f"{MAIN}_optional"
    failures += _told(title, with_addons(work, name, extra=OPTIONAL))
    return [Job(title, name, [str(p.relative_to(cache.ROOT)) for p in paths])]


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
