# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import format_date

from ..tools.service_state import CLOSED


class RepairOrder(models.Model):
    """Whether the car is in warranty on this visit, and who pays then (SVC-06)."""

    _inherit = "repair.order"

    def _get_term_facts(self):
        """(day, kilometres) of the visit by which terms are judged; km may be 0."""
        self.ensure_one()
        company = self.company_id or self.env.company
        moment = self.date_in or fields.Datetime.now()
        return company._get_dealer_day(moment), self.odometer_in

    def _is_in_warranty(self):
        """Whether the maker's warranty covers the car on this visit."""
        self.ensure_one()
        day, km = self._get_term_facts()
        return bool(self.vehicle_id) and self.vehicle_id._is_in_warranty(
            day, km or None
        )

    def _propose_payer(self, line):
        """A warranty visit is the maker's inside the terms, else the customer's.

        Cars whose terms nobody entered stay as they are; so do all other kinds: a
        general repair is never made a claim without being asked.
        """
        payer = super()._propose_payer(line)
        car = self.vehicle_id
        if self.service_kind != "warranty" or self.under_warranty or not car:
            return payer
        known = car.warranty_end_date or car.warranty_end_odometer
        if not known or self._is_in_warranty() or self._get_extended_warranty():
            return payer
        return "customer"

    def _get_extended_warranty(self):
        """The contract that goes on where the maker's warranty ended."""
        self.ensure_one()
        day, km = self._get_term_facts()
        contracts = self.env["dealer.service.contract"]
        contracts = contracts._get_running(self.vehicle_id, "warranty")
        km = km or int(self.vehicle_id.odometer_total)
        return contracts.filtered(lambda c: c._is_running(day, km))[:1]

    def _get_order_hints(self):
        hints = super()._get_order_hints()
        if not self.vehicle_id or self.service_state in CLOSED:
            return hints
        return hints + [hint for hint in [self._get_warranty_hint()] if hint]

    def _get_warranty_hint(self):
        """Inside on a general repair: a claim? Outside on a claim: who pays?"""
        if self.service_kind not in ("general", "warranty"):
            return None
        is_claim = self.service_kind == "warranty"
        contract = self.env["dealer.service.contract"]
        inside = self._is_in_warranty()
        if not inside:
            contract = self._get_extended_warranty()
        if is_claim == bool(inside or contract):
            return None
        if is_claim and not self.vehicle_id.warranty_end_date:
            return None
        return self._hint(
            "warranty",
            self._get_warranty_text(inside, contract),
            "warning" if is_claim else "info",
            contract or self.vehicle_id,
            not is_claim and self._may_claim() and "action_make_claim",
            self.env._("Warranty"),
        )

    def _may_claim(self):
        """Who pays is the advisor's to say, not the technician's."""
        return self.env.user.has_group("dealer_aftersales.group_service_advisor")

    def _get_warranty_text(self, inside, contract):
        car = self.vehicle_id
        day = car.warranty_end_date and format_date(self.env, car.warranty_end_date)
        values = {"date": day or "–", "km": car.warranty_end_odometer or "–"}
        if inside:
            return self.env._(
                "In warranty until %(date)s or %(km)s km: make it a warranty visit?",
                **values,
            )
        if contract:
            return self.env._(
                "Extended warranty %(contract)s: make it a warranty visit?",
                contract=contract.name,
            )
        return self.env._("The warranty ended: %(date)s or %(km)s km.", **values)

    def action_make_claim(self):
        """A general repair becomes a warranty visit; what the customer would pay, too.

        Lines that somebody else pays, and those approved by the customer, stay.
        """
        self.ensure_one()
        self.check_access("write")
        self.service_kind = "warranty"
        lines = self.labor_ids | self.fee_ids
        lines.filtered(lambda line: line.payer == "customer").payer = "warranty"
        moves = self.move_ids.filtered(
            lambda m: m.repair_line_type == "add" and m.payer == "customer"
        )
        moves.payer = "warranty"
        return True

    def _get_board_flags(self):
        flags = super()._get_board_flags()
        text = self.env._("In warranty")
        for repair in self.filtered(lambda r: r.service_kind == "general"):
            if repair.odometer_in and repair._is_in_warranty():
                flags[repair.id].append(("warranty", text, "info"))
        return flags
