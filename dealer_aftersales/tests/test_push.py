# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestPush(AftersalesCase):
    """Recipients are the segment, less those whom consent or governor leave out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.segment = cls.env["dealer.segment"].create(
            {
                "name": "Test customers",
                "model": "res.partner",
                "domain": "[('name', '=like', 'Push %')]",
            }
        )
        cls.people = cls.env["res.partner"].union(
            *(
                cls.make_customer(
                    f"Push {number}", email=f"push{number}@example.com", city="Nanjing"
                )
                for number in range(4)
            )
        )
        cls.template = cls.env.ref("dealer_crm.mail_template_promotion")
        cls.campaign = cls.env["utm.campaign"].create({"title": "Spring"})

    def make_push(self, user=None, **values):
        pushes = self.env["dealer.push"].with_user(user or self.care)
        return pushes.create(
            {
                "name": "Spring days",
                "segment_id": self.segment.id,
                "template_id": self.template.id,
                "campaign_id": self.campaign.id,
                "company_id": self.branch.id,
                **values,
            }
        )

    def ledger(self):
        return self.env["dealer.contact"].search(
            [("campaign_id", "=", self.campaign.id)]
        )

    def test_recipients_are_segment_and_consent(self):
        refused, wrong = self.people[0], self.people[1]
        refused._note_consent(["email"], ["marketing"], "withdrawn", "call")
        wrong.email = False
        push = self.make_push(channel="email")
        push.action_preview()
        lines = push.line_ids.grouped("state")
        self.assertEqual(lines["waiting"].partner_id, self.people[2:])
        reasons = {line.partner_id: line.reason for line in lines["left_out"]}
        self.assertEqual(reasons, {refused: "withdrawn", wrong: "no_address"})
        self.assertEqual((push.recipient_count, push.left_count), (2, 2))
        self.assertIn("1 · ", push.left_reasons)

    def test_sms_that_the_provider_refuses_is_a_failed_line(self):
        push = self.make_push(channel="sms")
        push.action_preview()
        push.action_send()
        self.assertEqual((push.state, push.done_count), ("sent", 4))
        messages = self.env["sms.sms"].search([("partner_id", "in", self.people.ids)])
        messages.grouped("partner_id")[self.people[1]].state = "error"
        self.assertEqual(self.env["dealer.contact"]._follow_sms(), 1)
        lines = push.line_ids.grouped("state")
        self.assertEqual(lines["failed"].partner_id, self.people[1])
        self.assertEqual(lines["failed"].contact_id.outcome, "not_reached")
        self.assertEqual(push.done_count, 3)

    def test_who_is_in_the_workshop_gets_no_advertising(self):
        self.make_repair(partner_id=self.people[0].id, state="under_repair")
        push = self.make_push()
        push.action_preview()
        line = push.line_ids.filtered(lambda x: x.partner_id == self.people[0])
        self.assertEqual(line.reason, "problem")

    def test_mail_leaves_once_and_stands_in_the_ledger(self):
        push = self.make_push(channel="email")
        push.action_preview()
        push.action_send()
        mails = self.env["mail.mail"].search([("res_id", "in", self.people.ids)])
        mails = mails.filtered(lambda mail: mail.model == "res.partner")
        self.assertEqual(len(mails), 4)
        self.assertEqual(push.state, "sent")
        sent = self.ledger()
        self.assertEqual(sent.partner_id, self.people)
        self.assertEqual(set(sent.mapped("user_id")), {self.care})
        self.assertEqual(set(sent.mapped("purpose")), {"marketing"})
        with self.assertRaises(UserError):
            push.action_send()
        with self.assertRaises(UserError):
            push.write({"name": "Other"})

    def test_consent_withdrawn_after_the_preview_counts(self):
        push = self.make_push()
        push.action_preview()
        self.people[0]._note_consent(["post"], ["marketing"], "withdrawn", "call")
        push.action_send()
        self.assertEqual(self.ledger().partner_id, self.people[1:])

    def test_job_goes_on_after_a_stop_and_sends_nothing_twice(self):
        push = self.make_push()
        push.action_preview()
        module = "odoo.addons.dealer_aftersales.models.dealer_push_send.BATCH"
        with patch(module, 1):
            push.action_send()
            self.assertEqual(push.state, "sending")
            push.sudo()._send_batch()
            self.assertEqual(len(self.ledger()), 1)
            while push.state == "sending":
                push.sudo()._send_batch()
        self.assertEqual(self.ledger().partner_id, self.people)
        self.assertEqual(len(self.ledger()), 4)

    def test_persons_another_worker_sends_to_are_waited_for(self):
        push = self.make_push()
        push.action_preview()
        push.sudo().state = "sending"
        lines = type(self.env["dealer.push.line"])
        with patch.object(lines, "try_lock_for_update", lambda self: self.browse()):
            self.assertEqual(push.sudo()._send_batch(), 0)
        self.assertEqual(push.state, "sending")
        while push.state == "sending":
            push.sudo()._send_batch()
        self.assertEqual(len(self.ledger()), 4)

    def test_one_bad_person_stops_no_other(self):
        bad = self.people[1]
        kind = type(self.env["dealer.push"])
        deliver = kind._deliver_letter

        def fail(push, partners):
            if bad in partners:
                raise ValueError("no such street")
            return deliver(push, partners)

        push = self.make_push()
        push.action_preview()
        logger = "odoo.addons.dealer_aftersales.models.dealer_push_send"
        with patch.object(kind, "_deliver_letter", fail), self.assertLogs(logger):
            push.action_send()
        failed = push.line_ids.filtered(lambda line: line.state == "failed")
        self.assertEqual(failed.partner_id, bad)
        self.assertEqual(len(self.ledger()), 3)
        self.assertIn("street", push.last_error)

    def test_budget_leaves_out_who_got_enough(self):
        self.branch.write({"touch_budget_count": 1, "touch_budget_days": 30})
        push = self.make_push()
        push.action_preview()
        push.action_send()
        again = self.make_push()
        again.action_preview()
        self.assertEqual(set(again.line_ids.mapped("reason")), {"budget"})
        with self.assertRaises(UserError):
            again.action_send()

    def test_calls_are_a_list_that_empties_itself(self):
        push = self.make_push(channel="phone", template_id=False)
        push.action_preview()
        push.action_send()
        line = push.line_ids[0]
        context = line.action_log_call()["context"]
        contact = self.env["dealer.contact"].with_user(self.care)
        contact = contact.with_context(**context).create(
            {"outcome": "reached", "content": "Is coming on Saturday"}
        )
        self.assertEqual((line.state, line.contact_id), ("done", contact))
        self.assertEqual(contact.campaign_id, self.campaign)
        self.assertEqual(set(push.line_ids[1:].mapped("state")), {"waiting"})

    def test_letters_have_a_page_per_recipient(self):
        self.people[0]._note_consent(["post"], ["marketing"], "withdrawn", "call")
        push = self.make_push()
        push.action_preview()
        report = self.env["ir.actions.report"].with_user(self.care)
        html = report._render_qweb_html(
            "dealer_aftersales.report_push", push.line_ids.ids
        )[0].decode()
        for partner in self.people[1:]:
            self.assertIn(partner.name, html)
        self.assertNotIn(self.people[0].name, html)

    def test_cars_of_a_segment_lead_to_their_owners(self):
        car = self.make_car(owner_id=self.people[0].id, license_plate="苏A33333")
        segment = self.env["dealer.segment"].create(
            {
                "name": "One car",
                "model": "fleet.vehicle",
                "domain": f"[('id', '=', {car.id})]",
            }
        )
        push = self.make_push(segment_id=segment.id)
        push.action_preview()
        self.assertEqual(push.line_ids.partner_id, self.people[0])

    def test_rights(self):
        with self.assertRaises(AccessError):
            self.make_push(user=self.consultant)
        with self.assertRaises(AccessError):
            self.make_push(state="sent")
        push = self.make_push()
        push.action_preview()
        with self.assertRaises(AccessError):
            push.line_ids[0].write({"state": "done"})
        with self.assertRaises(AccessError):
            push.with_user(self.care_north).read(["name"])

    def test_preview_of_many_costs_the_queries_of_few(self):
        counts = []
        for _turn in range(3):
            push = self.make_push()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            push.action_preview()
            counts.append(self.cr.sql_log_count - before)
            for number in range(30 if _turn == 1 else 0):
                self.make_customer(f"Push more {number}")
        self.assertEqual(counts[1], counts[2])
