# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerMaintenanceDue(models.Model):
    """An item of the plan that a customer's car needs next, and those it had.

    One open row per car and item, made and kept up to date set-based by the forecast
    (no chatter: rows are many). A delivered order that does the item closes it and
    the next one counts from that visit.
    """

    _name = "dealer.maintenance.due"
    _description = "Due Service"
    _order = "date_due, id"

    vehicle_id = fields.Many2one(
        "fleet.vehicle", required=True, index=True, ondelete="cascade", readonly=True
    )
    line_id = fields.Many2one(
        "dealer.maintenance.plan.line",
        "Item",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    partner_id = fields.Many2one(
        related="vehicle_id.owner_id", store=True, index="btree_not_null"
    )
    advisor_id = fields.Many2one(related="vehicle_id.advisor_id", store=True)
    company_id = fields.Many2one(related="vehicle_id.company_id", store=True)
    is_first_service = fields.Boolean("First Service", readonly=True)
    date_base = fields.Date("Counted from", readonly=True)
    odometer_base = fields.Integer("Counted from (km)", readonly=True, aggregator=None)
    base_repair_id = fields.Many2one(
        "repair.order", "Last done on", readonly=True, ondelete="set null"
    )
    date_due = fields.Date("Due on", readonly=True)
    date_low = fields.Date("Earliest", readonly=True)
    date_high = fields.Date("Latest", readonly=True)
    odometer_due = fields.Integer("Due at (km)", readonly=True, aggregator=None)
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        default="open",
        readonly=True,
    )
    date_done = fields.Date("Done on", readonly=True)
    odometer_done = fields.Integer("Done at (km)", readonly=True, aggregator=None)
    done_repair_id = fields.Many2one(
        "repair.order", "Done with", readonly=True, index="btree_not_null"
    )
    cause = fields.Selection(
        [
            ("sold", "Car sold or archived"),
            ("plan", "Not in the plan any more"),
            ("elsewhere", "Done elsewhere"),
            ("refused", "Customer does not want it"),
        ],
        "Closed because",
        readonly=True,
    )
    reason = fields.Char("Remark", help="Where it was done, or why it is not wanted.")
    repair_ids = fields.Many2many(
        "repair.order",
        "dealer_maintenance_due_repair_order_rel",
        "due_id",
        "repair_id",
        "On Orders",
        readonly=True,
    )

    _open_uniq = models.UniqueIndex(
        "(vehicle_id, line_id) WHERE state = 'open'",
        "This item is open on the car already.",
    )
    _open_date_idx = models.Index("(company_id, date_due) WHERE state = 'open'")
