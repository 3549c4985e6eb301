"""Test processes side by side, each on its own database and port."""

import os
import socket
import sys
import time
from dataclasses import dataclass, field

from . import cache, process
from .console import Step, say

#: pytest's summary and the heads of its failures fit; a green run's dots do not.
LINES_OF_GREEN = 3
WORKERS = max(1, min(2, os.cpu_count() or 1))


@dataclass
class Job:
    """One pytest run: ``paths`` on ``database``."""

    title: str
    database: str
    paths: list
    child: object = field(default=None, repr=False)
    start: float = 0.0

    @property
    def log(self):
        return cache.logs() / f"pytest-{self.database}.log"


def run_all(jobs, start):
    """Run the jobs, as many at once as there are cores, and print what each says.

    A green run says its last lines, a red one all of it.

    :param jobs: longest first, so that the last one does not run alone for long
    :param start: ``start(job, out)`` starts the process
    :return: titles of the jobs that failed
    """
    waiting, running, failed = list(jobs), [], []
    with Step("Running the tests") as step:
        try:
            while waiting or running:
                while waiting and len(running) < WORKERS:
                    running.append(_start(waiting.pop(0), start))
                for job in [j for j in running if j.child.poll() is not None]:
                    running.remove(job)
                    if _tell(job):
                        failed.append(job.title)
                step.tick(", ".join(job.title for job in running))
                time.sleep(0.5)
        finally:
            for job in running:
                job.child.terminate()
    return failed


def _start(job, start):
    job.start = time.monotonic()
    job.log.parent.mkdir(parents=True, exist_ok=True)
    with open(job.log, "wb") as out:
        job.child = start(job, out)
    return job


def _tell(job):
    code = job.child.returncode
    lines = 10**6 if code else LINES_OF_GREEN
    minutes = (time.monotonic() - job.start) / 60
    say(f"\n{'✗' if code else '✓'} {job.title} ({minutes:.1f} min):")
    say(process.tail(job.log, lines))
    sys.stdout.flush()
    return code


def free_port():
    """A port nobody listens on; the process that gets it binds it at once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
