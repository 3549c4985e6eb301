# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import format_date

VALUE_CLASSES = [
    ("a", "Class A"),
    ("b", "Class B"),
    ("c", "Class C"),
    ("d", "Class D"),
]
VALUE_GROUPS = [
    ("high_stable", "High Value, stable"),
    ("high_leaving", "High Value, leaving"),
    ("low_stable", "Low Value, stable"),
    ("low_leaving", "Low Value, leaving"),
    ("no_value", "No Value"),
]
LOYALTY_BANDS = [
    ("high", "High Loyalty"),
    ("middle", "Middle Loyalty"),
    ("low", "Low Loyalty"),
]


class DealerValueLog(models.Model):
    """Value and loyalty of each customer, one line per month.

    The line of the running month follows the customer until the month is over; what he
    was the month before stands beside it. Written by the system, set-based: there are
    as many lines as customers times months.
    """

    _name = "dealer.value.log"
    _inherit = "dealer.export.mixin"
    _description = "Customer Value by Month"
    _order = "month desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    month = fields.Date(required=True, readonly=True, help="First day of the month.")
    value_class = fields.Selection(VALUE_CLASSES, readonly=True)
    previous_class = fields.Selection(
        VALUE_CLASSES, "Class the Month before", readonly=True
    )
    is_class_changed = fields.Boolean("Class changed", readonly=True)
    is_manual = fields.Boolean("Set by hand", readonly=True)
    value_score = fields.Integer("Value Points", readonly=True, aggregator="avg")
    value_group = fields.Selection(VALUE_GROUPS, readonly=True)
    loyalty_score = fields.Integer("Loyalty", readonly=True, aggregator="avg")
    loyalty_band = fields.Selection(LOYALTY_BANDS, readonly=True)
    previous_score = fields.Integer(
        "Loyalty the Month before", readonly=True, aggregator="avg"
    )
    previous_band = fields.Selection(
        LOYALTY_BANDS, "Band the Month before", readonly=True
    )

    _month_uniq = models.UniqueIndex(
        "(partner_id, month)", "A customer has one line per month."
    )
    _month_idx = models.Index("(month, company_id)")

    @api.depends("partner_id", "month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for log in self:
            month = format_date(self.env, log.month, date_format="yyyy-MM")
            log.display_name = f"{log.partner_id.display_name} · {month}"


class DealerImportBatch(models.Model):
    """A line of the history is no use of an imported customer."""

    _inherit = "dealer.import.batch"

    @api.model
    def _get_no_use_tables(self):
        return super()._get_no_use_tables() | {"dealer_value_log"}
