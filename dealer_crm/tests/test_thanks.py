# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NOW, DealerCrmCase

LEFT = fields.Datetime.to_datetime("2026-03-10 03:30:00")


@tagged("post_install", "-at_install")
class TestThanks(DealerCrmCase):
    """Visit without an order: a letter and a call within 24 hours, each once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.lead = cls.make_lead(email_from="zhao@example.com")
        cls.contacts = cls.env["dealer.contact"]

    def visit(self, **values):
        defaults = {
            "lead_id": self.lead.id,
            "channel": "visit",
            "purpose": "look",
            "date": LEFT - timedelta(hours=1),
            "date_left": LEFT,
            "is_read_back": True,
            "user_id": self.consultant.id,
            "company_id": self.branch.id,
        }
        return self.contacts.create({**defaults, **values})

    def plan(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress") as progress:
            progress.return_value = 60
            self.contacts._cron_plan_thanks()

    def states(self, visit):
        visit.invalidate_recordset()
        return visit.thanks_state, visit.call_state

    def talk(self, hours, **values):
        values.setdefault("outcome", "reached")
        with freeze_time(LEFT + timedelta(hours=hours)):
            return self.log_talk(hours, **values)

    def log_talk(self, hours, **values):
        return self.contacts.create(
            {
                "lead_id": self.lead.id,
                "channel": "phone",
                "content": "Wants to think about it",
                "date": LEFT + timedelta(hours=hours),
                "company_id": self.branch.id,
                **values,
            }
        )

    def make_order(self, **values):
        partner = self.make_customer()
        self.lead.partner_id = partner
        return self.env["sale.order"].create(
            {"partner_id": partner.id, "opportunity_id": self.lead.id, **values}
        )

    def test_visit_without_order_waits_for_letter_and_call(self):
        visit = self.visit()
        self.plan()
        self.assertEqual(self.states(visit), ("due", "due"))
        self.assertEqual(visit.thanks_due_at, LEFT + timedelta(hours=24))
        self.assertEqual(visit.call_due_at, LEFT + timedelta(hours=24))
        kinds = self.lead.activity_ids.activity_type_id
        for kind in ("thanks", "visit_call"):
            self.assertIn(self.env.ref(f"dealer_crm.mail_activity_type_{kind}"), kinds)

    def test_second_run_changes_nothing(self):
        visit = self.visit()
        self.plan()
        activities = self.lead.activity_ids
        self.plan()
        self.assertEqual(self.lead.activity_ids, activities)
        self.assertEqual(self.states(visit), ("due", "due"))

    def test_visitor_still_here_waits(self):
        visit = self.visit(date_left=False)
        self.plan()
        self.assertEqual(self.states(visit), (False, False))

    def test_order_the_same_day_needs_no_letter(self):
        visit = self.visit()
        self.make_order().action_confirm()
        self.plan()
        self.assertEqual(self.states(visit), ("none", "none"))

    def test_order_noted_in_the_register_needs_no_letter(self):
        visit = self.visit(visit_result="ordered")
        self.plan()
        self.assertEqual(self.states(visit), ("none", "none"))

    def test_order_before_the_letter_is_due_withdraws_both(self):
        visit = self.visit()
        self.plan()
        self.make_order().action_confirm()
        self.assertEqual(self.states(visit), ("withdrawn", "withdrawn"))
        kinds = self.lead.activity_ids.activity_type_id
        self.assertNotIn(self.env.ref("dealer_crm.mail_activity_type_thanks"), kinds)

    def test_order_of_the_month_before_does_not_count(self):
        visit = self.visit()
        order = self.make_order()
        order.action_confirm()
        order.date_order = LEFT - timedelta(days=30)
        self.plan()
        self.assertEqual(self.states(visit)[0], "due")

    def test_second_visit_of_the_day_gets_no_second_letter(self):
        first = self.visit(date=LEFT - timedelta(hours=3))
        second = self.visit()
        self.plan()
        self.assertEqual(self.states(first)[0], "due")
        self.assertEqual(self.states(second)[0], "none")

    def test_consent_decides(self):
        self.lead.partner_id = partner = self.make_customer()
        partner._note_consent(["call"], ["care"], "withdrawn", "call")
        visit = self.visit(partner_id=partner.id)
        self.plan()
        self.assertEqual(self.states(visit), ("due", "none"))
        partner._note_consent(["post", "email", "sms"], ["care"], "withdrawn", "call")
        self.assertEqual(self.states(visit), ("withdrawn", "none"))

    def test_visitor_who_refused_is_left_in_peace(self):
        visit = self.visit(
            lead_id=False,
            visitor_name="Qian Testa",
            visitor_phone=self.next_phone(),
            consent_answer="refused",
        )
        self.plan()
        self.assertEqual(self.states(visit), ("none", "none"))

    def test_visitor_without_phone_is_not_called(self):
        visit = self.visit(
            lead_id=False, visitor_name="Qian Testa", visitor_address="Nanjing Road 1"
        )
        self.plan()
        self.assertEqual(self.states(visit), ("due", "none"))

    def test_workshop_visit_is_none_of_these(self):
        visit = self.visit(purpose="service")
        self.plan()
        self.assertEqual(self.states(visit), (False, False))

    def test_call_after_twenty_hours_counts_after_thirty_not(self):
        for hours, in_time in ((20, True), (30, False)):
            self.lead = self.make_lead()
            visit = self.visit(lead_id=self.lead.id)
            self.plan()
            self.talk(hours)
            self.assertEqual(self.states(visit)[1], "done")
            self.assertEqual(visit.is_call_in_time, in_time, hours)

    def test_nobody_answered_is_no_call(self):
        visit = self.visit()
        self.plan()
        self.talk(2, outcome="not_reached")
        self.assertEqual(self.states(visit)[1], "due")

    def test_posted_letter_is_logged_and_ends_no_plan(self):
        visit = self.visit()
        self.plan()
        planned = self.lead.next_contact_date
        visit.with_user(self.consultant).action_mark_thanks_sent()
        self.assertEqual(self.states(visit)[0], "done")
        sent = self.contacts.search(
            [("lead_id", "=", self.lead.id), ("mail_template_id", "!=", False)]
        )
        self.assertEqual((sent.channel, sent.purpose), ("letter", "care"))
        self.assertEqual(sent.user_id, self.consultant)
        self.assertEqual(self.lead.next_contact_date, planned)
        with self.assertRaises(UserError):
            visit.with_user(self.consultant).action_mark_thanks_sent()

    def test_mail_goes_to_the_visitor(self):
        visit = self.visit()
        self.plan()
        visit.with_user(self.consultant).action_email_thanks()
        mail = self.env["mail.mail"].search(
            [("model", "=", "dealer.contact"), ("res_id", "=", visit.id)]
        )
        self.assertEqual(mail.email_to, "zhao@example.com")
        self.assertIn("Zhao Testa", mail.body_html)

    def test_reminder_ticked_off_is_the_letter(self):
        visit = self.visit()
        self.plan()
        kind = self.env.ref("dealer_crm.mail_activity_type_thanks")
        activity = self.lead.activity_ids.filtered(lambda a: a.activity_type_id == kind)
        activity.with_user(self.consultant).action_done()
        self.assertEqual(self.states(visit)[0], "done")

    def test_letter_names_customer_and_consultant(self):
        visit = self.visit()
        self.plan()
        html = self.env["ir.actions.report"].with_user(self.consultant)
        html = html._render_qweb_html("dealer_crm.report_thanks", visit.ids)[0].decode()
        for text in ("Zhao Testa", self.consultant.name, self.car_model.name):
            self.assertIn(text, html)

    def test_only_the_system_notes_them(self):
        visit = self.visit()
        with self.assertRaises(AccessError):
            visit.with_user(self.consultant).write({"thanks_state": "done"})
        contacts = self.contacts.with_user(self.consultant)
        with self.assertRaises(AccessError):
            contacts.create(
                {"lead_id": self.lead.id, "call_done_at": fields.Datetime.now()}
            )

    def test_receptionist_writes_no_letters(self):
        front = self.make_user("front", "dealer_crm.group_receptionist")
        visit = self.visit(
            lead_id=False, visitor_name="Sun", visitor_phone="13900139000"
        )
        self.plan()
        with self.assertRaises(AccessError):
            visit.with_user(front).action_mark_thanks_sent()

    def test_consultant_does_not_print_letters_of_others(self):
        other = self.make_user("rival", "dealer_crm.group_sales_consultant")
        visit = self.visit()
        self.plan()
        with self.assertRaises(AccessError):
            visit.with_user(other).action_print_thanks()

    def test_consultant_writes_to_own_visitors_the_manager_to_all(self):
        other = self.make_user("rival", "dealer_crm.group_sales_consultant")
        visit = self.visit(
            lead_id=False, visitor_name="Sun", visitor_phone=self.next_phone()
        )
        self.plan()
        with self.assertRaises(AccessError):
            visit.with_user(other).action_mark_thanks_sent()
        visit.with_user(self.manager).action_mark_thanks_sent()
        self.assertEqual(self.states(visit)[0], "done")

    def test_fifty_visits_cost_the_queries_of_five(self):
        counts = []
        for number in (5, 5, 50):
            for _index in range(number):
                self.visit(
                    lead_id=False,
                    visitor_name="Wu Testa",
                    visitor_phone=self.next_phone(),
                )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.contacts._plan_thanks(self.branch)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
