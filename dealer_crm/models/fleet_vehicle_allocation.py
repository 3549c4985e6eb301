# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

ALLOCATION_FIELDS = frozenset(
    {
        "allocated_lead_id",
        "allocated_order_id",
        "allocated_on",
        "allocated_by_id",
        "is_allocated",
    }
)
ALLOCATABLE_STATES = frozenset({"ordered", "in_transit", "in_stock", "demo"})


class FleetVehicle(models.Model):
    """A stock car promised to a lead or a contract, to one at a time.

    Lead and contract are another consultant's business: who may not read the lead
    sees that the car is taken, not for whom.
    """

    _inherit = "fleet.vehicle"

    allocated_lead_id = fields.Many2one(
        "crm.lead",
        "Allocated to Lead",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="dealer_crm.group_sales_manager",
    )
    allocated_order_id = fields.Many2one(
        "sale.order",
        "Allocated to Contract",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="dealer_crm.group_sales_manager",
    )
    allocated_on = fields.Datetime(readonly=True, copy=False)
    allocated_by_id = fields.Many2one(
        "res.users", "Allocated by", readonly=True, copy=False
    )
    is_allocated = fields.Boolean(
        "Allocated",
        compute="_compute_is_allocated",
        store=True,
        compute_sudo=True,
    )
    allocated_to = fields.Char(compute="_compute_allocated_to", compute_sudo=False)

    @api.depends("allocated_lead_id", "allocated_order_id")
    def _compute_is_allocated(self):
        for vehicle in self:
            vehicle.is_allocated = bool(
                vehicle.allocated_lead_id or vehicle.allocated_order_id
            )

    @api.depends("is_allocated")
    @api.depends_context("uid")
    def _compute_allocated_to(self):
        leads = self.sudo().allocated_lead_id.sudo(False)._filtered_access("read")
        orders = self.sudo().allocated_order_id.sudo(False)._filtered_access("read")
        for vehicle in self:
            record = vehicle.sudo()
            lead = record.allocated_lead_id.sudo(False) & leads
            order = record.allocated_order_id.sudo(False) & orders
            vehicle.allocated_to = (
                lead.sudo().name
                or order.sudo().display_name
                or (vehicle.is_allocated and self.env._("Another customer"))
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_allocation_vals(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_allocation_vals(vals)
        return super().write(vals)

    @api.model
    def _check_allocation_vals(self, vals):
        """:raises AccessError: when a client writes an allocation past the button"""
        if ALLOCATION_FIELDS & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._("A car is allocated with the button on its card.")
            )

    def action_open_allocation(self):
        """Ask for whom the car is kept."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Allocate Car"),
            "res_model": "dealer.vehicle.allocate",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_vehicle_id": self.id},
        }

    def _allocate(self, lead=None, order=None):
        """Keep the car for a lead or a contract.

        :raises AccessError: for a lead or contract the user may not change
        :raises UserError: when the car is taken, or is no car to sell
        """
        self.ensure_one()
        for record in (lead, order):
            if record:
                record.check_access("write")
        self._lock_for_allocation()
        if self.is_allocated:
            raise UserError(
                self.env._(
                    "%(car)s is allocated already (%(name)s).",
                    car=self.display_name,
                    name=self.allocated_to,
                )
            )
        if self.trade_state not in ALLOCATABLE_STATES:
            raise UserError(
                self.env._("%(car)s is no car to sell.", car=self.display_name)
            )
        values = {
            "allocated_lead_id": lead.id if lead else False,
            "allocated_order_id": order.id if order else False,
            "allocated_on": fields.Datetime.now(),
            "allocated_by_id": self.env.uid,
        }
        if self.trade_state == "in_stock":
            values["trade_state"] = "allocated"
        self.sudo().write(values)

    def _lock_for_allocation(self):
        """Two people at once: one gets the car, the other is told.

        :raises AccessError: for who may not change cards
        """
        self._lock_card(
            self.env._(
                "%(car)s is being allocated by somebody else at this moment.",
                car=self.display_name,
            )
        )
        self.invalidate_recordset(["is_allocated", "trade_state", "allocated_to"])

    def action_release(self):
        """The car is free again.

        :raises AccessError: for others than who allocated it, the lead's consultant
            and managers
        """
        for vehicle in self:
            vehicle._lock_for_allocation()
            vehicle._check_may_release()
            vehicle.sudo()._free_allocation()
        return True

    def _free_allocation(self):
        """The cars are kept for nobody; called with all rights."""
        for state, cars in self.grouped("trade_state").items():
            values = dict.fromkeys(ALLOCATION_FIELDS - {"is_allocated"}, False)
            if state == "allocated":
                values["trade_state"] = "in_stock"
            cars.write(values)

    def _check_may_release(self):
        vehicle = self.sudo()
        users = (
            vehicle.allocated_by_id
            | vehicle.allocated_lead_id.user_id
            | vehicle.allocated_order_id.user_id
        )
        if self.env.su or self.env.user in users:
            return
        if not self.env.user.has_group("dealer_crm.group_sales_manager"):
            raise AccessError(
                self.env._(
                    "Only the consultant who allocated the car or a manager "
                    "releases it."
                )
            )

    def action_view_allocation(self):
        """Open the lead or the contract the car is kept for, if the user may."""
        self.ensure_one()
        record = self.sudo().allocated_lead_id or self.sudo().allocated_order_id
        record = record.sudo(False)
        record.check_access("read")
        return record.get_formview_action()
