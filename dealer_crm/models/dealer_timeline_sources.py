# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import format_amount, format_date

CHANNELS = {
    "visit": ("visit", "home"),
    "call": ("phone",),
    "message": ("wechat", "sms", "email", "letter"),
}


class DealerTimelineMixin(models.AbstractModel):
    """The events of the showroom: contacts, leads, grades, papers, ownership."""

    _inherit = "dealer.timeline.mixin"

    def _get_timeline_sources(self):
        return [
            *super()._get_timeline_sources(),
            *self._get_contact_sources(),
            *self._get_lead_sources(),
            self._get_promise_source(),
            *self._get_paper_sources(),
            *self._get_ownership_sources(),
        ]

    def _get_contact_sources(self):
        """The contact ledger, cut into visits, calls and messages."""
        common = {
            "model": "dealer.contact",
            "date": "date",
            "partner": "partner_id",
            "lead": "lead_id",
            "vehicle": "vehicle_id",
            "describe": self._describe_contact,
        }
        looks = (
            ("visit", self.env._("Visits"), "fa-street-view"),
            ("call", self.env._("Calls"), "fa-phone"),
            ("message", self.env._("Messages"), "fa-comment-o"),
        )
        return [
            common
            | {
                "kind": kind,
                "label": label,
                "icon": icon,
                "domain": [("channel", "in", CHANNELS[kind])],
            }
            for kind, label, icon in looks
        ]

    def _get_lead_sources(self):
        lead = {
            "kind": "lead",
            "label": self.env._("Leads"),
            "icon": "fa-star-o",
            "model": "crm.lead",
            "partner": "partner_id",
            "lead": "id",
            "vehicle": "vehicle_id",
            "context": {"active_test": False},
        }
        grade = {
            "kind": "grade",
            "label": self.env._("Grades"),
            "icon": "fa-signal",
            "model": "dealer.grade.log",
            "date": "date",
            "partner": "lead_id.partner_id",
            "lead": "lead_id",
            "describe": self._describe_grade,
            "open": "lead_id",
            "open_model": "crm.lead",
        }
        return [
            lead | {"date": "create_date", "describe": self._describe_new_lead},
            lead
            | {
                "date": "date_closed",
                "describe": self._describe_closed_lead,
                "domain": [("won_status", "!=", "pending")],
            },
            grade,
        ]

    def _get_promise_source(self):
        return {
            "kind": "promise",
            "label": self.env._("Promises"),
            "icon": "fa-handshake-o",
            "model": "dealer.promise",
            "date": "create_date",
            "partner": "partner_id",
            "lead": "lead_id",
            "describe": self._describe_promise,
        }

    def _get_paper_sources(self):
        return [
            {
                "kind": "order",
                "label": self.env._("Offers and Contracts"),
                "icon": "fa-file-text-o",
                "model": "sale.order",
                "date": "date_order",
                "partner": "partner_id",
                "lead": "opportunity_id",
                "describe": self._describe_order,
                # core lets the warehouse read the orders; the desk does not
                "groups": "sales_team.group_sale_salesman,"
                "account.group_account_readonly,account.group_account_invoice",
            },
            {
                "kind": "invoice",
                "label": self.env._("Invoices"),
                "icon": "fa-money",
                "model": "account.move",
                "date": "invoice_date",
                "partner": "partner_id",
                "domain": [
                    ("move_type", "in", ("out_invoice", "out_refund")),
                    ("state", "=", "posted"),
                ],
                "describe": self._describe_invoice,
            },
        ]

    def _get_ownership_sources(self):
        party = {
            "kind": "ownership",
            "label": self.env._("Ownership"),
            "icon": "fa-car",
            "model": "dealer.vehicle.party",
            "partner": "partner_id",
            "vehicle": "vehicle_id",
            "open": "vehicle_id",
            "open_model": "fleet.vehicle",
        }
        return [
            party | {"date": "date_from", "describe": self._describe_party_start},
            party | {"date": "date_to", "describe": self._describe_party_end},
        ]

    @api.model
    def _get_choice(self, record, name):
        """The label of a selection in the user's language."""
        return dict(record._fields[name]._description_selection(self.env)).get(
            record[name], ""
        )

    def _describe_contact(self, contact):
        parts = [
            self._get_choice(contact, "channel"),
            self._get_choice(contact, "purpose"),
        ]
        if contact.outcome != "reached":
            parts.append(self._get_choice(contact, "outcome"))
        return {
            "title": " · ".join(parts),
            "text": contact.content or "",
            "user": contact.user_id.name,
        }

    def _describe_new_lead(self, lead):
        return {
            "title": self.env._("Lead: %(name)s", name=lead.name),
            "text": lead.vehicle_model_id.display_name or "",
            "user": lead.user_id.name or "",
        }

    def _describe_closed_lead(self, lead):
        won = lead.won_status == "won"
        return {
            "title": self.env._("Won: %(name)s", name=lead.name)
            if won
            else self.env._("Lost: %(name)s", name=lead.name),
            "text": "" if won else lead.lost_reason_id.name or "",
            "user": lead.user_id.name or "",
        }

    def _describe_grade(self, log):
        return {
            "title": self.env._(
                "Grade %(before)s → %(after)s",
                before=log.grade_from_id.code or "–",
                after=log.grade_to_id.code or "–",
            ),
            "text": log.reason or "",
            "user": log.user_id.name,
        }

    def _describe_promise(self, promise):
        return {
            "title": self.env._("Promise: %(name)s", name=promise.name),
            "text": self.env._(
                "due %(day)s, %(state)s",
                day=format_date(self.env, promise.date_due),
                state=self._get_choice(promise, "state"),
            ),
            "user": promise.promised_by_id.name or "",
        }

    def _describe_order(self, order):
        return {
            "title": f"{self._get_choice(order, 'state')} {order.name}",
            "text": format_amount(self.env, order.amount_total, order.currency_id),
            "user": order.user_id.name or "",
        }

    def _describe_invoice(self, move):
        amount = format_amount(self.env, move.amount_total, move.currency_id)
        paid = self._get_choice(move, "payment_state")
        return {
            "title": f"{self._get_choice(move, 'move_type')} {move.name}",
            "text": f"{amount} · {paid}",
            "user": move.invoice_user_id.name or "",
        }

    def _describe_party_start(self, party):
        return {
            "title": self.env._(
                "%(role)s of %(car)s",
                role=self._get_choice(party, "role"),
                car=party.sudo().vehicle_id.display_name,
            ),
            "text": self._get_party_text(party),
            "user": "",
        }

    def _describe_party_end(self, party):
        return {
            "title": self.env._(
                "No longer %(role)s of %(car)s",
                role=self._get_choice(party, "role"),
                car=party.sudo().vehicle_id.display_name,
            ),
            "text": self._get_party_text(party),
            "user": "",
        }

    def _get_party_text(self, party):
        """On the card of a car the person is what the line lacks."""
        if self._name == "fleet.vehicle":
            return party.sudo().partner_id.display_name
        return ""
