# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether a measure helped: rules without database."""


def is_better(before, after, lower_is_better=False):
    """Whether a figure improved; None where one side is unknown.

    :param before, after: figure before the approval and since it was carried out
    """
    if before is None or after is None:
        return None
    return after < before if lower_is_better else after > before


def judge_measure(results, is_figure_better=None):
    """What the re-calls and the figure say together.

    :param results: per affected customer ``ok``, ``not_ok``, ``waiting`` or
        ``unknown`` (called, but no word on it)
    :param is_figure_better: True, False, or None where it cannot be told yet
    :return: ``ineffective`` as soon as one customer says so; ``waiting`` while calls
        are open; ``effective`` when at least one says that it helped and the figure
        is not worse; else ``unproven``
    """
    if "not_ok" in results:
        return "ineffective"
    if "waiting" in results:
        return "waiting"
    if "ok" not in results:
        return "unproven"
    return "ineffective" if is_figure_better is False else "effective"


def share(part, total):
    """A part of a total, or None where there is nothing to divide by."""
    return part / total if total else None
