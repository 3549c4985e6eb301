# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerReassign(models.TransientModel):
    """Hand over the work of a person: look at it, choose who takes it."""

    _name = "dealer.reassign"
    _description = "Hand over Work"

    from_user_id = fields.Many2one(
        "res.users",
        "Whose Work",
        required=True,
        domain=[("share", "=", False)],
        context={"active_test": False},
    )
    to_user_ids = fields.Many2many(
        "res.users",
        string="Who takes it",
        domain="[('share', '=', False), ('id', '!=', from_user_id)]",
        help="Several people get it in turn; all about one customer goes to one.",
    )
    team_id = fields.Many2one(
        "crm.team",
        "Members of Team",
        compute="_compute_team_id",
        store=True,
        readonly=False,
        help="Choose a team to add its members.",
    )
    line_ids = fields.One2many("dealer.reassign.line", "wizard_id")
    is_listed = fields.Boolean()

    @api.depends("from_user_id")
    def _compute_team_id(self):
        self.team_id = False

    @api.onchange("team_id")
    def _onchange_team_id(self):
        self.to_user_ids |= self.team_id.member_ids - self.from_user_id

    @api.model
    def _open_for(self, user):
        wizard = self.create({"from_user_id": user.id})
        return wizard.action_list()

    def action_list(self):
        """Count the open work of the person, kind by kind."""
        self.ensure_one()
        handovers = self.env["dealer.handover"]
        handovers._check_handover_right()
        lines = []
        for source in handovers._get_handover_sources():
            count = len(handovers._find_work(source, self.from_user_id))
            if count:
                lines.append(
                    {
                        "key": source["key"],
                        "name": source["label"],
                        "record_count": count,
                    }
                )
        self.line_ids.unlink()
        self.write(
            {"line_ids": [(0, 0, line) for line in lines], "is_listed": True},
        )
        return self._open()

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand over Work"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_apply(self):
        """Hand over the chosen kinds and show the log."""
        self.ensure_one()
        handover = self.env["dealer.handover"]._hand_over(
            self.from_user_id,
            self.to_user_ids,
            self.line_ids.filtered("is_selected").mapped("key"),
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "dealer.handover",
            "res_id": handover.id,
            "views": [(False, "form")],
        }


class DealerReassignLine(models.TransientModel):
    """One kind of work that waits for a new person."""

    _name = "dealer.reassign.line"
    _description = "Kind of Work to hand over"

    wizard_id = fields.Many2one("dealer.reassign", required=True, ondelete="cascade")
    key = fields.Char(required=True, readonly=True)
    name = fields.Char("Kind of Work", readonly=True)
    record_count = fields.Integer("Records", readonly=True)
    is_selected = fields.Boolean("Hand over", default=True)

    def action_open(self):
        """The records behind the number."""
        self.ensure_one()
        handovers = self.env["dealer.handover"]
        handovers._check_handover_right()
        sources = {s["key"]: s for s in handovers._get_handover_sources()}
        source = sources[self.key]
        records = handovers._find_work(source, self.wizard_id.from_user_id)
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": records._name,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", records.ids)],
            "context": {"create": False},
            "target": "new",
        }
