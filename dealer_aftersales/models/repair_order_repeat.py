# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class RepairOrder(models.Model):
    """The same complaint again shortly after a visit (SVC-12)."""

    _inherit = "repair.order"

    is_repeat = fields.Boolean(
        "Repeat Repair",
        compute="_compute_is_repeat",
        store=True,
        help="A symptom of this order was treated on the car shortly before.",
    )

    _repeat_idx = models.Index("(company_id, date_delivered) WHERE is_repeat")

    @api.depends("concern_ids.repeat_of_id")
    def _compute_is_repeat(self):
        for repair in self:
            repair.is_repeat = bool(repair.concern_ids.repeat_of_id)

    def _is_shortly_after(self, visit):
        """Whether this order follows a delivered one within the branch's days."""
        self.ensure_one()
        days = self.company_id.sudo().repeat_repair_days
        done = visit._get_branch_day(visit.date_delivered)
        passed = (self._get_branch_day(self.date_in) - done).days
        return 0 <= passed <= days and self._is_later_than(visit)

    def _is_later_than(self, visit):
        return not self.date_in or visit.date_delivered <= self.date_in

    def _get_board_flags(self):
        flags = super()._get_board_flags()
        for repair in self.filtered("is_repeat"):
            flags[repair.id].append(("again", self.env._("Again"), "danger"))
        return flags
