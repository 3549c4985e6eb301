"""Run the care jobs in processes that are killed; print how many were, and states.

The registry is loaded once; each night is a fork with connections of its own.
"""

import os
import random
import signal
import sys
import time

import odoo.api
import odoo.modules.registry
import odoo.sql_db
from _care import RESET
from session import environment

STATE = """
    SELECT (SELECT count(*) FROM dealer_callback),
           (SELECT count(*) FROM dealer_callback WHERE state = 'sent'),
           (SELECT count(*) FROM sms_sms)
"""
#: What a night makes.
MADE = RESET[:3]
#: Small batches: many points at which a night can end.
BATCHES = {"dealer_callback_policy_job": 40, "dealer_callback_policy_send": 15}


def night(database):
    registry = odoo.modules.registry.Registry(database)
    with registry.cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        env["dealer.callback.policy"]._cron_make_callbacks()
        env["dealer.callback.policy"]._cron_send_callbacks()


def set_batches():
    import importlib

    for name, size in BATCHES.items():
        module = f"odoo.addons.dealer_aftersales.models.{name}"
        importlib.import_module(module).BATCH = size


def run_one(database, seconds):
    """:return: whether the night was killed"""
    odoo.sql_db.close_all()
    child = os.fork()
    if not child:
        night(database)
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def look(database):
    with odoo.modules.registry.Registry(database).cursor() as cr:
        cr.execute(STATE)
        return cr.fetchone()


def forget(database):
    with odoo.modules.registry.Registry(database).cursor() as cr:
        for statement in MADE:
            cr.execute(statement)


def measure(database):
    """Seconds of a night that has next to nothing to do: the shortest while."""
    odoo.sql_db.close_all()
    start = time.perf_counter()
    child = os.fork()
    if not child:
        registry = odoo.modules.registry.Registry(database)
        with registry.cursor() as cr:
            cr.execute("SELECT 1")
        os._exit(0)
    os.waitpid(child, 0)
    return time.perf_counter() - start


def main(database, kills, seconds, options):
    random.seed(kills)
    with environment(database, options):
        set_batches()
    least, killed, states, tries = measure(database), 0, set(), 0
    while killed < kills and tries < kills * 4:
        tries += 1
        if run_one(database, random.uniform(least, least + seconds)):
            killed += 1
            states.add(look(database))
        else:
            forget(database)  # it came to its end before: the night begins anew
    print(killed, len(states))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4:])
