# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.addons.dealer_crm.tools.counters import fill_counter
from odoo.fields import Domain

STAFF = "dealer_crm.group_dealer_user"


class ResPartner(models.Model):
    """A customer as a member of the club: card, points, events."""

    _inherit = "res.partner"

    membership_ids = fields.One2many(
        "dealer.membership", "partner_id", "Memberships", groups=STAFF
    )
    membership_label = fields.Char(
        "Membership", compute="_compute_membership_label", groups=STAFF
    )
    points_balance = fields.Integer(
        "Reward Points", compute="_compute_points_balance", groups=STAFF
    )
    club_count = fields.Integer("Events", compute="_compute_club_count", groups=STAFF)

    def _compute_membership_label(self):
        company = self.env.company
        cards = self.env["dealer.membership"]._find_valid(
            self._origin, company, company._get_dealer_today()
        )
        for partner in self:
            card = cards.get(partner._origin)
            partner.membership_label = card.level_id.name if card else False

    def _compute_points_balance(self):
        sums = self._read_points_sums(self.env.company)
        for partner in self:
            partner.points_balance = sums.get(partner._origin.id, 0)

    def _read_points_sums(self, company):
        rows = (
            self.env["dealer.points.line"]
            .sudo()
            ._read_group(
                [
                    ("partner_id", "in", self._origin.ids),
                    ("company_id", "=", company.id),
                ],
                ["partner_id"],
                ["points:sum"],
            )
        )
        return {partner.id: points for partner, points in rows}

    def _get_points_balance(self, company):
        """The sum of the ledger at the branch: may be below zero after a refund."""
        self.ensure_one()
        return self._read_points_sums(company).get(self.id, 0)

    def _compute_club_count(self):
        fill_counter(
            self,
            "club_count",
            "dealer.club.registration",
            "partner_id",
            [("state", "!=", "cancelled")],
        )

    def _open_marketing(self, xmlid):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = [("partner_id", "=", self.id)]
        action["context"] = {"default_partner_id": self.id}
        return action

    def action_view_memberships(self):
        """The cards of this customer."""
        return self._open_marketing("dealer_aftersales.dealer_membership_action")

    def action_view_points(self):
        """The ledger behind the balance."""
        return self._open_marketing("dealer_aftersales.dealer_points_line_action")

    def action_view_club(self):
        """The events this customer registered for."""
        return self._open_marketing("dealer_aftersales.dealer_club_registration_action")

    def _get_desk_who(self):
        """Member level and points stand among the tags of the desk card."""
        who = super()._get_desk_who()
        company = self.env.company
        cards = self.env["dealer.membership"]._find_valid(
            self, company, company._get_dealer_today()
        )
        for card in cards.values():
            who["tags"].append([card.level_id.name, card.level_id.color or 3])
        points = self._get_points_balance(company)
        if points:
            text = self.env._("%(points)s points", points=points)
            who["tags"].append([text, 0])
        return who

    def _get_desk_next(self):
        """Events the person comes to."""
        lines = super()._get_desk_next()
        entries = self.env["dealer.club.registration"]
        if not entries.has_access("read"):
            return lines
        coming = Domain("partner_id", "=", self.id) & Domain(
            "state", "in", ("registered", "confirmed")
        )
        coming &= Domain("date_begin", ">=", fields.Datetime.now())
        return lines + [
            self._plan(
                fields.Datetime.context_timestamp(self, entry.date_begin).date(),
                entry.event_id.name,
                entry.event_id.user_id,
                entry,
            )
            for entry in entries.search(coming, order="date_begin", limit=3)
        ]
