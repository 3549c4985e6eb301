# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW
from .complaint_common import ComplaintCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestComplaintDoors(ComplaintCase):
    """CB-04: opened from everywhere with one click, filled with what is known."""

    def test_a_bad_answer_becomes_a_complaint_the_same_day(self):
        call = self.make_bad_call(codes=["not_fixed"])
        call.write({"complaint_choice": "yes", "remark": "It still pulls to the left"})
        self.call(self.care, "dealer.callback", "action_save_answers", call.ids)
        complaint = call.complaint_id
        self.assertRecordValues(
            complaint,
            [
                {
                    "partner_id": call.partner_id.id,
                    "vehicle_id": call.vehicle_id.id,
                    "repair_id": call.repair_id.id,
                    "callback_id": call.id,
                    "content": "It still pulls to the left",
                    "kind": "technical",
                    "channel": "callback",
                    "issue_ids": call.issue_ids.ids,
                    "user_id": self.care.id,
                    "create_uid": self.care.id,
                }
            ],
        )
        self.assertEqual(str(complaint.date_received), NOW)
        self.call(self.care, "dealer.callback", "action_save_answers", call.ids)
        self.assertEqual(call.complaint_id, complaint)

    def test_the_block_of_the_card_decides_words_kind_and_level(self):
        call = self.make_bad_call()
        call.with_user(self.care).write(
            {
                "complaint_choice": "yes",
                "complaint_content": "Rude at the desk",
                "complaint_kind": "service",
                "complaint_level_id": self.critical.id,
            }
        )
        self.call(self.care, "dealer.callback", "action_keep_complaint", call.ids)
        complaint = call.complaint_id
        self.assertEqual(complaint.content, "Rude at the desk")
        self.assertEqual(complaint.level_id, self.critical)
        self.assertFalse(call.complaint_content)
        self.assertEqual(
            call.with_user(self.care).action_open_complaint()["res_id"], complaint.id
        )

    def test_nothing_typed_the_answers_speak(self):
        call = self.make_bad_call(codes=["wait_time", "praise_people"])
        complaint = call.with_user(self.care)._open_complaint()
        self.assertIn("Satisfaction 1", complaint.content)
        self.assertIn("Long waiting time", complaint.content)
        self.assertEqual(complaint.issue_ids.mapped("code"), ["wait_time"])
        self.assertEqual(complaint.kind, "service")

    def test_problems_ticked_later_go_to_the_open_complaint(self):
        call = self.make_bad_call(codes=["wait_time"])
        complaint = call.with_user(self.care)._open_complaint("It took all day")
        codes = self.env["dealer.callback.issue"]
        more = codes.search([("code", "in", ("price", "praise_people"))])
        self.assertEqual(len(more), 2)
        call.with_user(self.care).write(
            {"issue_ids": [Command.link(issue.id) for issue in more]}
        )
        self.assertEqual(
            set(complaint.issue_ids.mapped("code")), {"wait_time", "price"}
        )
        call.with_user(self.care).issue_ids = False
        self.assertEqual(len(complaint.issue_ids), 2, "taken up is taken up")

    def test_ended_complaint_gets_no_more_problems(self):
        call = self.make_bad_call(codes=["wait_time"])
        complaint = call.with_user(self.care)._open_complaint("It took all day")
        complaint.action_withdraw("Was another dealership")
        self.assertEqual(complaint.state, "withdrawn")
        call.issue_ids |= call.issue_ids.search([("code", "=", "price")])
        self.assertEqual(complaint.issue_ids.mapped("code"), ["wait_time"])

    def test_chosen_no_none_is_opened(self):
        call = self.make_bad_call()
        call.complaint_choice = "no"
        call.with_user(self.care).action_save_answers()
        self.assertFalse(call.complaint_id)

    def test_the_cause_found_later_stands_on_the_call(self):
        call = self.make_bad_call()
        call.cause_id = False
        complaint = call.with_user(self.care)._open_complaint("It squeaks")
        causes = self.env["dealer.cause"].search([], limit=2)
        complaint.with_user(self.care).cause_id = causes[0]
        self.assertEqual(call.cause_id, causes[0])
        complaint.with_user(self.care).cause_id = causes[1]
        self.assertEqual(call.cause_id, causes[0], "what the caller chose stays")

    def test_desk_customer_order_and_lead(self):
        repair = self.make_repair("2026-03-05 04:00:00")
        for user in (self.service_manager, self.advisor):
            context = {}
            for record in (self.customer, repair):
                context |= record.with_user(user).action_open_complaint()["context"]
            self.assertEqual(context["default_partner_id"], self.customer.id)
            self.assertEqual(context["default_repair_id"], repair.id)
            complaint = (
                self.env["dealer.complaint"]
                .with_user(user)
                .with_context(**context)
                .create({"content": "Too dear"})
            )
            self.assertEqual(complaint.vehicle_id, self.car)
        lead = self.make_lead(partner_id=self.customer.id)
        action = lead.with_user(self.consultant).action_open_complaint()
        self.assertEqual(action["context"]["default_kind"], "sales")
        self.assertEqual(repair.with_user(self.care).complaint_count, 2)
        self.assertEqual(self.customer.with_user(self.care).complaint_count, 2)

    def test_a_talk_about_a_complaint_leads_to_it(self):
        contacts = self.env["dealer.contact"].with_user(self.care)
        talk = contacts.create(
            {
                "partner_id": self.customer.id,
                "purpose": "complaint",
                "channel": "wechat",
                "direction": "in",
                "content": "Waited two hours",
            }
        )
        action = talk.action_open_complaint()
        complaint = talk.complaint_id
        self.assertEqual(action["res_id"], complaint.id)
        self.assertEqual(complaint.content, "Waited two hours")
        self.assertEqual(complaint.channel, "wechat")
        self.assertEqual(talk.action_open_complaint()["res_id"], complaint.id)

    def test_the_desk_card_offers_it(self):
        desk = self.env["dealer.reception"].with_user(self.advisor)
        card = desk.get_desk_card(self.customer.id, self.car.id)
        [button] = [a for a in card["actions"] if a["key"] == "complaint"]
        values = button["action"]["context"]
        self.assertEqual(values["default_vehicle_id"], self.car.id)
        tech = self.env["dealer.reception"].with_user(self.technician)
        card = tech.get_desk_card(self.customer.id, self.car.id)
        self.assertNotIn("complaint", [a["key"] for a in card["actions"]])

    def test_an_open_complaint_is_a_stop_sign_everywhere(self):
        complaint = self.make_complaint()
        lead = self.make_lead(partner_id=self.customer.id)
        self.assertIn(complaint.name, lead.with_user(self.consultant).problem_alert)
        answer = self.customer._explain_contact("call", "marketing")
        self.assertFalse(answer[self.customer.id][0])
        people = self.env["res.partner"]
        self.assertIn(self.customer, people.search(people._get_open_problem_domain()))
        overview = self.customer.with_user(self.care).get_dealer_overview()
        self.assertEqual(overview["now"][0]["res_id"], complaint.id)
        self.assertIn(complaint.name, str(overview["marks"]))
        order = self.make_repair(partner_id=self.customer.id)
        hints = order.with_user(self.advisor).get_order_hints()
        self.assertIn(complaint.name, str(hints))
        call = self.make_bad_call()
        self.assertIn(complaint.name, call.with_user(self.care).complaint_alert)
        self.tell_story(complaint).write({"state": "closed"})
        self.env.invalidate_all()
        self.assertNotIn(complaint.name, str(self.customer._get_open_complaint_texts()))
        self.assertFalse(call.with_user(self.care).complaint_alert)

    def test_the_owner_of_the_car_is_told_of_too(self):
        driver = self.make_customer("Driver")
        self.make_complaint(partner_id=driver.id)
        problems = (self.customer | driver)._get_open_problems()
        self.assertEqual(set(problems), {self.customer.id, driver.id})

    def test_a_car_without_owner_stops_nobody_else(self):
        stray = self.make_car()
        self.make_complaint(vehicle_id=stray.id)
        self.make_repair(vehicle_id=stray.id, partner_id=False)
        other = self.make_customer("Somebody else")
        people = self.env["res.partner"]
        domain = ~people._get_open_problem_domain()
        self.assertIn(other, people.search(domain))
        self.assertNotIn(self.customer, people.search(domain))

    def test_a_suggestion_stops_no_sale(self):
        self.make_complaint(kind="suggestion")
        self.assertFalse(self.customer._get_open_problems())

    def test_many_customers_cost_the_same_queries(self):
        people = self.env["res.partner"].concat(
            *(self.make_customer(f"Owner {i}") for i in range(12))
        )
        for person in people:
            self.make_complaint(partner_id=person.id, vehicle_id=False)

        def count(partners):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            partners._get_open_problems()
            return self.env.cr.sql_log_count - start

        count(people)  # the registry's own caches
        self.assertEqual(count(people[:3]), count(people))

    def test_timeline_handover_copy_and_oblivion(self):
        complaint = self.make_complaint(answer="Told Li Owner on the phone")
        events = self.customer.with_user(self.care).get_dealer_timeline(["complaint"])
        self.assertIn(complaint.name, events["events"][0]["title"])
        sources = self.env["dealer.handover"]._get_handover_sources()
        [source] = [s for s in sources if s["key"] == "complaints"]
        handover = self.env["dealer.handover"].with_user(self.service_manager)
        self.assertIn(complaint, handover._find_work(source, self.care).sudo())
        self.assertIn(complaint.name, str(self.customer._prepare_data_copy()))
        with freeze_time("2040-03-10 04:00:00"):
            self.customer.with_user(self.director)._anonymise("asked for it")
        self.assertEqual(complaint.sudo().content, "–")
        self.assertFalse(complaint.sudo().answer)
