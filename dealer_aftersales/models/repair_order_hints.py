# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

# The order's own lines tell of these, with what can be done about them here; what is
# taken over or settled is not told a second time by the reception's card.
OWN_TOPICS = frozenset(
    {
        "dealer.declined.work",
        "dealer.maintenance.due",
        "dealer.recall",
        "dealer.service.contract",
    }
)
#: Hints that put more work on an order: only told once its work is done.
WORK_CODES = ("due", "declined")


class RepairOrder(models.Model):
    """What else there is to mind and to do on this car: one line each."""

    _inherit = "repair.order"

    @api.readonly
    def get_order_hints(self):
        """The lines beside the order, read after the form is there.

        Lines of the other parts of the workshop come first; what the reception's
        card tells of the customer and the car follows, unless it is said already.

        :return: list of dicts as of :meth:`_get_order_hints`
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("dealer_crm.group_dealer_user"):
            return []
        hints = self._get_order_hints()
        is_done = self.state in ("done", "cancel")
        may_act = self.has_access("write")
        for hint in hints:
            if not may_act or (is_done and hint["code"] in WORK_CODES):
                hint["action"] = False
        said = {(hint["model"], hint["id"]) for hint in hints if hint["model"]}
        said.add((self._name, self.id))
        return hints + [
            hint
            for hint in self._get_desk_hints()
            if (hint["model"], hint["id"]) not in said
            and hint["model"] not in OWN_TOPICS
            and self.name not in hint["text"]
        ]

    def _get_desk_hints(self):
        """Marks of the customer, and what is open for him or the car."""
        person = self.bringer_id or self.partner_id
        if not person or not person.has_access("read"):
            return []
        marks = [
            self._hint("mark", mark["text"], mark["level"]) | {"model": False, "id": n}
            for n, mark in enumerate(person._get_desk_marks())
            if mark["level"] in ("danger", "warning")
        ]
        return marks + [
            self._hint("desk", line["text"], line["level"])
            | {"model": line.get("model"), "id": line.get("res_id")}
            for line in person._get_desk_now(self.vehicle_id)
        ]

    @api.model
    def _hint(self, code, text, level="info", record=None, action=False, label=""):
        """One line of the panel.

        :param record: the record a click on the text opens
        :param action: method of the order that takes the line over, or False
        :param label: words of the button, e.g. "Add to the work"
        """
        return {
            "code": code,
            "label": label,
            "text": text,
            "level": level,
            "model": record._name if record else False,
            "id": record.id if record else False,
            "action": action,
        }
