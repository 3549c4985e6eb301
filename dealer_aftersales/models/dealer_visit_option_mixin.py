# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime


class DealerVisitOptionMixin(models.AbstractModel):
    """The options a customer gets with a visit; only those of his class.

    Users of the mixin have ``partner_id``, ``vehicle_id`` and ``company_id``. The
    class of the car's owner counts, or that of the customer where it is better.
    """

    _name = "dealer.visit.option.mixin"
    _description = "Visit with Service Options"

    option_ids = fields.Many2many(
        "dealer.service.option", string="Service Options", check_company=True
    )
    is_fetched = fields.Boolean(compute="_compute_is_fetched")
    pickup_address = fields.Char("Fetch at / Bring to")
    pickup_date = fields.Datetime("Fetch on", copy=False)

    @api.depends("option_ids")
    def _compute_is_fetched(self):
        for visit in self:
            visit.is_fetched = any(visit.option_ids.mapped("needs_address"))

    def _get_granted_options(self):
        """Options promised before: they hold though the class has changed since."""
        return self.env["dealer.service.option"]

    def _get_option_partners(self):
        return self.partner_id | self.vehicle_id.sudo().owner_id

    @api.onchange("option_ids")
    def _onchange_option_ids(self):
        """The customer's address is proposed where the car is fetched."""
        if self.is_fetched and not self.pickup_address:
            address = self.partner_id._display_address(without_company=True)
            lines = [line.strip() for line in (address or "").splitlines()]
            self.pickup_address = ", ".join(filter(None, lines))

    @api.constrains("option_ids", "partner_id", "vehicle_id")
    def _check_options(self):
        for visit in self.filtered("option_ids"):
            new = visit.option_ids - visit._get_granted_options()
            new._check_offered(visit._get_option_partners())

    @api.constrains("option_ids", "pickup_address")
    def _check_pickup_address(self):
        for visit in self:
            if visit.is_fetched and not visit.pickup_address:
                option = visit.option_ids.filtered("needs_address")[:1]
                raise ValidationError(
                    self.env._(
                        "Fetch at / Bring to: %(option)s needs the address.",
                        option=option.name,
                    )
                )

    def _get_option_text(self):
        """The options in words, with time and place of the pick-up; empty: none."""
        self.ensure_one()
        parts = [", ".join(self.option_ids.mapped("name"))]
        if self.is_fetched:
            moment = self.pickup_date and format_datetime(
                self.env, self.pickup_date, dt_format="short"
            )
            parts += [moment, self.pickup_address]
        return " · ".join(filter(None, parts))
