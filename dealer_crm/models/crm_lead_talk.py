# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

QUESTIONS = 5


class CrmLead(models.Model):
    """What is prepared for the next talk, and kept with the talk afterwards."""

    _inherit = "crm.lead"

    talking_points = fields.Text(
        copy=False, help="What you want to talk about next time."
    )
    objection_ids = fields.Many2many(
        "dealer.objection",
        string="Expected Objections",
        copy=False,
        groups="dealer_crm.group_dealer_user",
    )

    def _get_talk_interests(self):
        """What the customer looks for, as short texts: hook."""
        self.ensure_one()
        day = self.purchase_date_expected
        car = self.vehicle_id.display_name
        texts = [
            self.vehicle_model_id.display_name,
            self.color_wish,
            day and self.env._("buys by %(day)s", day=format_date(self.env, day)),
            self.has_trade_in and self.env._("trade-in"),
            car and self.env._("drives %(car)s", car=car),
        ]
        return [text for text in texts if text]

    def _get_talk_questions(self):
        """What is still to be asked: the first empty items of the file. Hook."""
        self.ensure_one()
        return self._get_missing_labels()[:QUESTIONS]

    def _get_other_channel(self, channel):
        """Another channel than the one that reached nobody."""
        self.ensure_one()
        return "wechat" if channel == "phone" else "phone"

    def _close_follow_up(self, contact):
        """What was prepared goes along with the talk it was prepared for."""
        prepared = self.sudo()
        if contact.outcome == "reached" and (
            prepared.talking_points or prepared.objection_ids
        ):
            contact.sudo().write(
                {
                    "talking_points": prepared.talking_points,
                    "objection_ids": [(6, 0, prepared.objection_ids.ids)],
                }
            )
            prepared.write({"talking_points": False, "objection_ids": [(5,)]})
        return super()._close_follow_up(contact)

    def action_log_contact(self):
        """The dialog proposes how and what for the next contact is planned."""
        action = super().action_log_contact()
        lead = self.sudo()
        action["name"] = self.env._("Log a Contact: %(lead)s", lead=lead.display_name)
        action["context"].setdefault(
            "default_next_purpose", lead.next_contact_purpose or False
        )
        action["context"] |= {
            "default_next_channel": lead._get_next_channel(),
            "dialog_size": "large",
        }
        return action

    def action_log_not_reached(self):
        """Nobody answered: the attempt counts, the next one is tomorrow."""
        self.env["dealer.contact"].create(
            [
                {
                    "lead_id": lead.id,
                    "outcome": "not_reached",
                    "channel": lead._get_next_channel() or "phone",
                    "direction": "out",
                }
                for lead in self
            ]
        )
        return True

    def _check_feedback(self, feedback):
        """:raises UserError: done, and nobody says what was said, or to all the same"""
        bound = self.sudo().filtered(lambda lead: lead._is_planned_by_grade())
        if bound and not (feedback or "").strip():
            raise UserError(self.env["dealer.contact"]._get_content_message())
        if len(bound) > 1:
            raise UserError(
                self.env._(
                    "Log these contacts one by one: no two customers say the same."
                )
            )

    def _log_done_follow_up(self, feedback):
        """The activity marked as done is a contact like any other in the ledger."""
        self.env["dealer.contact"].sudo().create(
            [
                {
                    "lead_id": lead.id,
                    "user_id": self.env.uid,
                    "outcome": "reached",
                    "channel": lead._get_next_channel() or "phone",
                    "content": feedback or False,
                }
                for lead in self.sudo()
            ]
        )

    def _merge_get_fields(self):
        return super()._merge_get_fields() + ["talking_points", "nurture_days"]

    def _merge_get_fields_specific(self):
        """A key customer stays one; what was prepared for either lead stays."""
        return super()._merge_get_fields_specific() | {
            "is_key_follow_up": lambda name, leads: any(leads.mapped(name)),
            "objection_ids": lambda name, leads: leads.sudo().mapped(name),
        }

    def _merge_dependences(self, opportunities):
        """Who was recommended by a talk is found in the lead that remains."""
        result = super()._merge_dependences(opportunities)
        talks = self.env["dealer.contact"].sudo()
        talks.search([("referred_lead_id", "in", opportunities.ids)]).write(
            {"referred_lead_id": self.id}
        )
        return result
