# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError


class RepairOrder(models.Model):
    """Handing the car back: closes the order and tells the vehicle card."""

    _inherit = "repair.order"

    @api.constrains("date_in", "date_delivered")
    def _check_dates(self):
        for repair in self:
            start, end = repair.date_in, repair.date_delivered
            if start and end and end < start:
                raise ValidationError(
                    self.env._(
                        "Delivered on: order %(order)s is delivered before "
                        "the car came in.",
                        order=repair.name,
                    )
                )

    @api.constrains("odometer_in", "odometer_out")
    def _check_odometer_order(self):
        for repair in self:
            if repair.odometer_out and repair.odometer_out < repair.odometer_in:
                raise ValidationError(
                    self.env._(
                        "Odometer out: order %(order)s leaves with fewer kilometres "
                        "than it came with.",
                        order=repair.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        types = {}
        # Core adds links to the values it gets; when an import falls back to single
        # rows after a refused batch, those links would point to undone records.
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._prepare_history_values(vals, types)
        repairs = super().create(vals_list)
        repairs._log_odometer()
        repairs.filtered("date_delivered").vehicle_id._update_last_visit()
        return repairs

    def write(self, vals):
        before = self.vehicle_id
        if "date_delivered" in vals and not vals["date_delivered"]:
            delivered = self.filtered("date_delivered").sudo()
            delivered.callback_ids._cancel_untouched()
        result = super().write(vals)
        if {"odometer_in", "odometer_out", "vehicle_id"} & vals.keys():
            self._log_odometer()
        if {"date_delivered", "vehicle_id"} & vals.keys():
            (before | self.vehicle_id)._update_last_visit()
        return result

    @api.model
    def _prepare_history_values(self, vals, types):
        """An order that arrives delivered is history: closed, no stock, no invoice.

        Core takes the operation type of the current company; the branch of the
        order decides here.

        :param dict types: operation type id by company id, filled as needed
        :raises UserError: when the branch has no warehouse with repair operations
        """
        if vals.get("date_delivered"):
            vals.setdefault("state", "done")
            vals["date_in"] = vals.get("date_in") or vals["date_delivered"]
        company_id = vals.get("company_id") or self.env.company.id
        vals["company_id"] = company_id
        if vals.get("picking_type_id") or self.env.context.get(
            "default_picking_type_id"
        ):
            return
        if company_id not in types:
            types[company_id] = self._get_branch_operation_type(company_id)
        vals["picking_type_id"] = types[company_id]

    @api.model
    def _get_branch_operation_type(self, company_id):
        operation = (
            self.env["stock.picking.type"]
            .sudo()
            .search(
                [
                    ("code", "=", "repair_operation"),
                    ("company_id", "=", company_id),
                ],
                limit=1,
            )
        )
        if not operation:
            company = self.env["res.company"].browse(company_id).sudo()
            raise UserError(
                self.env._(
                    "Branch %(branch)s has no warehouse with repair operations. "
                    "Create one under Inventory > Configuration > Warehouses.",
                    branch=company.name,
                )
            )
        return operation.id

    def action_deliver(self):
        """Hand the car back: end the repair if need be, stamp the time.

        :raises UserError: without a vehicle, or when the order is cancelled
        """
        self._check_may_deliver()
        for repair in self:
            if not repair.vehicle_id:
                raise UserError(
                    self.env._("Vehicle: choose the car before you deliver it.")
                )
            if repair.state == "cancel":
                raise UserError(self.env._("A cancelled order cannot be delivered."))
        self._go_to("delivered")
        return True

    def action_undo_delivery(self):
        """The car is still here: take the delivery back, with untouched callbacks."""
        self._check_may_deliver()
        self.filtered("date_delivered")._go_to("ready")
        return True

    def _check_may_deliver(self):
        """:raises AccessError: for who writes orders but is no dealership staff"""
        self.check_access("write")
        user = self.env.user
        if not (self.env.su or user.has_group("dealer_crm.group_dealer_user")):
            raise AccessError(
                self.env._("Only dealership staff hands cars over to customers.")
            )
