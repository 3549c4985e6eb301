# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Steps of scheduled actions: what fails is taken back, logged, and stops no other."""

import logging
from contextlib import contextmanager

from psycopg2 import OperationalError

_logger = logging.getLogger(__name__)


@contextmanager
def reported(step, record):
    """Run one step of a job in a savepoint; the step must not commit.

    :param str step: what the log names, in English
    :param record: the branch, user or other record that the step is about
    :raises OperationalError: another worker was faster; the caller tries again
    """
    try:
        with record.env.cr.savepoint():
            yield
    except OperationalError:
        raise
    except Exception:
        _logger.exception("%s: %s failed", step, record)


def run_each(records, step, run):
    """``run(records)`` at once; where that fails one by one, to find the bad one.

    :param records: recordset that ``run`` takes
    :param str step: what the log names, in English
    :return: the records that were done
    :raises OperationalError: another worker was faster; the caller tries again
    """
    if not records:
        return records
    try:
        with records.env.cr.savepoint():
            run(records)
            records.env.flush_all()
    except OperationalError:
        raise
    except Exception as error:
        if len(records) > 1:
            done = [run_each(record, step, run) for record in records]
            return records.browse().union(*done)
        _logger.warning("%s: %s failed: %s", step, records, error)
        return records.browse()
    return records
