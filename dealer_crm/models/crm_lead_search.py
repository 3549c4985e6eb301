# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Domain

from ..tools import search_sql
from ..tools.search_text import is_name_fragment, read_search_text


class CrmLead(models.Model):
    """A lead is found by name and phone, and by the customer's car or papers."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "dealer.search.mixin"]

    _contact_head_idx = models.Index("(lower(contact_name) text_pattern_ops)")
    _company_head_idx = models.Index("(lower(partner_name) text_pattern_ops)")
    _phone_tail_idx = models.Index(search_sql.index_phone_tail("phone"))

    @api.model
    def _get_dealer_domain(self, text):
        """Leads by the person, the present car, and the customer's belongings."""
        typed = read_search_text(text)
        cars = self.env["fleet.vehicle"].search(
            self.env["fleet.vehicle"]._get_search_domain(typed), limit=100
        )
        customers = self.env["res.partner"]._get_dealer_domain(text)
        domain = Domain.OR(
            [
                self._get_search_domain(typed),
                self._get_fragment_domain(typed),
                Domain("name", "ilike", text),
                Domain("vehicle_id", "in", cars.ids),
                Domain("partner_id", "any", customers),
            ]
        )
        return self._settle_few(domain) if typed.is_code else domain

    @api.model
    def _get_search_domain(self, typed):
        """Beginning of a name, end of the phone number."""
        parts = []
        if typed.name:
            parts.append(search_sql.name_head("contact_name", typed.name))
            parts.append(search_sql.name_head("partner_name", typed.name))
        if typed.phone:
            parts.append(search_sql.phone_tail("phone", typed.phone))
        return Domain.OR(parts)

    @api.model
    def _get_fragment_domain(self, typed):
        """What lies in the middle of a name or a number."""
        has_trigram = self.env.registry.has_trigram
        parts = []
        if has_trigram and is_name_fragment(typed.name):
            parts.append(search_sql.name_inside("contact_name", typed.name))
            parts.append(search_sql.name_inside("partner_name", typed.name))
        if typed.phone:
            parts.append(search_sql.phone_inside("phone", typed.phone, has_trigram))
        return Domain.OR(parts)
