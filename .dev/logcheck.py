"""Warnings and errors in Odoo's log that are not Odoo's own known noise."""

import re

LINE = re.compile(r"^\d{4}-\d\d-\d\d \S+ \d+ (WARNING|ERROR|CRITICAL) (\S+) (.*)$")
# Each with its origin; none of them comes from an addon of this project.
KNOWN_NOISE = (
    # Running as root in a container.
    r"Running as user 'root' is a security risk",
    # A core addon's static file that Debian does not ship.
    r"Could not get content for mail/static/lib/selfie_segmentation",
    # PostgreSQL from the Python index comes without contrib modules.
    r"Unable to create PostgreSQL extensions",
    r"extension \"pg_trgm\" is not available",
)


def findings(log):
    """Return the suspicious lines of a log, without time and process id."""
    found = []
    for line in log.splitlines():
        match = LINE.match(line)
        if match and not any(re.search(noise, line) for noise in KNOWN_NOISE):
            found.append(f"{match[1]} {match[3]}"[:300])
    return found
