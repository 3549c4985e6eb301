# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .dealer_contact_register import REGISTER_PURPOSES

RECEPTIONIST = "dealer_crm.group_receptionist"
CONSULTANT = "dealer_crm.group_sales_consultant"
MANAGER = "dealer_crm.group_sales_manager"
#: Noted by the system; a client neither sends nor proposes them.
SYSTEM_FIELDS = frozenset(
    "is_register is_counted visit_state has_left_data is_left_unnoted register_note"
    " consent_date consent_text_id is_same_day_entry is_entry_reminded"
    " entry_activity_id".split()
)
#: What the paper sheet has: corrected by reception, consultant and manager.
SHEET_FIELDS = frozenset(
    "party_size is_repeat date_served date_left visit_result visitor_address"
    " source_id lead_channel_id is_read_back consent_answer".split()
)
#: History in the ledger, yet a slip in today's register is put right.
TODAY_FIELDS = frozenset({"date", "purpose", "user_id"})


class DealerContact(models.Model):
    """Who registers for whom, and who corrects a line until when.

    The reception and managers keep the registers for everybody; a consultant those
    lines that are his or that he entered. Past days are corrected by managers and,
    but for when and who, by the consultant of the line.
    """

    _inherit = "dealer.contact"

    @api.model
    def _is_register_manager(self):
        return self.env.su or self.env.user.has_group(MANAGER)

    @api.model
    def _is_reception(self):
        """A receptionist who sells nothing himself."""
        user = self.env.user
        return user.has_group(RECEPTIONIST) and not user.has_group(CONSULTANT)

    def _is_mine(self):
        self.ensure_one()
        return self.env.user in (self.user_id, self.create_uid)

    def _filter_today(self):
        """The lines of their branch's day."""
        return self.filtered(lambda c: self._is_branch_today(c.date, c.company_id))

    def _filter_correctable(self):
        """Lines of the registers whose sheet the user may correct."""
        lines = self.filtered("is_register")
        if self._is_register_manager():
            return lines
        if self._is_reception():
            return lines._filter_today()
        return lines.filtered(lambda c: c._is_mine())

    def _check_logged_author(self):
        """Everybody of the showroom registers arrivals for everybody else."""
        free = self.browse()
        if self.env.user.has_group(RECEPTIONIST):
            free = self.filtered("is_register")
        return super(DealerContact, self - free)._check_logged_author()

    def _check_visitor_author(self):
        lines = self - self._filter_correctable()
        return super(DealerContact, lines)._check_visitor_author()

    @api.model_create_multi
    def create(self, vals_list):
        defaults = {f"default_{name}" for name in SYSTEM_FIELDS}
        self._refuse_system_fields(
            defaults & self.env.context.keys()
            or any(SYSTEM_FIELDS & vals.keys() for vals in vals_list)
        )
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_system_fields(SYSTEM_FIELDS & vals.keys())
        if SHEET_FIELDS & vals.keys() and not self.env.su:
            self._check_sheet()
        return super().write(vals)

    @api.model
    def _refuse_system_fields(self, sent):
        if sent and not self.env.su:
            raise AccessError(
                self.env._("What the register works out is noted by the system.")
            )

    def _check_sheet(self):
        """:raises AccessError: a line that the user may not correct"""
        lines = self.filtered("is_register")
        foreign = lines - lines._filter_correctable()
        if foreign:
            raise AccessError(
                self.env._(
                    "This line belongs to %(user)s: on the same day the reception "
                    "corrects it, later the consultant or a manager.",
                    user=foreign[0].user_id.sudo().name,
                )
            )

    def _check_past_unchanged(self, vals):
        """On its day a slip in a line of the register is put right."""
        if self.env.su or not TODAY_FIELDS & vals.keys():
            return super()._check_past_unchanged(vals)
        names = set(TODAY_FIELDS)
        if not (self._is_register_manager() or self._is_reception()):
            names.discard("user_id")  # nobody takes another one's visitor
        lines = self._filter_correctable()._filter_today()
        if lines:
            self._check_stays_in_register(vals)
        rest = {name: value for name, value in vals.items() if name not in names}
        super(DealerContact, lines)._check_past_unchanged(rest)
        return super(DealerContact, self - lines)._check_past_unchanged(vals)

    def _check_stays_in_register(self, vals):
        """:raises UserError: a line that would leave its day or its register"""
        company = self.company_id[:1]
        if vals.get("purpose", "look") not in REGISTER_PURPOSES:
            raise UserError(
                self.env._("Purpose: choose one for which people come or call.")
            )
        if vals.get("date") and not self._is_branch_today(vals["date"], company):
            raise UserError(self.env._("Time: the line stays on today's sheet."))
