# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.phone import classify_phone
from .res_partner_match import LIMIT, same_phone_domain

# What a known customer gets from his lead where his own file says nothing.
CARRIED_FIELDS = ("phone", "email", "function", "website", "user_id")
ADDRESS_FIELDS = ("street", "street2", "zip", "city", "state_id", "country_id")


class CrmLead(models.Model):
    """A prospect becomes a customer: the one who is here already, or a new one."""

    _inherit = "crm.lead"

    def action_convert_to_customer(self):
        """Ask who it is, or open the customer where the lead has one."""
        self.ensure_one()
        self.check_access("write")
        if self.partner_id:
            return self.partner_id.get_formview_action()
        self._check_customer_complete()
        return self.env["dealer.same.person"]._ask_for_lead(self)

    def _convert_to_customer(self, partner=None):
        """Link ``partner``, or a new customer, and return the lead's customer.

        Whoever comes second gets the customer of the first.

        :param partner: res.partner that was chosen; empty for a new one
        :raises UserError: while data of a formal customer is missing
        """
        self.ensure_one()
        self.check_access("write")
        self._lock_rows()
        if self.partner_id:
            return self.partner_id
        self._check_customer_complete()
        if partner:
            partner.check_access("read")
        customer = partner or self._create_customer()
        self.partner_id = customer
        self._complete_customer(customer)
        if self.type == "lead":
            self.convert_opportunity(customer)
        return customer

    def _lock_rows(self):
        """Two people press at once: the second waits and then sees what is there.

        The database refuses the second his outdated view; Odoo repeats the request.
        """
        self.flush_recordset()
        self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE id IN %s FOR UPDATE",
                SQL.identifier(self._table),
                tuple(self.ids),
            )
        )
        self.invalidate_recordset()

    def _check_customer_complete(self):
        """:raises UserError: names everything a formal customer still lacks"""
        self.ensure_one()
        missing = self._get_missing_for_customer()
        if missing:
            raise UserError(
                self.env._(
                    "A formal customer needs: %(missing)s.", missing=", ".join(missing)
                )
            )

    def _get_missing_for_customer(self):
        """Labels of what the lead lacks to become a customer."""
        self.ensure_one()
        missing = []
        if not (self.contact_name or self.partner_name):
            missing.append(self.env._("name"))
        if not self.phone:
            missing.append(self.env._("phone"))
        elif classify_phone(self.phone) == "invalid":
            missing.append(self.env._("a phone number that is possible"))
        return missing

    def _complete_customer(self, customer):
        """Gaps of the customer's file are filled from the lead, nothing is replaced."""
        known = customer.sudo()
        source = self._prepare_customer_values(known.name)
        names = [*CARRIED_FIELDS]
        if not any(known[name] for name in ADDRESS_FIELDS):
            names += ADDRESS_FIELDS
        vals = {
            name: source[name] for name in names if source.get(name) and not known[name]
        }
        if vals:
            known.write(vals)
        if not known.file_state and known._is_customer_phone_valid():
            known._open_customer_file()

    def _find_open_leads(self, phone, partner):
        """Open leads of this person in the branch, of any consultant.

        Found with all rights: a visitor who has a consultant goes back to him.
        """
        domain = same_phone_domain(phone)
        if partner:
            domain |= Domain("partner_id", "=", partner.id)
        domain &= Domain("won_status", "=", "pending")
        domain &= Domain("company_id", "in", [self.env.company.id, False])
        return self.sudo().search(domain, limit=LIMIT)
