# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

LINES = 8
HIGH_LIST = "dealer_crm.crm_lead_view_list_high"


class DealerFloor(models.AbstractModel):
    """What the manager watches on the floor: clocks, high grades, entries."""

    _inherit = "dealer.floor"

    @api.model
    def _get_floor_blocks(self, company):
        blocks = super()._get_floor_blocks(company)
        return [
            *blocks,
            self._get_waiting_block(company),
            self._get_high_block(company),
            self._get_entry_block(company),
        ]

    @api.model
    def _get_open_lead_domain(self, company):
        """Open leads of the branch that are not put to rest."""
        return Domain(
            [
                ("type", "=", "opportunity"),
                ("won_status", "=", "pending"),
                ("company_id", "in", (company.id, False)),
                ("dormant_on", "=", False),
            ]
        )

    @api.model
    def _get_waiting_block(self, company):
        """Leads that nobody tried to reach yet, by the clock of the branch."""
        domain = self._get_open_lead_domain(company) & Domain(
            [("first_attempt_at", "=", False), ("response_due_at", "!=", False)]
        )
        leads = self.env["crm.lead"]
        late = domain & Domain("response_due_at", "<", fields.Datetime.now())
        title = self.env._("Waiting for the first contact")
        late_count = leads.search_count(late)
        lines = []
        for lead in leads.search(domain, order="response_due_at, id", limit=LINES):
            minutes = self._get_minutes(lead.response_due_at)
            span = self._format_span(minutes)
            text = (
                self.env._("%(span)s late", span=span)
                if minutes > 0
                else self.env._("%(span)s left", span=span)
            )
            level = "danger" if minutes > 0 else "warning"
            lines.append(self._format_lead_line(lead, text, level))
        return {
            "key": "waiting",
            "title": title,
            "value": leads.search_count(domain),
            "note": self.env._("%(count)d late", count=late_count)
            if late_count
            else "",
            "level": "danger" if late_count else "warning" if lines else "success",
            "action": self._list_action(
                title, "crm.lead", domain, "dealer_crm.crm_lead_view_list"
            ),
            "lines": lines,
        }

    @api.model
    def _format_lead_line(self, lead, note, level):
        grade = lead.grade_id.code
        return {
            "key": lead.id,
            "text": " · ".join(filter(None, [grade, lead.name])),
            "note": note,
            "user": lead.user_id.sudo().name or self.env._("nobody"),
            "level": level,
            "model": "crm.lead",
            "res_id": lead.id,
        }

    @api.model
    def _get_high_domain(self, company):
        """Prospects about to buy, ordered ones left out (seed 004: H and A)."""
        return self._get_open_lead_domain(company) & Domain(
            [("grade_id.intention", "=", "high"), ("grade_id.is_order", "=", False)]
        )

    @api.model
    def _get_high_block(self, company):
        """High grades whose planned contact is late; each shows its last contact."""
        leads = self.env["crm.lead"]
        today = company._get_dealer_today()
        domain = self._get_high_domain(company)
        late = domain & Domain("next_contact_date", "<", today)
        title = self.env._("High grades to follow closely")
        late_count = leads.search_count(late)
        due = domain & Domain("next_contact_date", "<=", today)
        lines = []
        for lead in leads.search(due, order="next_contact_date, id", limit=LINES):
            text, level = self._describe_due(lead.next_contact_date, today)
            last = lead.last_contact_date
            said = (
                self.env._("last contact %(day)s", day=format_date(self.env, last))
                if last
                else self.env._("no contact yet")
            )
            lines.append(self._format_lead_line(lead, f"{text}, {said}", level))
        return {
            "key": "high",
            "title": title,
            "value": leads.search_count(domain),
            "note": self.env._("%(count)d overdue", count=late_count)
            if late_count
            else "",
            "level": "danger" if late_count else "warning" if lines else "success",
            "action": self._list_action(title, "crm.lead", domain, HIGH_LIST),
            "lines": lines,
        }

    @api.model
    def _get_entry_block(self, company):
        """Visitors and callers with name and phone who are not entered yet."""
        domain = self._get_day_domain("date", company) & Domain(
            [
                ("company_id", "=", company.id),
                ("is_counted", "=", True),
                ("has_left_data", "=", True),
            ]
        )
        contacts = self.env["dealer.contact"]
        total = contacts.search_count(domain)
        missing = domain & Domain("lead_id", "=", False)
        rows = contacts.search(missing, order="date, id", limit=LINES)
        count = contacts.search_count(missing)
        rate = f"{(total - count) * 100 // total}%" if total else "–"
        title = self.env._("Entered the same day")
        note = self.env._("%(count)d not entered", count=count) if count else ""
        return {
            "key": "entry",
            "title": title,
            "value": rate,
            "note": note,
            "level": "warning" if count else "success",
            "action": self._list_action(title, "dealer.contact", missing),
            "lines": [
                {
                    "key": row.id,
                    "text": row._get_floor_name(),
                    "note": row._get_floor_model(),
                    "user": row.user_id.sudo().name,
                    "level": "muted",
                    "model": "dealer.contact",
                    "res_id": row.id,
                }
                for row in rows
            ],
        }
