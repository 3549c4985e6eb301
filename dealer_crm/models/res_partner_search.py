# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import search_sql
from ..tools.search_text import is_name_fragment, read_search_text
from .dealer_search_mixin import FOUND_LIMIT


class ResPartner(models.Model):
    """The customer is found by anything on his card, his car or his papers.

    Only the dealership's staff searches so: for everybody else the search of core
    keeps its cost and its results. The ID number is never compared.
    """

    _name = "res.partner"
    _inherit = ["res.partner", "dealer.search.mixin"]

    dealer_search = fields.Char("Name, phone, plate, VIN, order no.")

    _name_head_idx = models.Index("(lower(name) text_pattern_ops)")
    _name_trigram_idx = models.Index(search_sql.index_trigram("name"))
    _phone_tail_idx = models.Index(search_sql.index_phone_tail("phone"))
    _phone_second_tail_idx = models.Index(search_sql.index_phone_tail("phone_second"))

    @api.model
    def _get_dealer_domain(self, text):
        """Everybody the text may mean, for lists: nothing is cut off but papers."""
        typed = read_search_text(text)
        parts = [self._get_search_domain(typed), self._get_fragment_domain(typed)]
        if typed.name:
            # as core's own search field: also two letters in the middle
            parts.append(search_sql.name_inside("complete_name", typed.name))
        parts.append(Domain("id", "in", self._find_by_belongings(typed)))
        domain = Domain.OR(parts)
        return self._settle_few(domain) if typed.is_code else domain

    @api.model
    def _find_by_belongings(self, typed):
        """Ids of the people behind a plate, a VIN, an engine or an order number."""
        sources = self.env["dealer.reception"]._get_search_sources(typed)
        found = set()
        for source in sources:
            if source["model"] == "res.partner" or not source.get("partner"):
                continue
            if source.get("fallback") or source["model"] == "crm.lead":
                continue
            if not self.env[source["model"]].has_access("read"):
                continue
            records = self.env[source["model"]].search_fetch(
                source["domain"], [source["partner"]], limit=FOUND_LIMIT
            )
            found.update(records.mapped(source["partner"]).ids)
        return sorted(found)

    @api.model
    def _get_search_domain(self, typed):
        """Beginning of the name, end of the phone, customer number: always indexed."""
        parts = []
        if typed.name:
            parts.append(search_sql.name_head("name", typed.name))
        if typed.phone:
            parts.append(search_sql.phone_tail("phone", typed.phone))
            parts.append(search_sql.phone_tail("phone_second", typed.phone))
        if typed.number:
            parts.append(Domain("ref", "=", typed.number))
        return Domain.OR(parts)

    @api.model
    def _get_fragment_domain(self, typed):
        """What lies in the middle; without pg_trgm little more than above."""
        has_trigram = self.env.registry.has_trigram
        parts = []
        if has_trigram and is_name_fragment(typed.name):
            parts.append(search_sql.name_inside("name", typed.name))
        if typed.phone:
            parts.append(search_sql.phone_inside("phone", typed.phone, has_trigram))
        return Domain.OR(parts)

    @api.model
    def _search_display_name(self, operator, value):
        """Any field that takes a customer takes his plate, VIN or phone as well."""
        domain = super()._search_display_name(operator, value)
        if not self.env["dealer.reception"]._is_typed_by_staff(operator, value):
            return domain
        typed = read_search_text(value)
        if not (typed.phone or typed.vin or typed.plate_tail or typed.plate_head):
            return domain
        found = Domain("id", "in", self._find_by_belongings(typed))
        return Domain(domain) | found | self._get_search_domain(typed)
