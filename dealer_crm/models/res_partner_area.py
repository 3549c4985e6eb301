# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.area import Address, find_area

TEXTS = ("city", "street", "street2", "zip")

STORE = """
    UPDATE res_partner p
       SET area_id = due.area
      FROM unnest(%(ids)s::int[], %(areas)s::int[]) AS due(id, area)
     WHERE p.id = due.id AND p.area_id IS DISTINCT FROM due.area
"""


class ResPartner(models.Model):
    """The area of a customer follows his address; changed rules reach all in a job."""

    _inherit = "res.partner"

    area_id = fields.Many2one(
        "dealer.area",
        compute="_compute_area_id",
        store=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        groups="dealer_crm.group_dealer_user",
        help="The first area whose conditions the address meets.",
    )

    @api.depends("file_state", "company_id", "state_id", *TEXTS)
    def _compute_area_id(self):
        areas = self._find_areas()
        for partner in self:
            partner.area_id = areas[partner]

    def _find_areas(self):
        """:return: dict partner → id of its area or None"""
        rules = self.env["dealer.area"]._get_area_rules()
        return {
            partner: find_area(partner._get_area_address(), rules)
            if partner.file_state
            else None
            for partner in self
        }

    def _get_area_address(self):
        self.ensure_one()
        texts = {name: self[name] or "" for name in TEXTS}
        return Address(self.company_id.id, self.state_id.id, **texts)

    def _refresh_area(self):
        """Look anew at these files; :return: how many moved to another area"""
        self.env.flush_all()
        areas = self._find_areas()
        query = SQL(
            STORE,
            ids=[partner.id for partner in areas],
            areas=list(areas.values()),
        )
        self.env.cr.execute(query)
        moved = self.env.cr.rowcount
        self.invalidate_recordset(["area_id"], flush=False)
        return moved

    @api.model
    def _cron_update_area(self):
        """All files after a rule changed, in committed batches; safe to repeat."""
        names = ["file_state", "company_id", "state_id", *TEXTS]
        self._walk_files("area", lambda files: files._refresh_area(), names)
