# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, time, timedelta

import pytz
from odoo import api, fields, models
from odoo.exceptions import ValidationError

APPOINTMENT_HOUR = 10
ASKED = (
    "has_promise",
    "promise_name",
    "promise_date",
    "has_appointment",
    "appointment_start",
    "is_customer_invited",
    "has_referral",
    "referral_name",
    "referral_phone",
)


class DealerContact(models.Model):
    """What a talk leads to: a promise, an appointment, a person recommended."""

    _inherit = "dealer.contact"

    has_promise = fields.Boolean("I promised an answer", store=False)
    promise_name = fields.Char("What was promised", store=False)
    promise_date = fields.Date("Answer until", store=False)
    has_appointment = fields.Boolean("Appointment", store=False)
    appointment_start = fields.Datetime("Starts", store=False)
    is_customer_invited = fields.Boolean(
        "Send an Invitation", store=False, help="The customer gets it by e-mail."
    )
    has_referral = fields.Boolean("Recommends somebody", store=False)
    referral_name = fields.Char("Who", store=False)
    referral_phone = fields.Char("Phone", store=False)
    calendar_event_id = fields.Many2one(
        "calendar.event", "Appointment made", index="btree_not_null", readonly=True
    )
    referred_lead_id = fields.Many2one(
        "crm.lead", index="btree_not_null", readonly=True
    )

    @api.onchange("has_promise")
    def _onchange_has_promise(self):
        if self.has_promise and not self.promise_date:
            company = self.company_id or self.env.company
            self.promise_date = company._get_dealer_today() + timedelta(days=1)

    @api.onchange("has_appointment")
    def _onchange_has_appointment(self):
        if self.has_appointment and not self.appointment_start:
            company = self.company_id or self.env.company
            day = self.next_contact_date
            day = day or company._get_dealer_today() + timedelta(days=1)
            zone = pytz.timezone(company._get_dealer_tz())
            local = zone.localize(datetime.combine(day, time(APPOINTMENT_HOUR)))
            self.appointment_start = local.astimezone(pytz.utc).replace(tzinfo=None)

    @api.model_create_multi
    def create(self, vals_list):
        asked = [
            {name: vals[name] for name in ASKED if name in vals} for vals in vals_list
        ]
        contacts = super().create(
            [
                {name: value for name, value in vals.items() if name not in ASKED}
                for vals in vals_list
            ]
        )
        for contact, answers in zip(contacts, asked, strict=True):
            if answers.get("has_promise"):
                contact._make_promise(answers)
            if answers.get("has_appointment"):
                contact._make_appointment(answers)
            if answers.get("has_referral"):
                contact._make_referred_lead(answers)
        return contacts

    def _make_promise(self, answers):
        """:raises ValidationError: nobody could keep it: no words, or no day"""
        name = (answers.get("promise_name") or "").strip()
        if not name or not answers.get("promise_date"):
            raise ValidationError(
                self.env._("I promised an answer: say which one, and until when.")
            )
        self.env["dealer.promise"].create(
            {
                "name": name,
                "date_due": answers["promise_date"],
                "lead_id": self.lead_id.id,
                "partner_id": self.partner_id.id,
            }
        )

    def _make_appointment(self, answers):
        """A meeting of the consultant about the lead; the customer if so asked.

        :raises ValidationError: no time given
        """
        start = fields.Datetime.to_datetime(answers.get("appointment_start"))
        if not start:
            raise ValidationError(self.env._("Appointment: say when it starts."))
        who = self.env.user.partner_id
        if answers.get("is_customer_invited"):
            who |= self.partner_id
        event = self.env["calendar.event"].create(
            {
                "name": self.env._(
                    "Appointment: %(customer)s", customer=self._get_customer_name()
                ),
                "start": start,
                "stop": start + timedelta(hours=1),
                "partner_ids": [(6, 0, who.ids)],
                "user_id": self.env.uid,
                "opportunity_id": self.lead_id.id,
            }
        )
        self.sudo().calendar_event_id = event

    def _get_customer_name(self):
        self.ensure_one()
        lead = self.lead_id
        name = self.partner_id.name or lead.contact_name or lead.name
        return name or self.visitor_name or ""

    def _make_referred_lead(self, answers):
        """A lead of the same consultant, with this customer as the referrer.

        :raises ValidationError: nobody named, or he has an open lead already
        """
        name = (answers.get("referral_name") or "").strip()
        phone = (answers.get("referral_phone") or "").strip()
        if not name and not phone:
            raise ValidationError(
                self.env._("Recommends somebody: enter the name or the phone.")
            )
        leads = self.env["crm.lead"]
        if phone and leads._find_open_leads(phone, self.partner_id.browse()):
            raise ValidationError(
                self.env._("Recommends somebody: this phone has an open lead already.")
            )
        lead = leads.create(self._prepare_referred_lead_values(name, phone))
        self.sudo().referred_lead_id = lead

    def _prepare_referred_lead_values(self, name, phone):
        self.ensure_one()
        source = self.env.ref("dealer_crm.source_referral", raise_if_not_found=False)
        return {
            "name": self.env._(
                "%(name)s, recommended by %(customer)s",
                name=name or phone,
                customer=self._get_customer_name(),
            ),
            "type": "opportunity",
            "contact_name": name,
            "phone": phone,
            "referrer_id": self.partner_id.id,
            "source_id": source.id if source else False,
            "user_id": self.env.uid,
            "company_id": self.company_id.id,
        }

    @api.model
    def _get_past_fields(self):
        return super()._get_past_fields() | {"calendar_event_id", "referred_lead_id"}
