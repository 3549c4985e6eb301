"""Start scripts for programs that were unpacked instead of installed."""

TEXT = """#!/bin/sh
export LD_LIBRARY_PATH="{libraries}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"
export XDG_DATA_DIRS="{tree}/usr/share:${{XDG_DATA_DIRS:-/usr/share}}"
{variables}exec "{program}" "$@"
"""


def write(path, program, tree, variables=None):
    """Let ``program`` find the libraries and data that lie in ``tree``."""
    libraries = sorted({found.parent for found in tree.rglob("*.so*")})
    exports = [
        f"export {name}='{value}'\n" for name, value in (variables or {}).items()
    ]
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        TEXT.format(
            libraries=":".join(map(str, libraries)),
            tree=tree,
            variables="".join(exports),
            program=program,
        ),
        encoding="utf-8",
    )
    path.chmod(0o755)
