# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class MailTemplate(models.Model):
    """Letters of customer care."""

    _inherit = "mail.template"

    dealer_kind = fields.Selection(
        selection_add=[
            ("reminder", "Reminder"),
            ("tips", "Maintenance Tips"),
            ("survey", "Questionnaire"),
        ],
        ondelete={
            "reminder": "set null",
            "tips": "set null",
            "survey": "set null",
        },
    )
