"""A night of customer care: what it costs, and that it may be killed at any point."""

import os
import subprocess
import sys
from pathlib import Path

import _common
from _care import POLICIES, Care
from _workshop import make_workshop

NAME = "Care"
MANY, FEW = 10_000, 1_000
KILLS = 50


def run(env, report):
    workshop = make_workshop(env, has_readings=False)
    env.cr.execute("UPDATE res_partner SET file_state = 'filed' WHERE ref LIKE 'B%'")
    env["res.partner"].browse(workshop.cars[0].owner_id.id).invalidate_recordset()
    care = Care(env, workshop)
    seconds = {}
    for count in (FEW, FEW, MANY):  # the first one pays for caches
        care.spread(count)
        with _common.timed() as watch:
            care.run_job()
        seconds[count] = watch.seconds
        made = care.count()
        report.note(f"callbacks of {count} due", made)
    report.check("the night made its callbacks", made >= MANY * 0.9)
    with _common.timed() as watch:
        care.run_job()
    report.note("seconds: night again, nothing new", watch.seconds)
    report.check("run twice it makes none more", care.count() == made)
    care.forget()
    compare(care, report, seconds, made)
    kill(env, care, report)


def compare(care, report, seconds, made):
    with _common.timed() as watch:
        raw_made = care.run_raw()
    report.note("callbacks by raw SQL", raw_made)
    raw = watch.seconds
    with _common.timed() as watch:
        care.run_activities(made)
    report.note("seconds: raw", raw)
    report.note(f"seconds: {POLICIES} policies, {MANY} due", seconds[MANY])
    report.note("seconds: as many activities", watch.seconds)
    report.ratio("night ÷ raw INSERT … SELECT", seconds[MANY] / raw, 5)
    report.ratio("night ÷ activities by the ORM", seconds[MANY] / watch.seconds, 0.05)
    report.ratio(
        "10 000 due ÷ ten times 1 000 due",
        seconds[MANY] / (MANY / FEW * seconds[FEW]),
        1,
    )


def kill(env, care, report):
    """Two of the policies send; the last run must end like an undisturbed night."""
    care.spread(FEW)
    letter = env.ref("dealer_aftersales.mail_template_callback_greeting")
    for policy in care.policies.filtered(lambda p: p.purpose == "care")[-3:-1]:
        policy.write({"channel": "sms", "template_id": letter.id})
    env.cr.commit()
    with _common.timed() as watch:
        care.run_job()
    expected = care.content()
    report.note("messages of the night", expected[2][0])
    care.forget()
    killed, states = killed_runs(env, watch.seconds)
    report.check(f"killed {KILLS} times at random points", killed == KILLS)
    report.check("it died in different states", states > 5)
    env.cr.rollback()
    env.invalidate_all()
    care.run_job()
    report.check("it ends like an undisturbed night", care.content() == expected)


def killed_runs(env, seconds):
    """Processes of their own, each ended by SIGKILL after a random while."""
    child = Path(__file__).parent / "_killed_nights.py"
    options = sys.argv[sys.argv.index("--") + 1 :]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    result = subprocess.run(
        [sys.executable, str(child), env.cr.dbname, str(KILLS), str(seconds), *options],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    killed, states = result.stdout.split()[-2:]
    return int(killed), int(states)
