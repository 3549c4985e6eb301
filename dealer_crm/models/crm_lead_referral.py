# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

MARK = "referral_rewarded_on"


class CrmLead(models.Model):
    """Who brought a friend is thanked when the friend buys: once, whatever follows."""

    _inherit = "crm.lead"

    referral_rewarded_on = fields.Datetime(
        "Referral counted on", readonly=True, copy=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_referral_mark(vals)
        leads = super().create(vals_list)
        leads._reward_referrals()
        return leads

    def write(self, vals):
        self._check_referral_mark(vals)
        result = super().write(vals)
        if {"stage_id", "probability", "referrer_id"} & vals.keys():
            self._reward_referrals()
        return result

    @api.model
    def _check_referral_mark(self, vals):
        """:raises AccessError: when a client says that a referral was rewarded"""
        is_given = MARK in vals or f"default_{MARK}" in self.env.context
        if is_given and not self.env.su:
            raise AccessError(
                self.env._("That a referral was rewarded is noted by the system.")
            )

    def _reward_referrals(self):
        """Each won lead counts once for its referrer, reopened or not."""
        due = self.sudo().filtered(
            lambda x: x.won_status == "won"
            and x.referrer_id
            and x.referrer_id != x.partner_id
            and not x[MARK]
        )
        if due:
            due.write({MARK: fields.Datetime.now()})
        for lead in due:
            lead._reward_referrer()

    def _reward_referrer(self):
        """Points of the loyalty app where it is installed and the branch gives some."""
        self.ensure_one()
        company = self.company_id or self.env.company
        points = company.sudo().referral_points
        if not points or "loyalty.card" not in self.env:
            return
        program = self.env["loyalty.program"].search(
            [
                ("program_type", "=", "loyalty"),
                ("company_id", "in", [company.id, False]),
            ],
            limit=1,
        )
        if program:
            self._give_referral_points(program, points)

    def _give_referral_points(self, program, points):
        cards = self.env["loyalty.card"]
        card = cards.search(
            [("program_id", "=", program.id), ("partner_id", "=", self.referrer_id.id)],
            limit=1,
        ) or cards.create({"program_id": program.id, "partner_id": self.referrer_id.id})
        card.points += points
        self.env["loyalty.history"].create(
            {
                "card_id": card.id,
                "description": self.env._("Referred a customer who bought"),
                "issued": points,
            }
        )

    @api.model
    def _get_referral_groups(self, partners):
        """(partner, won status, count) of the leads these persons brought."""
        leads = self.with_context(active_test=False)
        return leads._read_group(
            [
                ("referrer_id", "in", partners.ids),
                ("company_id", "in", [*self.env.companies.ids, False]),
            ],
            ["referrer_id", "won_status"],
            ["__count"],
        )
