"""Fonts for PDFs and browser pictures: Chinese needs a CJK font."""

import shutil

from . import apt, cache, process

PACKAGE = "fonts-noto-cjk"
# The Japanese and Korean shapes of Chinese characters would come first; the PDF
# engine does not always heed a preference, so they are hidden.
OTHER_SHAPES = ("JP", "KR", "HK", "TC")
REJECTED = """
  <selectfont><rejectfont><pattern><patelt name="family">
    <string>Noto {style} CJK {shape}</string>
  </patelt></pattern></rejectfont></selectfont>"""
CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  {folders}
  <cachedir>{cache}</cachedir>
  {rejected}
  <alias>
    <family>sans-serif</family>
    <prefer><family>DejaVu Sans</family><family>Noto Sans CJK SC</family></prefer>
  </alias>
  <alias>
    <family>serif</family>
    <prefer><family>DejaVu Serif</family><family>Noto Serif CJK SC</family>
    <family>Noto Sans CJK SC</family></prefer>
  </alias>
  <alias>
    <family>monospace</family>
    <prefer><family>DejaVu Sans Mono</family>
    <family>Noto Sans Mono CJK SC</family></prefer>
  </alias>
</fontconfig>
"""


def environment():
    """Return the variables that make a CJK font visible to all programs."""
    folder = cache.part(
        "fonts", cache.digest(CONFIG, REJECTED, OTHER_SHAPES), _configure
    )
    return {"FONTCONFIG_FILE": str(folder / "fonts.conf")}


def _configure(folder):
    folders = []
    if not process.capture(["fc-list", ":lang=zh-cn", "family"]):
        folders.append(cache.part("fonts", "noto-cjk", _fetch) / "usr/share/fonts")
    text = CONFIG.format(
        folders="".join(f"<dir>{path}</dir>" for path in folders),
        cache=folder / "cache",
        rejected="".join(
            REJECTED.format(style=style, shape=shape)
            for style in ("Sans", "Sans Mono", "Serif")
            for shape in OTHER_SHAPES
        ),
    )
    (folder / "fonts.conf").write_text(text, encoding="utf-8")


def _fetch(folder):
    mirror = apt.source("host")
    mirror.update()
    archives = mirror.download("Fetching a Chinese font", [PACKAGE], folder / "deb")
    apt.unpack(archives, folder, ("usr/share/doc",))
    shutil.rmtree(folder / "deb")
