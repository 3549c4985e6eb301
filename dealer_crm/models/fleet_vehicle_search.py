# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import search_sql
from ..tools.search_text import read_search_text
from .dealer_search_mixin import FOUND_LIMIT


class FleetVehicle(models.Model):
    """The car is found by plate, VIN, engine number and by its owner."""

    _name = "fleet.vehicle"
    _inherit = ["fleet.vehicle", "dealer.search.mixin"]

    dealer_search = fields.Char("Plate, VIN, engine no., owner, phone")

    _vin_tail_idx = models.Index("(reverse(vin_sn) text_pattern_ops)")
    _vin_head_idx = models.Index("(vin_sn text_pattern_ops)")
    _plate_tail_idx = models.Index("(reverse(license_plate) text_pattern_ops)")
    _plate_head_idx = models.Index("(license_plate text_pattern_ops)")
    _engine_head_idx = models.Index(
        "(upper(engine_number) text_pattern_ops) WHERE engine_number IS NOT NULL"
    )
    _engine_trigram_idx = models.Index(search_sql.index_trigram("upper(engine_number)"))

    @api.model
    def _get_dealer_domain(self, text):
        """Cars by their own numbers and by who owns them."""
        typed = read_search_text(text)
        domain = self._get_search_domain(typed) | self._get_owner_domain(typed)
        return self._settle_few(domain) if typed.is_code else domain

    @api.model
    def _get_search_domain(self, typed):
        """Plate, VIN and engine number, each through its index."""
        parts = []
        if typed.plate_head:
            parts.append(search_sql.number_head("license_plate", typed.plate_head))
        if typed.plate_tail:
            parts.append(search_sql.number_tail("license_plate", typed.plate_tail))
        if typed.vin:
            parts.append(search_sql.number_tail("vin_sn", typed.vin))
        if len(typed.vin) > 7:
            parts.append(search_sql.number_head("vin_sn", typed.vin))
        if typed.engine:
            parts.append(
                search_sql.upper_fragment(
                    "engine_number", typed.engine, self.env.registry.has_trigram
                )
            )
        return Domain.OR(parts) & Domain("trade_state", "!=", False)

    @api.model
    def _get_owner_domain(self, typed):
        """By the owner's name, or by the phone number as far as it was typed."""
        partners = self.env["res.partner"]
        own = typed._replace(number="")
        domain = partners._get_search_domain(own) | partners._get_fragment_domain(own)
        if domain.is_false():
            return Domain.FALSE
        if typed.is_code:
            owners = partners.search_fetch(domain, ["id"], limit=FOUND_LIMIT)
            return Domain("owner_id", "in", owners.ids)
        return Domain("owner_id", "any", domain)

    @api.model
    def _search_display_name(self, operator, value):
        """Staff finds the car by its owner wherever a car is asked for."""
        domain = super()._search_display_name(operator, value)
        if not self.env["dealer.reception"]._is_typed_by_staff(operator, value):
            return domain
        return Domain(domain) | self._get_dealer_domain(value)
