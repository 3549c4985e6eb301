# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.addons.dealer_aftersales.models.repair_order_state import SERVICE_STATES
from odoo.tools import SQL

QUERY = """
    SELECT l.id, l.repair_id, l.state_from AS state, l.state_to, l.date,
           l.minutes, l.minutes / 60.0 AS hours, l.user_id,
           r.company_id, r.advisor_id, r.service_kind
      FROM dealer_repair_log l
      JOIN repair_order r ON r.id = l.repair_id
"""


class DealerRepairStateReport(models.Model):
    """How long orders were in each state: a line per step that was finished (SVC-24).

    The lines are those of the orders' own log; the state an order is in now counts
    when it leaves it.
    """

    _name = "dealer.repair.state.report"
    _description = "Time per State"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "repair_id"
    _depends = {
        "dealer.repair.log": [
            "repair_id",
            "state_from",
            "state_to",
            "date",
            "minutes",
            "user_id",
        ],
        "repair.order": ["company_id", "advisor_id", "service_kind"],
    }

    repair_id = fields.Many2one("repair.order", readonly=True)
    state = fields.Selection(SERVICE_STATES, "State left", readonly=True)
    state_to = fields.Selection(SERVICE_STATES, "Went to", readonly=True)
    date = fields.Datetime("Left on", readonly=True)
    minutes = fields.Integer(readonly=True)
    hours = fields.Float(readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    advisor_id = fields.Many2one("res.users", "Service Advisor", readonly=True)
    service_kind = fields.Selection(
        selection=lambda self: self._get_service_kinds(), readonly=True
    )

    @property
    def _table_query(self):
        return SQL(QUERY)

    def _get_service_kinds(self):
        field = self.env["repair.order"]._fields["service_kind"]
        return field._description_selection(self.env)
