# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResUsers(models.Model):
    """What the technician can do."""

    _inherit = "res.users"

    skill_ids = fields.Many2many(
        "dealer.skill",
        "dealer_skill_user_rel",
        "user_id",
        "skill_id",
        "Skills",
    )


class ProductTemplate(models.Model):
    """What the operation needs."""

    _inherit = "product.template"

    skill_ids = fields.Many2many(
        "dealer.skill",
        "dealer_skill_product_rel",
        "product_tmpl_id",
        "skill_id",
        "Skills needed",
    )
