# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .register_common import RegisterCase

PHONE = "13800138000"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRegisterConsent(RegisterCase):
    """The visitor's answer is noted and followed; who gave none is forgotten."""

    def test_answer_has_its_day_and_its_wording(self):
        text = self.env.ref("dealer_crm.consent_text_default")
        line = self.visit(consent_answer="given")
        self.assertEqual((str(line.consent_date), line.consent_text_id), (NOW, text))
        line.consent_answer = "not_asked"
        self.assertEqual((line.consent_date, line.consent_text_id.id), (False, False))

    def test_branch_has_its_own_wording_from_a_day_on(self):
        texts = self.env["dealer.consent.text"].with_user(self.manager)
        own = texts.create(
            {
                "text": "Ours",
                "date_from": "2026-03-11",
                "company_id": self.branch.id,
            }
        )
        line = self.visit(consent_answer="given")
        self.assertNotEqual(line.consent_text_id, own)
        with freeze_time("2026-03-11 04:00:00"):
            line = self.visit(consent_answer="refused", date="2026-03-11 04:00:00")
            self.assertEqual((line.consent_text_id, line.consent_words), (own, "Ours"))
        with self.assert_refused(UserError, "new version"):
            own.text = "Something else"

    def test_wording_is_the_managers(self):
        texts = self.env["dealer.consent.text"].with_user(self.front)
        with self.assertRaises(AccessError):
            texts.create({"text": "Anything"})

    def test_known_customer_gets_the_answer_on_his_file(self):
        customer = self.make_customer(phone=PHONE)
        self.visit(visitor_phone=PHONE, consent_answer="refused")
        lines = customer.consent_ids.filtered("is_current")
        self.assertEqual(
            {(c.channel, c.purpose, c.state, c.source) for c in lines},
            {
                ("call", "marketing", "withdrawn", "visit"),
                ("sms", "marketing", "withdrawn", "visit"),
            },
        )
        self.assertFalse(customer._may_contact("call", "marketing"))

    def test_answer_is_noted_once_and_a_later_one_stays(self):
        customer = self.make_customer(phone=PHONE)
        line = self.visit(visitor_phone=PHONE, consent_answer="given")
        count = len(customer.consent_ids)
        line.write({"partner_id": customer.id})
        self.assertEqual(len(customer.consent_ids), count)
        with freeze_time("2026-03-10 05:00:00"):
            customer._note_consent(["call"], ["marketing"], "withdrawn", "call")
            line.write({"partner_id": customer.id})
        self.assertFalse(customer._may_contact("call", "marketing"))

    def test_refusal_stays_with_the_lead(self):
        line = self.visit(
            self.li,
            visitor_name="Sun Testa",
            visitor_phone=PHONE,
            is_read_back=True,
            user_id=self.li.id,
            consent_answer="refused",
        )
        line.action_make_lead()
        self.assertEqual(line.lead_id.consent_contact, "withdrawn")

    def test_without_consent_and_lead_the_visitor_is_forgotten_in_time(self):
        self.branch.register_retention_days = 30
        values = {
            "visitor_name": "Sun Testa",
            "visitor_address": "88 Test Road",
            "content": "Asked for a red one",
            "feedback": "His wife prefers blue",
        }
        silent = self.visit(visitor_phone="13800138001", **values)
        agreed = self.visit(
            visitor_phone="13800138002", consent_answer="given", **values
        )
        lead = self.make_lead(phone="13800138003")
        linked = self.visit(visitor_phone="13800138003", visitor_name=False)
        self.assertEqual(linked.sudo().lead_id, lead)
        with freeze_time("2026-04-09 04:00:00"):
            self.run_job("forget_visitors")
            self.assertEqual(silent.visitor_name, "Sun Testa")
        with freeze_time("2026-04-10 04:00:00"):
            self.run_job("forget_visitors")
            self.run_job("forget_visitors")
        self.assertRecordValues(
            silent,
            [
                {
                    "visitor_name": "–",
                    "visitor_phone": False,
                    "visitor_address": False,
                    "content": False,
                    "feedback": False,
                    "has_left_data": True,
                    "is_counted": True,
                }
            ],
        )
        self.assertEqual(agreed.visitor_phone, "13800138002")
        self.assertEqual(linked.visitor_phone, "13800138003")

    def test_zero_days_keep_everything(self):
        self.branch.register_retention_days = 0
        line = self.visit(visitor_phone=PHONE)
        with freeze_time("2036-04-10 04:00:00"):
            self.run_job("forget_visitors")
        self.assertEqual(line.visitor_phone, PHONE)

    def test_forgotten_customers_visit_stays_counted(self):
        customer = self.make_customer(phone=PHONE)
        line = self.visit(visitor_phone=PHONE, visitor_address="88 Test Road")
        customer.sudo()._anonymise("Asked for it")
        self.assertRecordValues(
            line,
            [
                {
                    "visitor_phone": False,
                    "visitor_address": False,
                    "is_counted": True,
                    "has_left_data": True,
                }
            ],
        )
