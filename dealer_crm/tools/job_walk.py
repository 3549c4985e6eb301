# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Jobs over many records: in committed batches, and on from where a run stopped."""


def walk(records, domain, place, run, names=None, size=5000):
    """``run(batch)`` on all records in the order of their ids.

    A scheduled action has some seconds, then it is called again: it goes on behind
    the last batch, so that those at the end have their turn as well. A killed run goes
    on likewise. Whoever calls it forgets the place when all is done.

    :param records: empty recordset in the environment that the batches get
    :param list domain: which records
    :param str place: system parameter that holds the last id that was done
    :param list names: fields that are read with the records
    :param int size: records in a batch
    :return: True when the last record was reached, False when the time is over
    """
    env = records.env
    cron, params = env["ir.cron"], env["ir.config_parameter"].sudo()
    after = int(params.get_param(place) or 0)
    left = records.search_count([*domain, ("id", ">", after)])
    cron._commit_progress(remaining=left)
    while batch := records.search_fetch(
        [*domain, ("id", ">", after)], names or ["id"], order="id", limit=size
    ):
        run(batch)
        after, left = batch[-1].id, max(left - len(batch), 0)
        params.set_param(place, after)
        env.invalidate_all()
        if not cron._commit_progress(len(batch), remaining=left) and left:
            return False
    return True
