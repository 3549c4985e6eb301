# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

STAMP = ("policy_sheet_date", "policy_sheet_user_id")


class FleetVehicle(models.Model):
    """The service policy is explained to each owner and handed over on paper.

    The stamp belongs to the present owner: the next one has to be told, too.
    """

    _inherit = "fleet.vehicle"

    policy_sheet_date = fields.Date(
        "Service Policy explained on", readonly=True, copy=False
    )
    policy_sheet_user_id = fields.Many2one(
        "res.users", "Service Policy explained by", readonly=True, copy=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_policy_sheet_values(vals)
            if not self.env.su:
                vals.update(dict.fromkeys(STAMP, False))  # also against the context
        return super().create(vals_list)

    def write(self, vals):
        self._check_policy_sheet_values(vals)
        if "owner_id" not in vals:
            return super().write(vals)
        told = self.filtered("policy_sheet_date")
        owners = {vehicle: vehicle.owner_id for vehicle in told}
        result = super().write(vals)
        told.filtered(lambda v: v.owner_id != owners[v])._clear_policy_sheet()
        return result

    def _check_policy_sheet_values(self, vals):
        """:raises AccessError: when somebody types the stamp instead of the button"""
        if not self.env.su and any(vals.get(name) for name in STAMP):
            raise AccessError(
                self.env._("Service Policy explained: use the button on the car.")
            )

    def _clear_policy_sheet(self):
        if self:
            self.sudo().write(dict.fromkeys(STAMP, False))

    def _open_service_file(self):
        """Who takes over a delivered car explains the policy to its owner."""
        fresh = self.sudo().filtered(lambda v: not v.service_file_date)
        result = super()._open_service_file()
        waiting = fresh.filtered(lambda v: v.service_file_date)
        for advisor, cars in waiting.grouped("advisor_id").items():
            if advisor:
                cars.activity_schedule(
                    "dealer_aftersales.mail_activity_type_policy", user_id=advisor.id
                )
        return result

    def _needs_policy_sheet(self):
        """Whether the owner of a car sold by us was not told the policy yet."""
        self.ensure_one()
        return (
            self._is_service_car()
            and self.origin == "own_sale"
            and not self.policy_sheet_date
        )

    def action_policy_explained(self):
        """Tick: the policy was explained and the sheet handed over.

        :raises UserError: for a car without an owner
        """
        self.check_access("write")
        for vehicle in self:
            if not vehicle._is_service_car():
                raise UserError(
                    self.env._("Only the owner of a car is told the service policy.")
                )
            company = vehicle.company_id or self.env.company
            vehicle.sudo().write(
                {
                    "policy_sheet_date": company._get_dealer_today(),
                    "policy_sheet_user_id": self.env.uid,
                }
            )
            vehicle._message_log(
                body=self.env._("Service policy explained and handed over.")
            )
        self.activity_feedback(["dealer_aftersales.mail_activity_type_policy"])
        return True

    def action_undo_policy_explained(self):
        """The tick was a mistake."""
        self.check_access("write")
        self._clear_policy_sheet()
        return True

    def _get_due_rows(self):
        """The open items of the plan: list of dicts name, date, km, earliest first."""
        self.ensure_one()
        dues = self.env["dealer.maintenance.due"].search(
            [("vehicle_id", "=", self.id), ("state", "=", "open")]
        )
        return [
            {
                "name": due.line_id.name,
                "date": due.date_due,
                "km": due.odometer_due,
            }
            for due in dues
        ]
