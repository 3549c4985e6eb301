# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerSkill(models.Model):
    """What a technician can do, and an operation needs."""

    _name = "dealer.skill"
    _description = "Skill"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    user_ids = fields.Many2many(
        "res.users",
        "dealer_skill_user_rel",
        "skill_id",
        "user_id",
        "Technicians",
        domain="[('share', '=', False)]",
    )

    _name_uniq = models.UniqueIndex("(name)", "Name: there is such a skill already.")
