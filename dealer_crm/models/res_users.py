# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResUsers(models.Model):
    """Whoever leaves leaves no work behind that nobody sees."""

    _inherit = "res.users"

    dealer_work_count = fields.Integer(
        "Open Work",
        compute="_compute_dealer_work_count",
        groups="dealer_crm.group_dealer_user",
        help="Customers, leads, cars and tasks of this person, as far as you may "
        "hand them over.",
    )

    def _compute_dealer_work_count(self):
        handovers = self.env["dealer.handover"]
        sources = handovers._get_handover_sources()
        for user in self:
            real = user._origin
            user.dealer_work_count = sum(
                len(handovers._find_work(source, real)) for source in sources if real
            )

    def action_hand_over_work(self):
        """The list of what this person has open, and who takes it."""
        self.ensure_one()
        return self.env["dealer.reassign"]._open_for(self)
