"""The running server: started, answering, found again, stopped."""

import json
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request

from . import cache, process
from .console import Problem, Step

HOST = "127.0.0.1"
DEFAULT_PORT = 8069


def state_file(database):
    folder = cache.folder() / "run"
    folder.mkdir(exist_ok=True)
    return folder / f"{database}.json"


def running():
    """Return {database: {"pid", "port"}} of the servers that are alive."""
    found = {}
    for path in sorted((cache.folder() / "run").glob("*.json")):
        state = _read(path)
        if state and _is_ours(state["pid"], path.stem):
            found[path.stem] = state
        else:
            path.unlink(missing_ok=True)
    return found


def _read(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _is_ours(pid, database):
    """Whether the process is that server and not a later one with its number."""
    if not process.alive(pid):
        return False
    try:
        with open(f"/proc/{pid}/cmdline", encoding="utf-8") as handle:
            command = handle.read().split("\0")
    except OSError:
        return True
    return "odoo" in command and database in command


def check_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Problem(
                f"Port {port} is taken by another program.",
                "Choose another one with --port.",
            ) from error


def address(port):
    return f"http://{HOST}:{port}"


def answers(port):
    try:
        with urllib.request.urlopen(address(port) + "/web/login", timeout=30):
            return True
    except (OSError, urllib.error.URLError, ValueError):
        return False


def start(work, database, port, background):
    """Start the server and return the process once it answers."""
    log = cache.logs() / f"server-{database}.log"
    command = [work.python, "-m", "odoo", *work.options, "-d", database]
    command += [f"--http-port={port}", f"--db-filter=^{database}$"]
    command += ["--no-database-list"]
    with Step(f"Starting the server on port {port}") as step:
        with open(log, "ab") as out:
            child = _spawn(command, out, work.env, background)
        state = {"pid": child.pid, "port": port}
        state_file(database).write_text(json.dumps(state), encoding="utf-8")
        process.wait_until(
            lambda: child.poll() is not None or answers(port), 180, step.tick
        )
        if child.poll() is not None:
            raise process.failure("Starting the server", log)
    return child


def _spawn(command, out, env, background):
    if not background:
        return process.start(command, out, env, cwd="/")
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT,
        env=env,
        cwd="/",
        start_new_session=True,
    )


def stop(database):
    state = running().get(database)
    if not state:
        return False
    with Step(f"Stopping the server of {database}") as step:
        os.kill(state["pid"], signal.SIGTERM)
        gone = process.wait_until(
            lambda: not process.alive(state["pid"]), 20, step.tick
        )
        if not gone:
            os.kill(state["pid"], signal.SIGKILL)
    state_file(database).unlink(missing_ok=True)
    return True
