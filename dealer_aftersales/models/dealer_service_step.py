# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .repair_order_state import SERVICE_STATES


class DealerServiceStep(models.Model):
    """What somebody has to do when an order reaches a state (SVC-05).

    The branch writes down which activity, for whom and in how many days; where no
    step stands for a state, nothing is made.
    """

    _name = "dealer.service.step"
    _description = "Service Step"
    _order = "sequence, id"
    _rec_name = "summary"

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Branch", index=True, help="Empty: all branches."
    )
    state = fields.Selection(SERVICE_STATES, "When the order is", required=True)
    summary = fields.Char("What to do", required=True, translate=True)
    activity_type_id = fields.Many2one(
        "mail.activity.type", "Activity", required=True, ondelete="restrict"
    )
    responsible = fields.Selection(
        [
            ("advisor", "Service Advisor"),
            ("technician", "Technicians"),
            ("sales", "Sales Consultant of the Car"),
        ],
        required=True,
        default="advisor",
    )
    days = fields.Integer("After (days)")
    is_without_call = fields.Boolean(
        "Only without callback",
        help="Not where an active callback policy calls the customer after service.",
    )

    _days_check = models.Constraint(
        "CHECK (days >= 0)", "After (days): nothing is due before its state."
    )

    def _get_people(self, repair):
        """Users who get the activity; none where the role is empty on the order."""
        self.ensure_one()
        if self.responsible == "technician":
            return repair.labor_ids.technician_id
        if self.responsible == "sales":
            return repair.vehicle_id.sudo().sales_user_id
        return repair.advisor_id

    def _schedule_on(self, repair):
        """Make the activity, once while it is open."""
        self.ensure_one()
        summary = self.summary
        today = repair.company_id._get_dealer_today()
        known = repair.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.activity_type_id
            and activity.summary == summary
        )
        for user in self._get_people(repair) - known.user_id:
            repair.activity_schedule(
                activity_type_id=self.activity_type_id.id,
                summary=summary,
                date_deadline=fields.Date.add(today, days=self.days),
                user_id=user.id,
            )


class RepairOrder(models.Model):
    _inherit = "repair.order"

    def _after_state(self, source, target):
        res = super()._after_state(source, target)
        steps = self.env["dealer.service.step"].sudo()
        steps = steps.search(
            [
                ("state", "=", target),
                ("company_id", "in", [False, *self.company_id.ids]),
            ]
        )
        called = steps.filtered("is_without_call") and self._get_called_branches()
        for repair in self.sudo() if steps else ():
            for step in steps:
                is_elsewhere = step.company_id and step.company_id != repair.company_id
                if is_elsewhere or (
                    step.is_without_call and repair.company_id in called
                ):
                    continue
                step._schedule_on(repair)
        return res

    @api.model
    def _get_called_branches(self):
        """Branches whose customers are called after service by a policy."""
        policies = self.env["dealer.callback.policy"].sudo()
        policies = policies.search(
            [
                ("model_id.model", "=", "repair.order"),
                ("purpose", "=", "after_service"),
            ]
        )
        if any(not policy.company_id for policy in policies):
            return self.env["res.company"]._get_all_branches()
        return policies.company_id
