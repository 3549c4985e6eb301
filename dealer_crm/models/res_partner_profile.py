# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResPartner(models.Model):
    """The profile of a customer; other partners leave it empty."""

    _name = "res.partner"
    _inherit = ["res.partner", "dealer.profile.mixin"]
