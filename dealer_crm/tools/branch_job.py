# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Jobs that go through the branches: one that fails stops no other."""

import logging
from contextlib import contextmanager

_logger = logging.getLogger(__name__)


@contextmanager
def reported(job, company):
    """Run a branch's step of a job; its failure is taken back, logged, and left.

    The step must not commit.

    :param str job: what the log names, in English
    :param company: res.company, the branch
    """
    try:
        with company.env.cr.savepoint():
            yield
    except Exception:
        _logger.exception("%s of branch %s failed", job, company.id)
