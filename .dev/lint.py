"""``./dev lint``: pylint-odoo, ruff, sizes, translations."""

import ast
import subprocess
import sys

from . import cache, i18n, python
from .console import say
from .workplace import ADDONS, prepare

# Ruff reads no setup.cfg; this is the one place of its settings.
RUFF = (
    "--isolated",
    "--no-cache",
    "--select=E,F,W,B,C90,I,UP",
    "--line-length=88",
    "--target-version=py310",
    "--config=lint.mccabe.max-complexity=10",
    '--config=lint.per-file-ignores={"__init__.py"=["F401"]}',
)
FORMAT = ("--isolated", "--no-cache", "--line-length=88", "--target-version=py310")
# Large models are cut by concern into several files on purpose.
PYLINT = ("--rcfile=setup.cfg", "--disable=consider-merging-classes-inherited")
FILE_LINES = 350
METHOD_LINES = 40
FOLDERS = (*ADDONS, "data", "tests", ".dev", "dev")


def run(options):
    tools = python.lint_environment().parent
    paths = [path for path in FOLDERS if (cache.ROOT / path).exists()]
    addons = [path for path in ADDONS if (cache.ROOT / path).exists()]
    findings = [
        _tool(tools, "ruff check", "ruff", "check", *RUFF, "--", *paths),
        _tool(tools, "ruff format", "ruff", "format", "--check", *FORMAT, "--", *paths),
        _tool(tools, "pylint-odoo", "pylint", *PYLINT, *addons),
        _sizes(paths),
        _translations(options),
    ]
    return int(any(findings))


def _tool(tools, title, program, *arguments):
    say(f"• {title}")
    sys.stdout.flush()
    return subprocess.run([str(tools / program), *arguments], cwd=cache.ROOT).returncode


def _translations(options):
    say("• translations")
    work = prepare(options.odoo)
    return i18n.update(work, cache.ROOT, check=True)


def _sizes(paths):
    say("• sizes")
    count = 0
    for path in _python_files(paths):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(cache.ROOT)
        lines = text.count("\n")
        if lines > FILE_LINES:
            say(f"{name}: {lines} lines, at most {FILE_LINES}")
            count += 1
        for node, length in _long_methods(text):
            say(f"{name}:{node.lineno}: {node.name} has {length} lines")
            count += 1
    return count


def _python_files(paths):
    for path in map(cache.ROOT.joinpath, paths):
        if path.is_file():
            yield path
        yield from sorted(path.rglob("*.py"))


def _long_methods(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length > METHOD_LINES:
                yield node, length
