# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, time

from odoo import api, models
from odoo.tools import format_date, format_datetime

from .dealer_print_lead import CUSTOMER

CARD_CUSTOMER = [
    *CUSTOMER,
    "hobby_ids",
    "family_note",
    "source_id",
    "referrer_id",
    "user_id",
    "create_date",
]
INTEREST = [
    "vehicle_model_id",
    "color_wish",
    "purchase_type",
    "budget_min",
    "budget_max",
    "purchase_date_expected",
    "vehicle_id",
    "has_trade_in",
]
NEEDS = [
    "usage",
    "drivers",
    "payment_way",
    "competitor",
    "stated_needs",
    "hidden_needs",
    "key_questions",
]
RESULT = ["stage_id", "won_status", "date_closed", "lost_reason_id", "grade_id"]
BLANK_ROWS = {"grades": 4, "contacts": 14, "later": 5}


class ReportNegotiationCard(models.AbstractModel):
    """The negotiation card (客户洽谈卡), or the short one for C (顾客管理卡)."""

    _name = "report.dealer_crm.report_negotiation_card"
    _inherit = "dealer.lead.print"
    _description = "Negotiation Card"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template; without records one blank card"""
        self._check_staff()
        leads = self.env["crm.lead"].browse(docids or [])
        leads.check_access("read")
        title = self.env._("Negotiation Card")
        self.env["dealer.access.log"]._log("print", leads, title)
        return {"docs": leads, "leads": leads or [leads], "card_form": self._get_form()}

    @api.model
    def _get_form(self):
        """Which card: None lets the grade decide."""
        return None

    @api.model
    def _get_card(self, lead, form=None):
        """:return: dict with everything the card shows, as text"""
        is_short = form == "short" if form else bool(lead) and lead._is_short_card()
        card = {
            "lead": lead,
            "is_short": is_short,
            "is_won": lead.won_status == "won",
            "blocks": [self._get_block(self.env._("Customer"), lead, CARD_CUSTOMER)],
            "grade": lead.grade_id.code or "",
        }
        if is_short:
            return card
        analysis = lead.sudo().needs_analysis_id
        card["blocks"] += [
            self._get_block(self.env._("Interest"), lead, INTEREST),
            self._get_block(self.env._("Needs"), analysis, NEEDS),
        ]
        return card | {
            "lines": [
                (x.vehicle_model_id.display_name, x.reason) for x in analysis.line_ids
            ],
            "grades": self._get_grade_rows(lead),
            "contacts": self._get_contact_rows(lead),
            "later": self._get_later_rows(lead),
            "result": self._get_block(self.env._("Result"), lead, RESULT),
        }

    @api.model
    def _fill(self, rows, kind, lead):
        """A blank card has empty rows to write in."""
        return rows or ([None] * BLANK_ROWS[kind] if not lead else [])

    @api.model
    def _get_grade_rows(self, lead):
        """The way of the grade, oldest first."""
        logs = lead.grade_log_ids.sorted(lambda log: (log.date, log.id))
        steps = dict(logs._fields["step"]._description_selection(self.env))
        rows = [
            [
                self._format_moment(log.date),
                f"{log.grade_from_id.code or '–'} → {log.grade_to_id.code or '–'}",
                steps.get(log.step, ""),
                log.reason or "",
                log.user_id.sudo().name,
            ]
            for log in logs
        ]
        return self._fill(rows, "grades", lead)

    @api.model
    def _get_contact_rows(self, lead):
        """The log of the talks, each contact a row, in their order."""
        contacts = lead.contact_ids.sorted(lambda c: (c.date, c.id))
        rows = [
            [
                self._format_moment(contact.date),
                *contact._get_card_words(),
                format_date(self.env, contact.next_contact_date) or "",
                contact.user_id.sudo().name,
            ]
            for contact in contacts
        ]
        return self._fill(rows, "contacts", lead)

    @api.model
    def _get_later_rows(self, lead):
        rows = lead._get_card_later_rows() if lead.won_status == "won" else []

        def moment(row):
            day = row[0]
            return day if isinstance(day, datetime) else datetime.combine(day, time())

        rows = [
            [self._format_moment(row[0]), *row[1:]] for row in sorted(rows, key=moment)
        ]
        return self._fill(rows, "later", lead)

    @api.model
    def _format_moment(self, moment):
        if isinstance(moment, datetime):
            return format_datetime(self.env, moment, dt_format="short")
        return format_date(self.env, moment)

    @api.model
    def _get_labels(self):
        return super()._get_labels() | {
            "won_status": self.env._("Result"),
            "date_closed": self.env._("Closed on"),
            "lost_reason_id": self.env._("Reason of the Loss"),
        }


class ReportNegotiationCardFull(models.AbstractModel):
    """The long card, whatever the grade is."""

    _name = "report.dealer_crm.report_negotiation_card_full"
    _inherit = "report.dealer_crm.report_negotiation_card"
    _description = "Negotiation Card, complete"

    @api.model
    def _get_form(self):
        return "full"


class ReportManagementCard(models.AbstractModel):
    """The short card, whatever the grade is."""

    _name = "report.dealer_crm.report_management_card"
    _inherit = "report.dealer_crm.report_negotiation_card"
    _description = "Customer Management Card"

    @api.model
    def _get_form(self):
        return "short"
