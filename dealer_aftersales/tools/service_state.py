# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The states of a car's visit to the workshop and the ways between them.

Core knows draft, confirmed, under_repair, done and cancel; a workshop needs finer
steps (SVC-04). Each fine state stands on one state of core.
"""

FLOW = (
    "appointment",
    "received",
    "diagnosed",
    "approved",
    "in_work",
    "quality_check",
    "ready",
    "delivered",
)
STATES = (*FLOW, "cancelled")
IN_HOUSE = FLOW[1:7]
OPEN = FLOW[:7]
CLOSED = ("delivered", "cancelled")
# What technicians decide; all else is the advisor's or the manager's.
TECHNICIAN_TARGETS = frozenset({"diagnosed", "in_work", "quality_check"})

CORE_STATE = {
    "appointment": "draft",
    "received": "draft",
    "diagnosed": "draft",
    "approved": "confirmed",
    "in_work": "under_repair",
    "quality_check": "under_repair",
    "ready": "done",
    "delivered": "done",
    "cancelled": "cancel",
}
FIRST_OF_CORE = {
    "draft": "received",
    "confirmed": "approved",
    "under_repair": "in_work",
    "done": "ready",
    "cancel": "cancelled",
}
# Open orders that core has moved on already.
MOVED = frozenset({"confirmed", "under_repair", "done"})


def follow_core(current, core_state, is_received, is_delivered):
    """The service state that fits what core and the delivery say.

    :param current: the service state so far, kept while it fits; or False
    :param core_state: core's state, False counts as draft
    :return: a name of :data:`STATES`
    """
    core_state = core_state or "draft"
    if core_state == "cancel":
        return "cancelled"
    if is_delivered:
        return "delivered"
    if current != "delivered" and CORE_STATE.get(current) == core_state:
        return current
    if core_state == "draft" and not is_received:
        return "appointment"
    return FIRST_OF_CORE[core_state]


def get_path(source, target):
    """The states entered on the way, the target last; none where there is no way.

    Forward over several states is one way with all their checks; back goes one
    state only. An appointment becomes an order by the car's arrival alone.
    """
    if target == "cancelled":
        return (target,) if source in FLOW[:6] else ()
    if source == "cancelled":
        return (target,) if target in FLOW[:2] else ()
    if source not in FLOW or target not in FLOW:
        return ()
    start, stop = FLOW.index(source), FLOW.index(target)
    if stop == start - 1:
        return (target,)
    if source == "appointment" and target != "received":
        return ()
    return FLOW[start + 1 : stop + 1]


def get_before(state):
    """The state one step back, or None."""
    place = FLOW.index(state) if state in FLOW else 0
    return FLOW[place - 1] if place else None
