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
from session import environment

STATE = """
    SELECT (SELECT count(*) FROM dealer_callback),
           (SELECT count(*) FROM dealer_callback WHERE state = 'sent'),
           (SELECT count(*) FROM sms_sms)
"""
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


def main(database, kills, options):
    random.seed(kills)
    with environment(database, options):
        set_batches()
    least, killed, states, tries = measure(database), 0, set(), 0
    while killed < kills and tries < kills * 4:
        tries += 1
        # longer and longer, so that the whole night is passed through
        longest = least + 0.02 + 0.06 * killed
        killed += run_one(database, random.uniform(least, longest))
        states.add(look(database))
    print(killed, len(states))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
