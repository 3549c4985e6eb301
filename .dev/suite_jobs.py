"""Checks and test processes side by side, each on its own database and port."""

import os
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from . import cache, process
from .console import Problem, Step, say

#: pytest's summary and the heads of its failures fit; a green run's dots do not.
LINES_OF_GREEN = 3
WORKERS = max(1, min(2, os.cpu_count() or 1))
_TELLING = threading.Lock()


@dataclass
class Job:
    """``prepare`` makes the database, then pytest runs ``paths`` on it.

    ``prepare`` returns what is to be complained about. Without paths it is all.
    """

    title: str
    prepare: Callable
    database: str = ""
    paths: list = field(default_factory=list)
    child: object = field(default=None, repr=False)

    @property
    def log(self):
        return cache.logs() / f"pytest-{self.database}.log"


def run_all(jobs, start):
    """Run the jobs, as many at once as there are cores, and print what each says.

    A green run says its last lines, a red one all of it.

    :param jobs: longest first, so that the last one does not run alone for long
    :param start: ``start(job, out)`` starts the process
    :return: what failed, one line each
    """
    with ThreadPoolExecutor(WORKERS) as pool:
        futures = [pool.submit(_run, job, start) for job in jobs]
        try:
            return [line for future in futures for line in future.result()]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for job in jobs:
                if job.child:
                    job.child.terminate()
            raise


def _run(job, start):
    # The thread stays until its child has ended: the kernel ends a child with the
    # thread that started it.
    try:
        failures = list(job.prepare())
    except Problem as problem:
        return [f"{job.title}: {problem}"]  # the other jobs are worth their time
    if job.paths and not _passes(job, start):
        failures.append(job.title)
    return failures


def _passes(job, start):
    begin = time.monotonic()
    job.log.parent.mkdir(parents=True, exist_ok=True)
    with Step(f"Tests: {job.title}") as step:
        with open(job.log, "wb") as out:
            job.child = start(job, out)
            code = process.wait(job.child, step.tick)
    with _TELLING:
        _tell(job, code, (time.monotonic() - begin) / 60)
    return not code


def _tell(job, code, minutes):
    lines = 10**6 if code else LINES_OF_GREEN
    say(f"\n{'✗' if code else '✓'} {job.title} ({minutes:.1f} min):")
    say(process.tail(job.log, lines))


def free_port():
    """A port nobody listens on; the process that gets it binds it at once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
