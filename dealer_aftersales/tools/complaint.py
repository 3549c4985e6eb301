# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The way of a complaint from the first word to its end (CMP-01, CB-15).

An opinion, a suggestion or a need goes a shorter way: it is answered and closed.
"""

COMPLAINT_KINDS = ("service", "technical", "sales", "parts", "price", "other")
FEEDBACK_KINDS = ("opinion", "suggestion", "need")
COMPLAINT_PATH = (
    "received",
    "answered",
    "investigated",
    "proposed",
    "agreed",
    "done",
    "confirmed",
    "closed",
)
FEEDBACK_PATH = ("received", "answered", "closed")
#: The customer waits for nothing any more.
ENDED = ("closed", "withdrawn")
#: What must be filled in before a step, by names of fields.
REQUIRED = {
    "answered": ("answer",),
    "investigated": ("investigation", "cause_id"),
    "proposed": ("proposal",),
    "agreed": ("remedy",),
    "done": ("work_done",),
    "confirmed": ("confirmed_by", "confirm_channel"),
}
#: Which kind a problem named on the phone usually is, by the problem's code.
ISSUE_KINDS = {"not_fixed": "technical", "price": "price", "parts_missing": "parts"}
DEPARTMENTS = {"sales": "sales", "parts": "parts", "other": "care"}


def is_feedback(kind):
    """True for what is no complaint: an opinion, a suggestion, a need."""
    return kind in FEEDBACK_KINDS


def get_path(kind):
    """All steps of this kind in their order."""
    return FEEDBACK_PATH if is_feedback(kind) else COMPLAINT_PATH


def get_way(kind, source, target):
    """Steps from ``source`` (left out) to ``target``.

    :return: tuple of states; empty where ``target`` does not lie ahead
    """
    path = get_path(kind)
    if source not in path or target not in path:
        return ()
    return path[path.index(source) + 1 : path.index(target) + 1]


def get_step_before(kind, state):
    """The state one step back, or None at the start and outside of the path."""
    path = get_path(kind)
    place = path.index(state) if state in path else 0
    return path[place - 1] if place else None


def get_department(kind):
    """Who answers for this kind, until somebody chooses another."""
    return DEPARTMENTS.get(kind, "care" if is_feedback(kind) else "service")


def guess_kind(codes, purpose):
    """The kind of a complaint that came up on a call.

    :param codes: codes of the problems named
    :param purpose: purpose of the call
    """
    kinds = [ISSUE_KINDS[code] for code in codes if code in ISSUE_KINDS]
    if kinds:
        return kinds[0]
    return "sales" if purpose in ("after_delivery", "delivery") else "service"
