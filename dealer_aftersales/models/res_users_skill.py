# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang

from ..tools.service_state import OPEN


class ResUsers(models.Model):
    """What the technician can do, and how much he has to do."""

    _inherit = "res.users"

    skill_ids = fields.Many2many(
        "dealer.skill",
        "dealer_skill_user_rel",
        "user_id",
        "skill_id",
        "Skills",
    )
    open_labor_hours = fields.Float(
        "Open Hours",
        compute="_compute_open_labor_hours",
        help="Hours of work on cars that are in the workshop now.",
    )

    def _compute_open_labor_hours(self):
        lines = self.env["dealer.repair.labor"].sudo()
        domain = (
            Domain("technician_id", "in", self.ids)
            & Domain("kind", "=", "labor")
            & Domain("repair_id.service_state", "in", sorted(OPEN))
        )
        rows = dict(lines._read_group(domain, ["technician_id"], ["hours:sum"]))
        for user in self:
            user.open_labor_hours = rows.get(user._origin, 0.0)

    @api.model
    def _get_technicians(self, company):
        """Active technicians of the branch; advisors and managers may work, too."""
        users = self.env.ref("dealer_aftersales.group_technician").sudo().all_user_ids
        return users.filtered(lambda u: u.active and company in u.company_ids)

    def _rank_technicians(self, skills):
        """Who can do it first, of those who has the fewest hours open.

        :param skills: dealer.skill records the work needs
        :return: list of (user, skills he lacks), technicians before advisors
        """
        advisors = self.env.ref("dealer_aftersales.group_service_advisor").sudo()
        advisors = advisors.all_user_ids
        rows = [(user, skills - user.skill_ids) for user in self.sudo()]
        return sorted(
            rows,
            key=lambda row: (
                len(row[1]),
                row[0] in advisors,
                row[0].open_labor_hours,
                row[0].name,
            ),
        )

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """For a labour line: technicians of the branch, skilled and free first."""
        context = self.env.context
        if "dealer_technician_for" not in context:
            return super().name_search(name, domain, operator, limit)
        product = self.env["product.product"].browse(
            context["dealer_technician_for"] or ()
        )
        users = self._get_technicians(self.env.company)
        domain = Domain(domain or Domain.TRUE) & Domain("id", "in", users.ids)
        found = super().name_search(name, domain, operator, None)
        users = self.browse([user_id for user_id, _name in found])
        ranked = users._rank_technicians(product.sudo().skill_ids)
        return [
            (user.id, self._get_technician_label(user, lacks))
            for user, lacks in ranked[:limit]
        ]

    @api.model
    def _get_technician_label(self, user, lacks):
        hours = formatLang(self.env, user.open_labor_hours, digits=1)
        parts = [user.name, self.env._("%(hours)s h open", hours=hours)]
        if lacks:
            names = ", ".join(lacks.mapped("name"))
            parts.append(self.env._("lacks %(skills)s", skills=names))
        return " · ".join(parts)


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
