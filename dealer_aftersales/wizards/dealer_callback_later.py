# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

import pytz
from odoo import api, fields, models

from ..tools.call_times import PREFERRED, propose_time


class DealerCallbackLater(models.TransientModel):
    """When the customer wants to be called: one choice, or a time of his own."""

    _name = "dealer.callback.later"
    _description = "Call back later"

    callback_id = fields.Many2one("dealer.callback", required=True, ondelete="cascade")
    best_time = fields.Selection(related="callback_id.best_time")
    proposal = fields.Selection(
        [
            ("hour", "In one Hour"),
            ("morning", "Morning"),
            ("noon", "Noon"),
            ("afternoon", "Afternoon"),
            ("evening", "Evening"),
            ("weekend", "Weekend"),
        ],
        "Day and Time",
        compute="_compute_proposal",
        store=True,
        readonly=False,
        help="The next one that is still to come.",
    )
    date_promised = fields.Datetime(
        "Call agreed for",
        required=True,
        compute="_compute_date_promised",
        store=True,
        readonly=False,
    )
    note = fields.Char()

    @api.depends("callback_id")
    def _compute_proposal(self):
        """The customer's own best time, else in one hour."""
        for wizard in self:
            wizard.proposal = PREFERRED.get(wizard.callback_id.best_time, "hour")

    @api.depends("proposal")
    def _compute_date_promised(self):
        for wizard in self:
            company = wizard.callback_id.company_id or self.env.company
            zone = pytz.timezone(company._get_dealer_tz())
            now = pytz.utc.localize(fields.Datetime.now()).astimezone(zone)
            chosen = propose_time(now.replace(tzinfo=None), wizard.proposal or "hour")
            local = zone.localize(datetime.combine(chosen.date(), chosen.time()))
            wizard.date_promised = local.astimezone(pytz.utc).replace(tzinfo=None)

    def action_confirm(self):
        """Log the call, keep the promise, open the next call."""
        self.ensure_one()
        callback = self.callback_id
        callback.attempt_note = self.note
        return callback.action_call_later(self.date_promised)
