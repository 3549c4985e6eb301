# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    file_check_months = fields.Integer(
        related="company_id.file_check_months", readonly=False
    )
