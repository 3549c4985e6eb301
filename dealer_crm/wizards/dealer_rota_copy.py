# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

MOST_DAYS = 62


class DealerRotaCopy(models.TransientModel):
    """Makes the rotas of the coming days from the ones that are there."""

    _name = "dealer.rota.copy"
    _description = "Copy a Rota to the Next Days"

    rota_id = fields.Many2one("dealer.rota", required=True, readonly=True)
    mode = fields.Selection(
        [
            ("same", "This rota on each day"),
            ("week", "Each day as seven days before"),
        ],
        required=True,
        default="same",
    )
    days = fields.Integer("Number of Days", required=True, default=6)
    date_until = fields.Date("Until", compute="_compute_date_until")

    @api.depends("rota_id", "days")
    def _compute_date_until(self):
        for wizard in self:
            wizard.date_until = wizard.rota_id.date and fields.Date.add(
                wizard.rota_id.date, days=min(max(wizard.days, 0), MOST_DAYS)
            )

    def action_copy(self):
        """Days that have a rota keep it; all new ones are drafts.

        :return: the action that shows what was made
        :raises UserError: a number of days that makes no sense
        """
        self.ensure_one()
        if not 1 <= self.days <= MOST_DAYS:
            raise UserError(
                self.env._(
                    "Number of Days: enter 1 to %(most)d.",
                    most=MOST_DAYS,
                )
            )
        made = self.env["dealer.rota"]
        for number in range(1, self.days + 1):
            day = self.rota_id.date + timedelta(days=number)
            made |= self._get_source(day)._copy_to_day(day)
        if not made:
            raise UserError(
                self.env._("Nothing to copy: these days have a rota or no pattern.")
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.dealer_rota_action"
        )
        return {**action, "domain": [("id", "in", made.ids)], "view_mode": "list,form"}

    def _get_source(self, day):
        """The rota that ``day`` repeats, or an empty one."""
        if self.mode == "same":
            return self.rota_id
        return self.env["dealer.rota"]._find_day(
            self.rota_id.company_id, day - timedelta(days=7)
        )
