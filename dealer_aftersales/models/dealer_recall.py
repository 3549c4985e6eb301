# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerRecall(models.Model):
    """A maker's recall or service campaign: which cars, what is to be done."""

    _name = "dealer.recall"
    _description = "Recall"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _rec_names_search = ["code", "name"]

    code = fields.Char("Recall No.", required=True, index=True, tracking=True)
    name = fields.Char("Subject", required=True, tracking=True)
    active = fields.Boolean(default=True)
    brand_id = fields.Many2one("fleet.vehicle.model.brand")
    model_ids = fields.Many2many("fleet.vehicle.model", string="Models")
    date = fields.Date("Announced on", required=True, default=fields.Date.context_today)
    date_end = fields.Date("Ends on", help="Empty: until every car is done.")
    is_safety = fields.Boolean(
        "Safety", default=True, help="A safety recall is shown in red."
    )
    description = fields.Text("Work to do")
    product_id = fields.Many2one(
        "product.product", "Operation", domain="[('type', '=', 'service')]"
    )
    company_id = fields.Many2one(
        "res.company", "Branch", help="Empty: for all branches."
    )
    line_ids = fields.One2many("dealer.recall.line", "recall_id", "Cars")

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))",
        "Recall No.: there is a recall with this number already.",
    )
    _dates_check = models.Constraint(
        "CHECK (date_end >= date)", "Ends on: the end lies before the announcement."
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for recall in self:
            recall.display_name = f"{recall.code or ''} {recall.name or ''}".strip()


class DealerRecallLine(models.Model):
    """One car of a recall by its VIN, known here or not, and whether it is done."""

    _name = "dealer.recall.line"
    _description = "Car of a Recall"
    _order = "recall_id desc, state desc, id"
    _rec_name = "vin"

    recall_id = fields.Many2one(
        "dealer.recall", required=True, index=True, ondelete="cascade"
    )
    vin = fields.Char("VIN", required=True)
    vehicle_id = fields.Many2one(
        "fleet.vehicle", index="btree_not_null", ondelete="set null", copy=False
    )
    state = fields.Selection(
        [("open", "Open"), ("done", "Done")],
        required=True,
        default="open",
        index=True,
        copy=False,
    )
    repair_id = fields.Many2one(
        "repair.order", "Done on", index="btree_not_null", copy=False
    )
    date_done = fields.Date("Done", copy=False)

    _vin_uniq = models.UniqueIndex(
        "(recall_id, vin)", "VIN: the car is on this recall already."
    )
    _vin_idx = models.Index("(vin)")
