# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import service_state as steps

# No client can send this very object: it marks the writes of a running transition.
RUNNING = object()
SERVICE_STATES = [
    ("appointment", "Appointment"),
    ("received", "Received"),
    ("diagnosed", "Diagnosed"),
    ("approved", "Approved"),
    ("in_work", "In Work"),
    ("quality_check", "Quality Check"),
    ("ready", "Ready"),
    ("delivered", "Delivered"),
    ("cancelled", "Cancelled"),
]
FOLLOWED_FIELDS = frozenset({"date_delivered", "state", "vehicle_id"})


class RepairOrder(models.Model):
    """Where the car is on its way through the workshop (SVC-04).

    Only orders on a car have a service state. It changes by transitions, whoever
    asks for it: a button, a card dragged on the board, a write over RPC, core's own
    methods. Each one is checked, logged with user and time, and told to the hooks.
    """

    _inherit = "repair.order"

    service_state = fields.Selection(
        SERVICE_STATES,
        compute="_compute_service_state",
        store=True,
        readonly=False,
        copy=False,
        group_expand="_expand_service_states",
    )

    _service_state_idx = models.Index(
        "(company_id, service_state) WHERE vehicle_id IS NOT NULL"
        " AND service_state NOT IN ('delivered', 'cancelled')"
    )

    @api.depends("state", "date_delivered", "vehicle_id")
    def _compute_service_state(self):
        for repair in self:
            if not repair.vehicle_id:
                repair.service_state = False
                continue
            repair.service_state = steps.follow_core(
                repair.service_state,
                repair.state,
                repair.date_in,
                repair.date_delivered,
            )

    @api.model
    def _expand_service_states(self, states, domain):
        return list(steps.FLOW)

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        targets = [self._prepare_first_state(vals) for vals in vals_list]
        repairs = super().create(vals_list)
        for repair, target in zip(repairs, targets, strict=True):
            if target and repair.service_state != target:
                repair._go_to(target)
        return repairs

    @api.model
    def _prepare_first_state(self, vals):
        """A new order is an appointment or received; history is delivered at once.

        :return: the state an open order that is taken over goes on to, or None
        """
        wanted = vals.pop("service_state", None)
        if not self.env.su:
            wanted = self._take_core_state(vals, wanted)
        if not (vals.get("vehicle_id") or self.env.context.get("default_vehicle_id")):
            vals["service_state"] = False
            return None
        if wanted == "appointment":
            vals.setdefault("date_in", False)
        vals["service_state"] = steps.follow_core(
            wanted,
            vals.get("state"),
            vals.get("date_in", True),
            vals.get("date_delivered"),
        )
        is_open = vals["service_state"] in steps.OPEN
        return wanted if is_open and wanted in steps.STATES else None

    @api.model
    def _take_core_state(self, vals, wanted):
        """An open order of a client begins as a draft and goes on by the checked way.

        :return: the service state it is to reach, ``wanted`` where core says no more
        """
        context = self.env.context
        if "default_date_delivered" in context:
            vals.setdefault("date_delivered", False)
        state = vals.get("state") or context.get("default_state")
        car = vals.get("vehicle_id") or context.get("default_vehicle_id")
        if not car or vals.get("date_delivered") or state not in steps.MOVED:
            return wanted
        vals["state"] = "draft"
        fits = steps.CORE_STATE.get(wanted) == state
        return wanted if fits else steps.FIRST_OF_CORE[state]

    def write(self, vals):
        if self.env.context.get("dealer_transition") is RUNNING:
            return super().write(vals)
        if "service_state" in vals:
            vals = dict(vals)
            target = vals.pop("service_state")
            result = self.write(vals) if vals else True
            self.filtered("vehicle_id")._go_to(target)
            return result
        if not FOLLOWED_FIELDS & vals.keys():
            return super().write(vals)
        if vals.get("date_delivered"):
            here = self.filtered(lambda r: r.service_state in steps.OPEN)
            here._go_to("delivered")
        self._check_followed(vals)
        before = {repair: repair.service_state for repair in self}
        result = super().write(vals)
        self.filtered(lambda r: not before[r])._check_joined()
        self._after_states(before)
        return result

    def _check_joined(self):
        """An order that gets its car late stands against the same checks.

        :raises UserError: tells all that stands against the state it is in
        """
        for repair in self.filtered(lambda r: r.service_state in steps.IN_HOUSE):
            path = steps.get_path("received", repair.service_state)
            texts = [t for state in path for t in repair._get_state_blocks(state)]
            if texts and not self.env.su:
                raise UserError("\n".join(dict.fromkeys(texts)))

    def _check_followed(self, vals):
        """Core's own steps are steps of the workshop: nothing passes by its checks."""
        going = {}
        for repair in self.filtered("service_state"):
            target = steps.follow_core(
                repair.service_state,
                vals.get("state", repair.state),
                repair.date_in,
                vals.get("date_delivered", repair.date_delivered),
            )
            if target != repair.service_state:
                going[target] = going.get(target, self.browse()) | repair
        for target, repairs in going.items():
            repairs._check_transition(target)

    def _go_to(self, target, reason=False):
        """Bring the orders to a state, with all checks on the way.

        :param target: a name of ``tools.service_state.STATES``
        :param reason: why it goes back, for the log
        :raises UserError: when there is no way, or something stands against it
        """
        going = self.filtered(lambda r: r.service_state != target)
        going._check_transition(target)
        before = {repair: repair.service_state for repair in going}
        for repair in going.with_context(dealer_transition=RUNNING):
            repair._apply_transition(target)
        going._after_states(before, reason)

    def _check_transition(self, target):
        """:raises UserError: tells all that stands against it, in one message"""
        problems = []
        for repair in self:
            path = steps.get_path(repair.service_state, target)
            if not path:
                problems.append(repair._get_no_way_text(target))
            texts = [t for state in path for t in repair._get_state_blocks(state)]
            problems += dict.fromkeys(texts)
        if problems:
            raise UserError("\n".join(problems))

    def _get_no_way_text(self, target):
        names = dict(self._fields["service_state"]._description_selection(self.env))
        return self.env._(
            "Order %(order)s cannot go from %(before)s to %(after)s.",
            order=self.name,
            before=names.get(self.service_state, ""),
            after=names.get(target, target),
        )

    def _after_states(self, before, reason=False):
        """Log the changes and tell the hooks.

        :param before: service state by order, of orders that may have changed
        """
        changes = {}
        for repair, source in before.items():
            if source and repair.service_state and source != repair.service_state:
                key = (source, repair.service_state)
                changes[key] = changes.get(key, self.browse()) | repair
        for (source, target), repairs in changes.items():
            repairs._log_transition(source, target, reason)
            repairs._after_state(source, target)

    def _apply_transition(self, target):
        """Core's own steps first, then the finer state."""
        self.ensure_one()
        self._move_core(steps.CORE_STATE[target], self.service_state == "delivered")
        values = {"service_state": target}
        if target == "received" and not self.date_in:
            values["date_in"] = fields.Datetime.now()
        elif target == "appointment":
            values["date_in"] = False
        elif target == "delivered":
            values["date_delivered"] = fields.Datetime.now()
            values["odometer_out"] = self.odometer_out or self.odometer_in
        self.write(values)

    def _move_core(self, core_state, was_delivered=False):
        """The steps of core that lead to one of its states."""
        if was_delivered:
            self.write({"date_delivered": False})
        if core_state == "cancel":
            self.action_repair_cancel()
        elif core_state == "draft" and self.state != "draft":
            self.action_repair_cancel_draft()
        elif core_state == "confirmed" and self.state == "draft":
            self._action_repair_confirm()
        elif core_state == "under_repair" and self.state in ("draft", "confirmed"):
            self.action_repair_start()
        elif core_state == "done" and self.state != "done":
            self._move_core("under_repair")
            self.action_repair_end()
        elif self.state != core_state:
            # One step back that core has no method for: parts used stay used.
            self.write({"state": core_state})
