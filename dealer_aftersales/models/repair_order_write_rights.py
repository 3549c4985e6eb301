# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError

from ..tools.service_state import TECHNICIAN_TARGETS

# What the advisor agrees with the customer: technicians read it only.
ADVISOR_FIELDS = frozenset(
    {
        "advisor_id",
        "amount_parts_history",
        "bringer_id",
        "company_id",
        "date_delivered",
        "date_in",
        "date_promised",
        "name",
        "partner_id",
        "service_kind",
        "under_warranty",
        "vehicle_id",
    }
)


class RepairOrder(models.Model):
    """Who may do what on an order (domain.md 15).

    Advisors and managers do all; technicians work on their own lines and say where
    the work stands. Users of core's Repair without a role in the dealership keep
    core's rights.
    """

    _inherit = "repair.order"

    @api.model
    def _is_technician_only(self):
        """The user works on cars, but agrees nothing with customers."""
        user = self.env.user
        return (
            not self.env.su
            and user.has_group("dealer_aftersales.group_technician")
            and not user.has_group("dealer_aftersales.group_service_advisor")
        )

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_technician_only() and self._has_car(vals_list):
            raise AccessError(self.env._("Service advisors open the orders on cars."))
        return super().create(vals_list)

    @api.model
    def _has_car(self, vals_list):
        context = self.env.context.get("default_vehicle_id")
        return bool(context) or any(vals.get("vehicle_id") for vals in vals_list)

    def write(self, vals):
        barred = ADVISOR_FIELDS & vals.keys()
        if barred and self._is_technician_only() and self._changes_order(barred, vals):
            names = self.fields_get(barred, ["string"])
            raise AccessError(
                self.env._(
                    "Service advisors change this: %(fields)s.",
                    fields=", ".join(names[name]["string"] for name in sorted(names)),
                )
            )
        return super().write(vals)

    def _changes_order(self, names, vals):
        """Whether the values differ from what the orders on cars say."""
        for repair in self.filtered("vehicle_id"):
            now = repair._convert_to_write({name: repair[name] for name in names})
            if any(now.get(name) != vals[name] for name in names):
                return True
        return False

    def _check_transition(self, target):
        """:raises AccessError: technicians say where the work stands, no more"""
        self.check_access("write")
        if self and self._is_technician_only() and target not in TECHNICIAN_TARGETS:
            states = dict(
                self._fields["service_state"]._description_selection(self.env)
            )
            raise AccessError(
                self.env._(
                    "Service advisors bring an order to: %(state)s.",
                    state=states.get(target, target),
                )
            )
        return super()._check_transition(target)


class DealerRepairLabor(models.Model):
    """Prices are the advisor's: a technician writes what was done and how long."""

    _inherit = "dealer.repair.labor"

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("price_unit") for vals in vals_list):
            self._check_may_price()
        return super().create(vals_list)

    def write(self, vals):
        price = vals.get("price_unit")
        if "price_unit" in vals and any(line.price_unit != price for line in self):
            self._check_may_price()
        return super().write(vals)

    @api.model
    def _check_may_price(self):
        if self.env["repair.order"]._is_technician_only():
            raise AccessError(self.env._("Service advisors set the prices."))
