# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools.id_number import normalize_id_number
from ..tools.uscc import normalize_uscc
from .res_partner_match import same_phone_domain


class ResPartner(models.Model):
    """Who is entered a second time is told before he is saved, and may be saved."""

    _inherit = "res.partner"

    duplicate_warning = fields.Html(
        compute="_compute_duplicate_warning", groups="dealer_crm.group_dealer_user"
    )

    @api.depends("phone", "vat", "id_number", "file_state")
    def _compute_duplicate_warning(self):
        """Only while something is typed: an open file costs no query for it."""
        for partner in self:
            partner.duplicate_warning = False
            if not partner.id and partner.file_state:  # not saved, or being edited
                partner.duplicate_warning = partner._get_duplicate_warning()

    def _get_duplicate_warning(self):
        """Links to those who are here already, with what is the same."""
        origin = self._origin
        values = {
            name: self[name]
            for name in ("phone", "vat", "id_number")
            if self[name] and self[name] != origin[name]
        }
        lines = [
            Markup("<a href='/odoo/dealer-customers/%s' target='_blank'>%s</a>: %s")
            % (hit["id"], hit["name"], hit["reason"])
            for hit in self._find_twins(**values)
            if hit["id"] != origin.id
        ]
        return Markup("<br/>").join(lines) or False

    @api.model
    def find_duplicates(self, phone=None, vat=None, id_number=None):
        """Who may be the same person or company; for clients that enter customers.

        The ID number is compared for those only who may see one in full; for all
        others it is as if it were not given.

        :return: list of dicts ``id``, ``name``, ``reason``
        :raises AccessError: for users without a role in the dealership
        """
        if not self.env.user.has_group("dealer_crm.group_dealer_user"):
            raise AccessError(self.env._("Only staff of the dealership may ask this."))
        return self._find_twins(phone=phone, vat=vat, id_number=id_number)

    @api.model
    def _find_twins(self, phone=None, vat=None, id_number=None):
        """:return: see ``find_duplicates``; at most ten per reason"""
        may_compare = self.env.user.has_group("dealer_crm.group_personal_data")
        asked = [
            (phone, self.env._("same phone"), lambda: same_phone_domain(phone)),
            (
                vat,
                self.env._("same company code"),
                lambda: Domain("vat", "=", normalize_uscc(vat)),
            ),
            (
                may_compare and id_number and "*" not in id_number and id_number,
                self.env._("same ID document"),
                lambda: Domain("id_number", "=", normalize_id_number(id_number)),
            ),
        ]
        return [
            {"id": partner.id, "name": partner.display_name, "reason": reason}
            for value, reason, get_domain in asked
            if value
            for partner in self._search_same_person(get_domain())
        ]

    def action_open_full_form(self):
        """From the quick form to the whole file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.id,
            "views": [(False, "form")],
            "context": {"dealer_customer_file": True},
        }
