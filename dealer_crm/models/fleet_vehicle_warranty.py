# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.tools import format_date


class FleetVehicle(models.Model):
    """Warranty from the model's terms, and whether the law's 三包 covers the car."""

    _inherit = "fleet.vehicle"

    acquisition_date = fields.Date(default=lambda self: self._default_registration())
    warranty_end_date = fields.Date(
        compute="_compute_warranty_end",
        store=True,
        readonly=False,
        index="btree_not_null",
    )
    warranty_end_odometer = fields.Integer(
        compute="_compute_warranty_end", store=True, readonly=False
    )
    legal_warranty_hint = fields.Char(
        "Three Guarantees", compute="_compute_legal_warranty_hint"
    )

    @api.model
    def _default_registration(self):
        """Core takes today: right for a company car, a lie for a customer's."""
        if self.env.context.get("default_trade_state"):
            return False
        return fields.Date.context_today(self)

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            if vals.get("trade_state") or vals.get("owner_id"):
                vals.setdefault("acquisition_date", False)
        return super().create(vals_list)

    @api.depends("purchase_date", "model_id")
    def _compute_warranty_end(self):
        """Propose the model's terms to the first buyer; what is entered stays.

        A resold car keeps the warranty it has.
        """
        for vehicle in self:
            model, start = vehicle.model_id, vehicle.purchase_date
            end, km = vehicle.warranty_end_date, vehicle.warranty_end_odometer
            if start and vehicle.trade_state and not (end or km):
                if model.warranty_months:
                    end = start + relativedelta(months=model.warranty_months)
                km = model.warranty_km
            vehicle.warranty_end_date = end
            vehicle.warranty_end_odometer = km

    @api.depends("usage", "purchase_date", "model_id")
    def _compute_legal_warranty_hint(self):
        today = fields.Date.context_today(self)
        for vehicle in self:
            vehicle.legal_warranty_hint = vehicle._get_legal_warranty_hint(today)

    def _get_legal_warranty_hint(self, today):
        """三包 covers household cars only (Order 43 of 2021), for time or distance."""
        self.ensure_one()
        if self.usage != "private":
            return self.env._("Not applicable: no household use")
        start = self._get_first_sale_date()
        months, km = self.model_id.sanbao_months, self.model_id.sanbao_km
        if not (start and months):
            return False
        end = start + relativedelta(months=months)
        values = {"date": format_date(self.env, end), "km": km}
        if end < today:
            return self.env._("Ended on %(date)s", **values)
        return self.env._("Until %(date)s or %(km)s km", **values)

    def _get_first_sale_date(self):
        """The day the first known owner took the car."""
        self.ensure_one()
        owners = self.sudo().party_ids.filtered(lambda p: p.role == "owner")
        days = [day for day in owners.mapped("date_from") if day]
        return min(days, default=self.purchase_date)
