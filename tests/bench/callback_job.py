"""The nightly callback job: its cost, and that it can be killed and repeated."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import _common
from odoo import fields

NAME = "Callback job"
ORDERS = 20_000
CALLBACKS = 5_000

KEY = "policy_id, source_id, cycle_key, partner_id, date_due, date_window_end, user_id"

RAW = """
    INSERT INTO dealer_callback (
        policy_id, source_id, cycle_key, partner_id, vehicle_id, repair_id,
        company_id, date_due, date_window_end, state, attempt_count, purpose,
        channel, is_answered, is_successful, create_uid, create_date, write_uid,
        write_date)
    SELECT %(policy)s, r.id, '', r.partner_id, r.vehicle_id, r.id, r.company_id,
           r.date_delivered::date + 3, r.date_delivered::date + 6, 'planned', 0,
           'after_service', 'phone', FALSE, FALSE, 1, now(), 1, now()
      FROM repair_order r
     WHERE r.state = 'done' AND r.company_id = %(company)s
       AND r.date_delivered >= %(first)s
"""


def run(env, report):
    policy, first = prepare(env)
    raw = measure_raw(env, policy, first)
    job = measure_job(env, policy)
    report.check(f"{CALLBACKS} callbacks made", count(env) == CALLBACKS)
    expected = content(env)
    report.ratio("job ÷ one raw INSERT … SELECT", job / raw, 10)
    activities = measure_orm(env)
    report.note("seconds: raw", raw)
    report.note("seconds: job", job)
    report.note("seconds: 5 000 activities", activities)
    report.ratio("job ÷ 5 000 activities by the ORM", job / activities, 0.1)
    env["dealer.callback.policy"]._cron_make_callbacks()
    report.check("run twice it makes none more", count(env) == CALLBACKS)
    env.cr.execute("DELETE FROM dealer_callback")
    env.cr.commit()
    survivors = killed_run(env)
    report.note("callbacks committed when the job was killed", survivors)
    report.check("it was killed in the middle", 0 < survivors < CALLBACKS)
    env["dealer.callback.policy"]._cron_make_callbacks()
    report.check("started again it makes exactly the same", content(env) == expected)


def prepare(env):
    """20 000 delivered orders, 5 000 of them since the policy's first day."""
    partner, car = _common.make_dealership(env)
    repair = env["repair.order"].create(
        {
            "partner_id": partner.id,
            "vehicle_id": car.id,
            "date_in": "2000-01-01",
            "date_delivered": "2000-01-01",
        }
    )
    today = env.company._get_dealer_today()
    _common.copy_rows(
        env,
        "repair_order",
        repair.id,
        ORDERS,
        name="'BENCH' || n",
        date_delivered=(
            f"CASE WHEN n <= {CALLBACKS} THEN now()::timestamp - interval '1 day' "
            "* (n %% 20) ELSE now()::timestamp - interval '1 day' "
            "* (100 + n %% 300) END"
        ),
    )
    first = today - timedelta(days=40)
    policy = env.ref("dealer_aftersales.policy_after_service")
    policy.write({"date_start": first, "user_ids": [(6, 0, env.user.ids)]})
    env["dealer.callback"].search([]).unlink()
    env.cr.commit()
    return policy, fields.Datetime.to_datetime(first)


def measure_raw(env, policy, first):
    parameters = {"policy": policy.id, "company": env.company.id, "first": first}
    with _common.timed() as watch:
        env.cr.execute(RAW, parameters)
        env.cr.commit()
    env.cr.execute("DELETE FROM dealer_callback")
    env.cr.commit()
    return watch.seconds


def measure_job(env, policy):
    with _common.timed() as watch:
        policy._cron_make_callbacks()
    return watch.seconds


def measure_orm(env):
    """The same calls as activities on the same orders, in one create.

    Without the mails that core would send to the person in charge of each.
    """
    repairs = env["repair.order"].search(
        [("name", "like", "BENCH")], order="id", limit=CALLBACKS
    )
    values = {
        "res_model_id": env["ir.model"]._get_id("repair.order"),
        "activity_type_id": env.ref("mail.mail_activity_data_call").id,
        "user_id": env.ref("base.user_admin").id,
        "date_deadline": fields.Date.today(),
    }
    with _common.timed() as watch:
        activities = env["mail.activity"].with_context(mail_activity_quick_update=True)
        activities.create([{**values, "res_id": id_} for id_ in repairs.ids])
        env.flush_all()
    env.cr.rollback()
    return watch.seconds


def count(env):
    env.cr.execute("SELECT count(*) FROM dealer_callback")
    return env.cr.fetchone()[0]


def content(env):
    env.cr.execute(f"SELECT {KEY} FROM dealer_callback ORDER BY source_id")
    return env.cr.fetchall()


def killed_run(env):
    """The job in a process of its own that dies by SIGKILL between two batches."""
    child = Path(__file__).parent / "_killed_job.py"
    options = sys.argv[sys.argv.index("--") + 1 :]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    result = subprocess.run(
        [sys.executable, str(child), env.cr.dbname, *options], env=environ
    )
    if result.returncode != -signal.SIGKILL:
        raise RuntimeError(f"The job ended with {result.returncode} unkilled.")
    env.cr.rollback()
    return count(env)
