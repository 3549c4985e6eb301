# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DealerConsentChange(models.TransientModel):
    """The dialog shows what a person said: only to who may read the person."""

    _name = "dealer.consent.change"
    _inherit = ["dealer.consent.change", "dealer.reference.mixin"]


class DealerPrivacy(models.TransientModel):
    _name = "dealer.privacy"
    _inherit = ["dealer.privacy", "dealer.reference.mixin"]
