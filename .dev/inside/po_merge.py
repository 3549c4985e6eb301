"""Merge exported terms: write|check LANGUAGE RAW_FOLDER ADDON_FOLDER...

``write`` updates <addon>.pot and <language>.po; ``check`` only compares. The
files carry no dates, so that a second run changes nothing. Exits with the
number of findings (at most 99).
"""

import re
import sys
from pathlib import Path

import polib

AUTOMATIC = re.compile(
    r"(id|display_name|(create|write)_(uid|date)|(my_)?(message|activity|website)_\w+"
    r"|rating_\w+|has_message)$"
)
#: Names in the code that the export takes for texts: values in a list after a text.
IDENTIFIER = re.compile(r"[a-z]+(_[a-z]+)*$")
EXPRESSION = "model:ir.actions.report,print_report_name"
HEADER = {
    "Project-Id-Version": "Odoo Server 19.0",
    "Report-Msgid-Bugs-To": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


def load(path):
    return polib.pofile(str(path), wrapwidth=78) if path.exists() else polib.POFile()


def key(entry):
    return (entry.msgctxt, entry.msgid)


def is_wording(entry, addon):
    """Whether people read it; file names of prints are Python expressions."""
    places = [name for name, _line in entry.occurrences]
    if all(name.startswith(EXPRESSION) for name in places):
        return False
    code = all(name.startswith("code:") for name in places)
    if not (code and IDENTIFIER.match(entry.msgid)):
        return True
    return any(says(addon, name, entry.msgid) for name in places)


def says(addon, place, word):
    """Whether the source really gives ``word`` to the translation function."""
    path = addon / place.partition(f"{addon.name}/")[2]
    spoken = re.compile(rf"_t?\(\s*[\"']{word}[\"']\s*[,)]")
    if path.suffix == ".xml":
        spoken = re.compile(rf">\s*{word}\s*<")
    return path.is_file() and bool(spoken.search(path.read_text(encoding="utf-8")))


def merged(terms, old, addon, language=""):
    """A file with the entries of ``terms`` and the translations of ``old``."""
    known = {key(entry): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=78)
    new.metadata = {**HEADER, **({"Language": language} if language else {})}
    wording = [entry for entry in terms if is_wording(entry, addon)]
    for entry in sorted(wording, key=lambda entry: entry.msgid):
        before = known.get(key(entry))
        new.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgctxt=entry.msgctxt,
                msgstr=before.msgstr if before and language else "",
                comment=entry.comment,
                occurrences=sorted(set(entry.occurrences)),
                flags=[flag for flag in entry.flags if flag != "fuzzy"],
            )
        )
    return new


def prefilled(pofile, core):
    """Labels of the columns that Odoo gives every model, in Odoo's own words."""
    for entry in pofile:
        names = [name.rpartition("__")[2] for name, _line in entry.occurrences]
        if not entry.msgstr and all(map(AUTOMATIC.match, names)):
            entry.msgstr = core.get(entry.msgid, "")
    return pofile


def text(pofile):
    return str(pofile).rstrip("\n") + "\n"


def main(mode, language, raw, *addons):
    count = 0
    raw = Path(raw)
    core = {e.msgid: e.msgstr for path in raw.glob("*.core") for e in load(path)}
    for addon in map(Path, addons):
        folder = addon / "i18n"
        terms = load(raw / f"{addon.name}.pot")
        old = load(folder / f"{language}.po")
        wanted = {
            folder / f"{addon.name}.pot": merged(terms, [], addon),
            folder / f"{language}.po": prefilled(
                merged(terms, old, addon, language), core
            ),
        }
        for path, pofile in wanted.items():
            count += settle(mode, path, text(pofile))
        count += list_missing(addon.name, wanted[folder / f"{language}.po"])
    return min(count, 99)


def settle(mode, path, wanted):
    if path.exists() and path.read_text(encoding="utf-8") == wanted:
        return 0
    if mode == "check":
        print(f"{path.parent.parent.name}/i18n/{path.name} is not up to date")
        return 1
    path.parent.mkdir(exist_ok=True)
    path.write_text(wanted, encoding="utf-8")
    return 0


def list_missing(addon, pofile):
    missing = [entry for entry in pofile if not entry.msgstr]
    for entry in missing:
        print(f"{addon}: untranslated: {entry.msgid!r}")
    print(f"{addon}: {len(pofile)} terms, {len(missing)} untranslated")
    return len(missing)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
