# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

CONSULTANT = "dealer_crm.group_sales_consultant"


class DealerRotaLine(models.Model):
    """One person's duty on one day: place in the order, post, hours, state."""

    _name = "dealer.rota.line"
    _description = "Duty on the Rota"
    _order = "rota_id, sequence, id"
    _rec_name = "user_id"

    rota_id = fields.Many2one(
        "dealer.rota", required=True, index=True, ondelete="cascade"
    )
    date = fields.Date(related="rota_id.date", store=True)
    company_id = fields.Many2one(related="rota_id.company_id", store=True)
    sequence = fields.Integer("Place", default=10)
    user_id = fields.Many2one(
        "res.users", "Consultant", required=True, index=True, ondelete="cascade"
    )
    position = fields.Char(help="Where this person stands: door, desk, test drives …")
    time_from = fields.Float("Starts at", help="Hour of the branch; empty: all day.")
    time_to = fields.Float("Ends at")
    state = fields.Selection(
        [("on_duty", "On Duty"), ("busy", "Busy"), ("absent", "Absent")],
        required=True,
        default="on_duty",
    )
    turn_count = fields.Integer("Turns", readonly=True, copy=False)

    _user_uniq = models.Constraint(
        "UNIQUE (rota_id, user_id)", "Each person stands once on the rota of a day."
    )
    _hours_check = models.Constraint(
        "CHECK (time_from >= 0 AND time_to <= 24"
        " AND (time_from < time_to OR (time_from = 0 AND time_to = 0)))",
        "The duty ends before it begins: enter hours between 0:00 and 24:00.",
    )

    @api.constrains("user_id", "rota_id")
    def _check_user(self):
        """Only consultants of the branch take turns in its showroom."""
        for company, lines in self.grouped("company_id").items():
            others = lines.user_id - self._find_consultants(company)
            for user in others.filtered("active"):
                raise ValidationError(
                    self.env._(
                        "Consultant: %(user)s is no sales consultant of %(branch)s.",
                        user=user.sudo().name,
                        branch=company.sudo().name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        given = "default_turn_count" in self.env.context
        if not self.env.su and (given or any(v.get("turn_count") for v in vals_list)):
            self._refuse_turn_count()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and "turn_count" in vals:
            self._refuse_turn_count()
        return super().write(vals)

    def _refuse_turn_count(self):
        raise AccessError(self.env._("Turns are counted by the system."))

    @api.ondelete(at_uninstall=False)
    def _unlink_pointer(self):
        """Who was before the deleted one counts as the last: nobody is left out."""
        for rota in self.rota_id.sudo():
            lines = rota.line_ids.sorted(lambda x: (x.sequence, x.id))
            if rota.last_line_id not in self:
                continue
            at = lines.ids.index(rota.last_line_id.id)
            before = (lines[at + 1 :] + lines[:at]) - self
            rota.last_line_id = before[-1:]

    @api.model
    def _find_consultants(self, company):
        """Active users of ``company`` with the role, managers included."""
        group = self.env.ref(CONSULTANT).sudo()
        users = group.all_user_ids.filtered(
            lambda user: user.active and not user.share and company in user.company_ids
        )
        return users.with_env(self.env).sorted("id")

    def _prepare_copy_values(self):
        """What is the same on another day; nobody is absent in advance."""
        self.ensure_one()
        return {
            "sequence": self.sequence,
            "user_id": self.user_id.id,
            "position": self.position,
            "time_from": self.time_from,
            "time_to": self.time_to,
        }

    def action_on_duty(self):
        return self._set_state("on_duty")

    def action_busy(self):
        return self._set_state("busy")

    def action_absent(self):
        return self._set_state("absent")

    def _set_state(self, state):
        """A consultant says it for himself, reception and managers for everybody.

        :raises AccessError: the line of somebody else
        :raises UserError: a day that is over
        """
        self.check_access("read")
        if self.user_id - self.env.user and not self.rota_id._keeps_floor():
            raise AccessError(
                self.env._("You can change your own duty only; ask the reception.")
            )
        for line in self:
            if line.date < line.company_id._get_dealer_today():
                raise UserError(self.env._("This day of the rota is over."))
        self.sudo().write({"state": state})
        return True
