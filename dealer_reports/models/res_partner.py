# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class ResPartner(models.Model):
    """What the data-quality board asks about customer files."""

    _inherit = "res.partner"

    is_possible_duplicate = fields.Boolean(
        "Same Phone as another Customer",
        compute="_compute_is_possible_duplicate",
        search="_search_is_possible_duplicate",
        groups="dealer_crm.group_dealer_user",
    )

    _file_phone_idx = models.Index("(phone) WHERE file_state IS NOT NULL")

    @api.depends("phone", "file_state", "company_id", "active")
    def _compute_is_possible_duplicate(self):
        found = self.sudo().search(
            [("id", "in", self.ids), ("is_possible_duplicate", "=", True)]
        )
        for partner in self:
            partner.is_possible_duplicate = partner._origin in found

    def _search_is_possible_duplicate(self, operator, value):
        """Two files of one branch (or shared ones) that give the same number."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        self.env["res.partner"].flush_model(
            ["phone", "file_state", "company_id", "active"]
        )
        return Domain.custom(to_sql=self._get_duplicate_sql)

    @api.model
    def _get_duplicate_sql(self, model, alias, query):
        return SQL(
            """EXISTS (
                SELECT 1
                  FROM res_partner twin
                 WHERE twin.phone = %(phone)s
                   AND twin.file_state IS NOT NULL
                   AND twin.active
                   AND twin.id <> %(id)s
                   AND (twin.company_id = %(company)s
                        OR twin.company_id IS NULL
                        OR %(company)s IS NULL)
            ) AND %(state)s IS NOT NULL""",
            phone=SQL.identifier(alias, "phone"),
            id=SQL.identifier(alias, "id"),
            company=SQL.identifier(alias, "company_id"),
            state=SQL.identifier(alias, "file_state"),
        )
