# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL, format_date, format_time

WORDS = 60


class DealerMyDay(models.AbstractModel):
    """The cards of the consultant's day: one dict each, ready to show."""

    _inherit = "dealer.my.day"

    @api.model
    def _prepare_card(self, record, **values):
        """A card of any record; what is not said stays empty.

        ``lead_id``: the lead whose contact is logged by one click.
        """
        return {
            "key": f"{record._name},{record.id}",
            "model": record._name,
            "res_id": record.id,
            "lead_id": False,
            "name": "",
            "phone": "",
            "grade": "",
            "grade_color": 0,
            "car": "",
            "last": "",
            "purpose": "",
            "due": "",
            "level": "muted",
            "is_key": False,
            "button": False,
            **values,
        }

    @api.model
    def _get_lead_cards(self, leads):
        last = self._get_last_contacts(leads)
        return [
            self._prepare_card(
                lead,
                **self._get_lead_values(lead, last),
                **self._get_due_values(lead),
            )
            for lead in leads
        ]

    @api.model
    def _get_lead_values(self, lead, last):
        """What every card of a lead says about customer, car and the last contact."""
        return {
            "lead_id": lead.id,
            "name": lead.contact_name or lead.partner_name or lead.name,
            "phone": lead.phone or "",
            "grade": lead.grade_id.code or "",
            "grade_color": lead.grade_id.color,
            "car": lead.vehicle_model_id.display_name or "",
            "last": last.get(lead.id, ""),
            "is_key": lead.is_key_follow_up,
        }

    @api.model
    def _get_due_values(self, lead):
        company = lead.company_id or self.env.company
        words, level = self._describe_due(
            lead.next_contact_date, company._get_dealer_today()
        )
        return {
            "due": words,
            "level": level,
            "purpose": self._get_planned_words(lead),
        }

    @api.model
    def _get_planned_words(self, lead):
        """The planned purpose and channel in words."""
        words = []
        for name in ("next_contact_purpose", "next_contact_channel"):
            if value := lead[name]:
                labels = dict(lead._fields[name]._description_selection(self.env))
                words.append(labels.get(value, ""))
        return " · ".join(words)

    @api.model
    def _get_last_contacts(self, leads):
        """The last contact of each lead in words: day, result, first words.

        Whoever reads a lead reads its contacts; one query for all of them.

        :return: dict lead id -> text
        """
        contacts = self.env["dealer.contact"]
        contacts.flush_model(["lead_id", "date", "outcome", "content"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lead.id, last.date, last.outcome, last.content
                  FROM UNNEST(%s::int[]) AS lead(id)
                  JOIN LATERAL (
                       SELECT date, outcome, LEFT(content, %s) AS content
                         FROM dealer_contact
                        WHERE lead_id = lead.id
                        ORDER BY date DESC, id DESC
                        LIMIT 1
                       ) AS last ON TRUE
                """,
                leads.ids,
                WORDS + 1,
            )
        )
        outcomes = dict(contacts._fields["outcome"]._description_selection(self.env))
        outcomes["reached"] = ""  # what was said says it
        return {
            lead_id: self._get_contact_words(date, outcomes.get(outcome), content)
            for lead_id, date, outcome, content in rows
        }

    @api.model
    def _get_contact_words(self, date, outcome, content):
        text = " ".join((content or "").split())
        if len(text) >= WORDS:
            text = text[:WORDS].rstrip() + "…"
        local = fields.Datetime.context_timestamp(self, date)
        day = format_date(self.env, local.date())
        return " · ".join(filter(None, [day, outcome, text]))

    @api.model
    def _get_event_cards(self, events):
        leads = events.opportunity_id._filtered_access("read")
        last = self._get_last_contacts(leads)
        cards = []
        for event in events:
            lead = event.opportunity_id & leads
            values = self._get_lead_values(lead, last) if lead else {}
            start = fields.Datetime.context_timestamp(self, event.start)
            cards.append(
                self._prepare_card(
                    event,
                    **{"name": event.name, **values},
                    purpose=event.name,
                    due=self.env._("all day")
                    if event.allday
                    else format_time(self.env, start.time(), time_format="HH:mm"),
                    level="info",
                )
            )
        return cards

    @api.model
    def _get_promise_cards(self, promises, today):
        leads = promises.lead_id._filtered_access("read")
        last = self._get_last_contacts(leads)
        partners = promises.partner_id._filtered_access("read")
        phones = partners._get_visible_phones()
        cards = []
        for promise in promises:
            lead, partner = promise.lead_id & leads, promise.partner_id & partners
            words, level = self._describe_due(promise.date_due, today)
            values = self._get_lead_values(lead, last) if lead else {}
            if partner:
                values |= {"name": partner.name}
                values["phone"] = values.get("phone") or phones[partner.id]
            cards.append(
                self._prepare_card(
                    promise,
                    **{"name": promise.name, **values},
                    purpose=promise.name,
                    due=words,
                    level=level,
                    button={"method": "action_keep", "label": self.env._("Kept")},
                )
            )
        return cards
