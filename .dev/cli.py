"""The command line."""

import argparse
import errno
import os
import sys

from . import bench, i18n, lint, play, suite
from .console import Problem

ODOO_HELP = "a source tree, an unpacked package or a .deb of Odoo 19"


def main(arguments):
    options = _parse(arguments)
    # PostgreSQL runs as another user where root starts it, and reads our files.
    os.umask(0o022)
    try:
        return int(options.command(options))
    except Problem as problem:
        return _complain(problem)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS):
            raise
        place = f": {error.filename}" if error.filename else ""
        return _complain(f"{os.strerror(error.errno)}{place}.")
    except KeyboardInterrupt:
        return _complain("interrupted; the next run goes on from here.")


def _complain(text):
    sys.stdout.flush()
    print(f"./dev: {text}", file=sys.stderr)
    return 2


def _parse(arguments):
    parser = argparse.ArgumentParser(prog="./dev", description="Dealer addons")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_run(commands)
    _add_test(commands)
    _add_small(commands)
    options, rest = parser.parse_known_args(arguments)
    if options.command is suite.run:
        options.pytest = rest
    elif rest:
        parser.error(f"unknown arguments: {' '.join(rest)}")
    return options


def _add_run(commands):
    run = commands.add_parser("run", help="open the sample dealership")
    run.set_defaults(command=play.run)
    run.add_argument("--odoo", metavar="PATH", help=ODOO_HELP)
    run.add_argument("--db", default="dealer", help="database (default: dealer)")
    run.add_argument("--port", type=int, help="HTTP port (default: 8069)")
    run.add_argument("--lang", default="zh_CN", choices=["zh_CN", "en_US"])
    run.add_argument("--reset", action="store_true", help="start from nothing")
    run.add_argument("--no-demo", action="store_true", help="no sample dealership")
    run.add_argument(
        "--background", action="store_true", help="return when the server answers"
    )
    stop = commands.add_parser("stop", help="stop the servers of ./dev run")
    stop.set_defaults(command=play.stop)
    stop.add_argument("--db", help="only the server of this database")
    status = commands.add_parser("status", help="which servers run")
    status.set_defaults(command=play.status)


def _add_test(commands):
    test = commands.add_parser(
        "test",
        help="run the test suite",
        epilog="Other arguments go to pytest; with any, only the main suite runs.",
    )
    test.set_defaults(command=suite.run, pytest=[])
    test.add_argument("--odoo", metavar="PATH", help=ODOO_HELP)
    test.add_argument("--quick", action="store_true", help="only the main suite")


def _add_small(commands):
    measure = commands.add_parser("bench", help="measure cost against limits")
    measure.set_defaults(command=bench.run)
    measure.add_argument("--odoo", metavar="PATH", help=ODOO_HELP)
    measure.add_argument("names", nargs="*", help="scripts of tests/bench")
    check = commands.add_parser("lint", help="check style, sizes and translations")
    check.set_defaults(command=lint.run)
    check.add_argument("--odoo", metavar="PATH", help=ODOO_HELP)
    terms = commands.add_parser("i18n", help="bring pot and po files up to date")
    terms.set_defaults(command=i18n.run)
    terms.add_argument("--odoo", metavar="PATH", help=ODOO_HELP)
