"""Set the language and load the sample: DB LANG RESULT [SCRIPT] -- OPTIONS."""

import json
import sys
from pathlib import Path

from session import environment, load_file


def main(arguments):
    split = arguments.index("--")
    database, lang, result, *script = arguments[:split]
    values = {}
    with environment(database, arguments[split + 1 :]) as env:
        speak(env, lang)
        if script:
            sample = load_file(Path(script[0]), "load_sample")
            values = sample.main(loading(env), lang) or {}
        Path(result).write_text(json.dumps(values), encoding="utf-8")


def loading(env):
    """An environment that behaves as while data files are loaded.

    Without it, naming a company's country installs that country's modules at
    once and replaces the registry in the middle of the transaction.
    """
    return env(context={**env.context, "install_mode": True})


def speak(env, lang):
    """New and existing users get the chosen language."""
    env["ir.default"].set("res.partner", "lang", lang)
    users = env["res.users"].with_context(active_test=False).search([])
    users.partner_id.lang = lang


if __name__ == "__main__":
    main(sys.argv[1:])
