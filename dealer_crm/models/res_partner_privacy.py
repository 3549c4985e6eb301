# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResPartner(models.Model):
    """Who sees which telephone number."""

    _inherit = "res.partner"

    def _get_visible_phones(self):
        """The phone of each partner as the current user may see it, by id.

        Everything that shows a phone outside of the field itself (search hits,
        overviews, registers on paper) asks here.
        """
        return {partner.id: partner.phone or "" for partner in self}
