# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.exceptions import AccessError, UserError

from ..tools.complaint import ENDED
from ..tools.row_lock import touch_rows
from .dealer_complaint import AFTER_THE_END, SYSTEM_FIELDS

CODE = "dealer.complaint"
#: References a client may not point at records he cannot read.
REFERENCES = ("partner_id", "vehicle_id", "repair_id", "lead_id")


class DealerComplaint(models.Model):
    """How a complaint is entered and corrected: numbers, and what is refused."""

    _inherit = "dealer.complaint"

    @api.model_create_multi
    def create(self, vals_list):
        # also for all rights: the context may still be the client's
        self = without_defaults(self, SYSTEM_FIELDS)
        if not self.env.su:
            for vals in vals_list:
                # the form of a new record sends what it shows
                if vals.get("state") == "received":
                    vals.pop("state")
                if vals.get("name") == "/":
                    vals.pop("name")
                self._check_system_fields(vals)
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                branch = self.env["res.company"].browse(vals.get("company_id"))
                vals["name"] = self._get_next_number(branch or self.env.company)
        complaints = super().create(vals_list)
        complaints._check_references(REFERENCES)
        complaints._after_entry()
        return complaints

    def write(self, vals):
        if not self.env.su:
            vals = dict(vals)
            target = vals.pop("state", None)
            self._check_system_fields(vals)
            self._check_still_open(vals)
            if target:
                result = self.write(vals) if vals else True
                self._go_to(target)
                return result
        result = super().write(vals)
        self._check_references(vals.keys())
        self._after_change(vals)
        return result

    def _check_still_open(self, vals):
        """:raises UserError: the case is over; it is opened again before"""
        ended = self.filtered(lambda complaint: complaint.state in ENDED)
        if ended and vals.keys() - AFTER_THE_END:
            raise UserError(
                self.env._(
                    "%(number)s is closed: reopen it before you change it.",
                    number=ended[0].name,
                )
            )

        if "date_received" in vals and any(self.mapped("date_answered")):
            raise UserError(
                self.env._(
                    "Received on: stays as it is after the first answer, the deadlines "
                    "count from it."
                )
            )

    def _check_references(self, names):
        """:raises AccessError: a person, car or order the user may not read"""
        if self.env.su:
            return
        for name in set(REFERENCES) & set(names):
            target = self.sudo()[name].sudo(False)
            if target:
                target.check_access("read")

    @api.model
    def _get_next_number(self, company):
        """The next number of the branch's own circle, which starts anew each year."""
        today = company._get_dealer_today()
        sequence = self._get_number_circle(company)
        return sequence.next_by_id(sequence_date=today)

    @api.model
    def _get_number_circle(self, company):
        """The branch's sequence, made with its first complaint, never twice."""
        sequences = self.env["ir.sequence"].sudo()
        domain = [("code", "=", CODE), ("company_id", "=", company.id)]
        found = sequences.search(domain, limit=1)
        if found:
            return found
        # two first complaints at the same moment: the second one is tried again
        touch_rows(company)
        return sequences.create(
            {
                "name": self.env._("Complaint Number"),
                "code": CODE,
                "prefix": "TS/%(range_year)s/",
                "padding": 5,
                "use_date_range": True,
                "company_id": company.id,
            }
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        """A complaint is history, also a mistaken one: it is withdrawn."""
        if not self.env.su:
            raise AccessError(
                self.env._("A complaint is not deleted. Withdraw it with a reason.")
            )
