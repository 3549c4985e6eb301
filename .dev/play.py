"""``./dev run``: the dealership in the browser."""

import json

from . import cache, process, server
from .console import Problem, columns, padded, say
from .recipes import core_template
from .workplace import ADDONS, addons_digest, prepare

ADMINISTRATOR = ("Administrator", "admin", "admin")
SAMPLE = cache.ROOT / "data" / "load_sample.py"


def run(options):
    port = _port(options)
    work = prepare(options.odoo)
    with cache.lock(f"db-{options.db}"):
        if options.reset:
            server.stop(options.db)
            work.databases.drop(options.db)
        changed = _make_ready(work, options)
        state = server.running().get(options.db)
        if state and not changed and server.answers(state["port"]):
            _welcome(work, options.db, state["port"])
            say(f"Running already (process {state['pid']}); end it with ./dev stop.")
            return 0
        server.stop(options.db)
        server.check_port(port)
        work.databases.sql("address", options.db, server.address(port))
        child = server.start(work, options.db, port, options.background)
    _welcome(work, options.db, port)
    if options.background:
        say(f"Process {child.pid}; end it with ./dev stop --db {options.db}.")
        return 0
    return _serve(child, options.db)


def _port(options):
    """The port to use; a taken one is told before the long work, not after."""
    state = server.running().get(options.db)
    port = options.port or (state or {}).get("port") or server.DEFAULT_PORT
    if not state or state["port"] != port:
        server.check_port(port)
    return port


def _serve(child, database):
    say("Ctrl-C ends the server.")
    try:
        code = child.wait()
    except KeyboardInterrupt:
        child.terminate()
        child.wait()
        code = 0
    server.state_file(database).unlink(missing_ok=True)
    if code > 0:
        log = cache.logs() / f"server-{database}.log"
        raise Problem(f"The server ended with code {code}.", f"Its log is in {log}")
    return 0


def _make_ready(work, options):
    """Create or update the database; return whether anything was done."""
    info = work.databases.info(options.db)
    if info and info.get("foreign"):
        raise Problem(
            f"The database {options.db} exists and ./dev did not make it.",
            "Choose another name with --db.",
        )
    if not info or info["state"] != "ready":
        server.stop(options.db)
        _create(work, options)
        return True
    digests = {addon: addons_digest([addon]) for addon in ADDONS}
    changed = [addon for addon in ADDONS if info["addons"].get(addon) != digests[addon]]
    if not changed:
        return False
    server.stop(options.db)
    work.odoo_run(
        f"Updating {', '.join(changed)}",
        f"update-{options.db}",
        *("-d", options.db, "-u", ",".join(changed)),
    )
    work.databases.mark(options.db, **{**info, "addons": digests})
    return True


def _create(work, options):
    values = {"addons": {addon: addons_digest([addon]) for addon in ADDONS}}
    work.databases.create(options.db, core_template(work))
    work.odoo_run(
        f"Installing {', '.join(ADDONS)}",
        f"install-{options.db}",
        *("-d", options.db, "-i", ",".join(ADDONS)),
    )
    values |= {"users": [ADMINISTRATOR]} | _load_sample(work, options)
    # The mark comes last: without it the next run starts over.
    work.databases.finish(options.db, **values)


def _load_sample(work, options):
    result = cache.folder() / "run" / f"{options.db}.sample"
    result.parent.mkdir(exist_ok=True)
    result.unlink(missing_ok=True)
    sample = [] if options.no_demo else [SAMPLE]
    command = work.script("load_sample.py", options.db, options.lang, result, *sample)
    process.run(
        "Setting the language" if options.no_demo else "Loading the sample dealership",
        [*command, "--", *work.options],
        cache.logs() / f"sample-{options.db}.log",
        env=work.env,
        cwd="/",
    )
    return json.loads(result.read_text(encoding="utf-8"))


def _welcome(work, database, port):
    info = work.databases.info(database)
    say()
    say(f"The dealership is open: {server.address(port)}")
    users = info.get("users") or []
    width = max((columns(label) for label, *_rest in users), default=0)
    for label, login, password in users:
        say(f"  {padded(label, width)}  {login} / {password}")
    if info.get("look_at"):
        say("Look at this first:")
    for number, text in enumerate(info.get("look_at") or [], 1):
        say(f"  {number}. {text}")
    say()


def stop(options):
    databases = [options.db] if options.db else list(server.running())
    if not any([server.stop(name) for name in databases]):
        say("No server is running.")
    return 0


def status(options):
    found = server.running()
    for name, state in found.items():
        health = "answers" if server.answers(state["port"]) else "does not answer"
        where = server.address(state["port"])
        say(f"{name}: {where} {health} (process {state['pid']})")
    if not found:
        say("No server is running.")
    return 0 if found else 1
