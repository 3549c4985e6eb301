"""What the user sees: steps with elapsed time, and problems in one sentence."""

import shutil
import sys
import time
import unicodedata

HEARTBEAT = 20


class Problem(Exception):
    """Something the user has to know or do; shown without a traceback."""

    def __init__(self, message, hint=""):
        super().__init__(message)
        self.hint = hint

    def __str__(self):
        return " ".join(filter(None, [super().__str__(), self.hint]))


def say(text=""):
    print(text, flush=True)


def human_size(count):
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def padded(text, width):
    """Pad to a width in terminal columns: a Chinese character takes two."""
    return text + " " * (width - columns(text))


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class Step:
    """One long action: names itself, ticks while it runs, closes with its time.

    On a terminal the line is rewritten in place; in a log a heartbeat line is
    printed now and then, so that nobody takes a long step for a hang.
    """

    def __init__(self, title):
        self.title = title
        self.start = self.last = time.monotonic()
        self.live = sys.stdout.isatty()

    def __enter__(self):
        if not self.live:
            say(f"• {self.title} …")
        self.tick()
        return self

    def elapsed(self):
        return time.monotonic() - self.start

    def tick(self, detail=""):
        now = time.monotonic()
        detail = f", {detail}" if detail else ""
        if self.live:
            width = shutil.get_terminal_size().columns - 1
            line = f"• {self.title} … {now - self.start:.0f} s{detail}"
            print("\r\033[K" + line[:width], end="", flush=True)
        elif now - self.last >= HEARTBEAT:
            self.last = now
            say(f"  … {self.title}: {now - self.start:.0f} s{detail}")

    def __exit__(self, kind, error, trace):
        mark = "✗" if kind else "✓"
        start = "\r\033[K" if self.live else ""
        say(f"{start}{mark} {self.title} ({self.elapsed():.0f} s)")
