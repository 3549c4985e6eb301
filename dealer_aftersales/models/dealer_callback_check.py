# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

KINDS = [
    ("copied", "Same Answers in a Row"),
    ("top", "All Top Scores"),
    ("fast", "Closed within a Minute"),
]
FREE_FIELDS = frozenset({"note"})


class DealerCallbackCheck(models.Model):
    """Calls of one person that look as if nobody had called.

    Found every night. A manager looks through the calls and decides: in order, to be
    talked about, or invalid: then they are called again.
    """

    _name = "dealer.callback.check"
    _description = "Conspicuous Calls"
    _order = "date desc, id desc"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Called by", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", "Branch", required=True, readonly=True, index=True
    )
    date = fields.Date("Day", required=True, readonly=True)
    callback_ids = fields.Many2many("dealer.callback", string="Calls", readonly=True)
    callback_count = fields.Integer("Number of Calls", readonly=True)
    sample = fields.Char("What is alike", readonly=True)
    state = fields.Selection(
        [
            ("open", "To look at"),
            ("ok", "In Order"),
            ("talk", "Talked about"),
            ("invalid", "Invalid"),
        ],
        required=True,
        default="open",
        readonly=True,
        index=True,
    )
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    date_decided = fields.Datetime("Decided on", readonly=True)
    note = fields.Text("Remark")

    _day_uniq = models.UniqueIndex(
        "(company_id, user_id, kind, date)",
        "These calls are listed already.",
    )

    @api.depends("kind", "user_id", "date")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for check in self:
            check.display_name = f"{kinds.get(check.kind)} · {check.user_id.name}"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("Conspicuous calls are found by the system."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and vals.keys() - FREE_FIELDS:
            raise AccessError(self.env._("The decision is made with the buttons only."))
        return super().write(vals)

    def action_ok(self):
        """The calls are in order."""
        return self._decide("ok")

    def action_talk(self):
        """They were talked about with the caller; the calls stay."""
        return self._decide("talk")

    def action_invalid(self):
        """The calls do not count: they are planned again for somebody to call.

        The attempts stay in the ledger and the answer sheets with the surveys.
        """
        self._decide("invalid")
        for callback in self.sudo().callback_ids:
            if callback.state == "reached":
                callback._call_anew()
        return True

    def _decide(self, state):
        self.check_access("write")
        for check in self:
            if check.user_id == self.env.user:
                raise UserError(self.env._("Somebody else decides on your own calls."))
            if check.state == "invalid":
                raise UserError(
                    self.env._("The calls were declared invalid and are open again.")
                )
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "date_decided": fields.Datetime.now(),
            }
        )
        return True

    def action_view_callbacks(self):
        """The calls themselves."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_callback_action"
        )
        action["domain"] = [("id", "in", self.callback_ids.ids)]
        action["context"] = {}
        return action


class DealerCallback(models.Model):
    _inherit = "dealer.callback"

    def _call_anew(self):
        """What was noted does not count: planned again, with a window from today."""
        self.ensure_one()
        window = timedelta(days=self.policy_id.window_days)
        today = self.company_id._get_dealer_today()
        self.write(
            {
                "state": "planned",
                "date_done": False,
                "date_window_end": max(self.date_window_end or today, today + window),
                "user_id": False,
                "done_user_id": False,
                "answer_channel": False,
                "user_input_id": False,
                "score": 0,
                "csi": 0,
                "has_csi": False,
                "expectation_class": False,
                "satisfaction_area": False,
                "is_answered": False,
                "is_scored": False,
                "is_satisfied": False,
                "has_finding": False,
                "is_drawn": False,
            }
        )
