# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# Everything but the remark is counted by the forecast or set by the buttons.
FREE_FIELDS = frozenset({"reason"})


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
    date_due = fields.Date("Due Date", readonly=True)
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
    explanation = fields.Text("How it is counted", compute="_compute_explanation")
    labor_ids = fields.One2many(
        "dealer.repair.labor", "due_id", "Work Lines", readonly=True
    )

    _open_uniq = models.UniqueIndex(
        "(vehicle_id, line_id) WHERE state = 'open'",
        "This item is open on the car already.",
    )
    _open_date_idx = models.Index("(company_id, date_due) WHERE state = 'open'")

    def _compute_explanation(self):
        for due in self:
            due.explanation = due._get_reminder_text()

    @api.depends("line_id.name", "vehicle_id.display_name")
    def _compute_display_name(self):
        for due in self:
            due.display_name = f"{due.line_id.name} · {due.vehicle_id.display_name}"

    def write(self, vals):
        names = sorted(vals.keys() - FREE_FIELDS)
        if names and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(field)s: set by the forecast and the buttons only.",
                    field=self._fields[names[0]]._description_string(self.env),
                )
            )
        return super().write(vals)

    def action_done_elsewhere(self):
        """The customer had it done at another garage: the next one counts from today.

        :raises UserError: for an item that is not open
        """
        return self._close("done", "elsewhere")

    def action_refuse(self):
        """The customer does not want it this time.

        :raises UserError: for an item that is not open, or without a remark
        """
        if any(not due.reason for due in self):
            raise UserError(
                self.env._("Remark: say why the customer does not want it.")
            )
        return self._close("cancelled", "refused")

    def action_reopen(self):
        """A button was pressed by mistake."""
        self.check_access("write")
        if any(due.cause not in ("elsewhere", "refused") for due in self):
            raise UserError(
                self.env._("Only what was closed with a button can be opened again.")
            )
        dues = self.sudo()
        dues._reopen()
        dues.vehicle_id._update_forecast()
        return True

    def _close(self, state, cause):
        self.check_access("write")
        if any(due.state != "open" for due in self):
            raise UserError(self.env._("Only an open item can be closed."))
        for due in self.sudo():
            company = due.company_id or self.env.company
            due.write(
                {
                    "state": state,
                    "cause": cause,
                    "date_done": company._get_dealer_today(),
                    "odometer_done": due.vehicle_id.odometer_today,
                }
            )
        self.sudo().vehicle_id._update_forecast()
        return True

    def _is_undone(self):
        """Whether the order that did the item is not delivered with this car now."""
        self.ensure_one()
        repair = self.done_repair_id
        return not repair.date_delivered or repair.vehicle_id != self.vehicle_id

    def _reopen(self):
        """Take the place of the items that followed."""
        if not self:
            return
        followers = self.search(
            [
                ("state", "=", "open"),
                ("vehicle_id", "in", self.vehicle_id.ids),
                ("line_id", "in", self.line_id.ids),
            ]
        )
        keys = {(due.vehicle_id, due.line_id) for due in self}
        followers.filtered(lambda d: (d.vehicle_id, d.line_id) in keys).unlink()
        newest = {(d.vehicle_id, d.line_id): d for d in self.sorted("date_done")}
        self.browse([due.id for due in newest.values()]).write(
            {
                "state": "open",
                "cause": False,
                "date_done": False,
                "odometer_done": 0,
                "done_repair_id": False,
            }
        )
