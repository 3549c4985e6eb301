"""A pytest plugin: a test skipped for lack of a tool is a failure.

Odoo skips browser and PDF tests quietly where Chromium, websocket-client or
wkhtmltopdf is missing, and such a run would look green.
"""

import re

import pytest

MISSING_TOOL = re.compile(
    r"websocket-client|chrome|chromium|browser|wkhtmltopdf|unpatched QT|--odoo-http",
    re.IGNORECASE,
)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    reason = str(report.longrepr) if report.skipped else ""
    if MISSING_TOOL.search(reason) and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped for lack of a tool: {reason}"
