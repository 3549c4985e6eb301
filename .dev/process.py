"""Child processes: logged, ticking, and never outliving a killed parent."""

import ctypes
import os
import re
import shutil
import signal
import subprocess
import time

from .console import Problem, Step

PR_SET_PDEATHSIG = 1

ALMOST_FULL = 20 * 10**6
DISK_FULL = ("The disk is full.", "Free some space and start again.")
# What a tool prints, and the sentence its user needs instead.
KNOWN_FAILURES = [
    (r"No space left on device|ENOSPC", *DISK_FULL),
    (
        r"Temporary failure resolving|Could not resolve|Name or service not known"
        r"|Failed to establish a new connection|Network is unreachable"
        r"|Could not connect|Connection timed out|ConnectionError|ReadTimeout",
        "The network or the package mirror cannot be reached.",
        "Check the connection and start again; what is there already is kept.",
    ),
    (
        r"address already in use",
        "The port is taken by another program.",
        "Choose another one with --port.",
    ),
    (
        r"No matching distribution found",
        "The Python package index lacks a package that is needed.",
        "Check pip's configuration (pip config list).",
    ),
]


def _die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def explain(text):
    """Return (sentence, hint) for known causes in a tool's output, or None."""
    for pattern, message, hint in KNOWN_FAILURES:
        if re.search(pattern, text, re.IGNORECASE):
            return message, hint
    return None


def tail(path, count=12):
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(lines[-count:])


def run(title, command, log, env=None, watch=None, check=True, **options):
    """Run a command with a visible step; its output goes to the file ``log``.

    ``watch`` returns a detail for the progress line. Returns the exit code.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with Step(title) as step:
        with open(log, "wb") as out:
            child = start(command, out, env, **options)
            code = wait(child, lambda: step.tick(watch() if watch else ""))
        if code and check:
            raise failure(title, log)
    return code


def start(command, out, env=None, **options):
    options = {
        "stdin": subprocess.DEVNULL,
        "stderr": subprocess.STDOUT,
        "preexec_fn": _die_with_parent,
        **options,
    }
    try:
        return subprocess.Popen(
            [str(part) for part in command], stdout=out, env=env, **options
        )
    except FileNotFoundError as error:
        raise Problem(
            f"The program {command[0]} is missing.", "Install it and start again."
        ) from error


def wait(child, tick=lambda: None):
    try:
        while True:
            try:
                return child.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                tick()
    except BaseException:
        child.terminate()
        raise


def failure(title, log):
    known = explain(log.read_text(encoding="utf-8", errors="replace"))
    if shutil.disk_usage(log.parent).free < ALMOST_FULL:
        # The log itself may have found no room.
        known = DISK_FULL
    if known:
        return Problem(f"{title}: {known[0]}", f"{known[1]} (log: {log})")
    last = tail(log, 3).strip().replace("\n", " / ") or "no output"
    return Problem(f"{title} failed: {last}", f"The whole log is in {log}")


def capture(command, env=None, **options):
    """Return the output of a short command, or None when it fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=env,
            **options,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(pid)


def _is_zombie(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
            return stat.read().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


def wait_until(condition, seconds, tick=None):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        if tick:
            tick()
        time.sleep(0.2)
    return bool(condition())
