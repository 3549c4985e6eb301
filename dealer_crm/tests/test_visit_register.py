# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .common import NOW
from .register_common import RegisterCase

PHONE = "13800138000"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestVisitRegister(RegisterCase):
    """One line per party: whose visitor it is, and what the sheet counts."""

    def test_visitors_go_round_and_busy_consultants_are_skipped(self):
        self.make_rota(self.li, self.wu, self.xu)
        visits = [self.visit() for _number in range(3)]
        self.assertEqual([v.user_id for v in visits], [self.li, self.wu, self.xu])
        visits[0].action_leave()
        visits[2].action_leave()
        self.assertEqual(self.visit().user_id, self.li)
        self.assertEqual(self.visit().user_id, self.xu)

    def test_returning_visitor_goes_back_and_uses_no_turn(self):
        rota = self.make_rota(self.li, self.wu)
        self.make_lead(phone=PHONE, user_id=self.xu.id)
        visit = self.visit(visitor_name=False, visitor_phone="+86 138-0013-8000")
        self.assertEqual((visit.user_id, visit.is_repeat), (self.xu, True))
        self.assertEqual((rota.turn_number, rota.last_line_id.id), (0, False))
        self.assertIn("Open lead of Xu", visit.register_note)
        self.assertEqual(visit.sudo().lead_id.user_id, self.xu)

    def test_client_cannot_take_a_returning_visitor_over(self):
        self.make_lead(phone=PHONE, user_id=self.xu.id)
        visit = self.visit(self.li, visitor_phone=PHONE, user_id=self.li.id)
        self.assertEqual(visit.user_id, self.xu)

    def test_manager_sends_him_to_somebody_else(self):
        self.make_lead(phone=PHONE, user_id=self.xu.id)
        visit = self.visit(self.manager, visitor_phone=PHONE, user_id=self.li.id)
        self.assertEqual(visit.user_id, self.li)

    def test_earlier_line_is_enough_to_be_recognised(self):
        rota = self.make_rota(self.li, self.wu)
        first = self.visit(visitor_phone=PHONE)
        first.action_take_over()
        again = self.visit(visitor_phone=PHONE)
        self.assertEqual((first.user_id, again.user_id), (self.li, self.li))
        self.assertEqual((first.is_repeat, again.is_repeat), (False, True))
        self.assertEqual(rota.turn_number, 1)

    def test_consultant_who_left_is_replaced_by_turn(self):
        self.make_rota(self.li)
        self.make_lead(phone=PHONE, user_id=self.xu.id)
        self.xu.active = False
        visit = self.visit(visitor_phone=PHONE)
        self.assertEqual((visit.user_id, visit.is_repeat), (self.li, True))

    def test_named_earlier_consultant_without_phone_uses_no_turn(self):
        rota = self.make_rota(self.li, self.wu)
        visit = self.visit(is_repeat=True, user_id=self.xu.id)
        self.assertEqual((visit.user_id, rota.turn_number), (self.xu, 0))

    def test_turn_that_went_on_meanwhile_is_told(self):
        self.make_rota(self.li, self.wu)
        self.visit()
        visit = self.visit(user_id=self.li.id)
        self.assertEqual(visit.user_id, self.wu)
        self.assertIn("turn of Wu, not of Li", visit.register_note)

    def test_unconfirmed_rota_warns_at_the_first_visit_only(self):
        self.make_rota(self.li, self.wu, state="draft")
        self.assertIn("not confirmed", self.visit().register_note)
        self.assertFalse(self.visit().register_note)

    def test_service_visitors_are_listed_but_neither_counted_nor_in_turn(self):
        rota = self.make_rota(self.li)
        for purpose in ("service", "delivery"):
            visit = self.visit(purpose=purpose, party_size=3)
            self.assertEqual((visit.is_register, visit.is_counted), (True, False))
        self.assertEqual(rota.turn_number, 0)
        self.assertTrue(self.visit(purpose="buy", party_size=4).is_counted)

    def test_call_stays_with_who_answers_and_uses_no_turn(self):
        rota = self.make_rota(self.li, self.wu)
        self.assertEqual(self.phone_call(self.wu).user_id, self.wu)
        self.assertEqual(self.phone_call().user_id, self.li)
        self.assertEqual(rota.turn_number, 0)

    def test_lines_of_other_days_use_no_turn(self):
        rota = self.make_rota(self.li)
        visit = self.visit(date="2026-03-09 04:00:00", user_id=self.wu.id)
        self.assertEqual((visit.user_id, rota.turn_number), (self.wu, 0))

    def test_typing_the_phone_tells_who_it_is(self):
        self.make_lead(phone=PHONE, user_id=self.xu.id, contact_name="Zhao Testa")
        form = self.open_line()
        form.visitor_phone = "138 0013 8000"
        self.assertEqual(
            (form.visitor_name, form.user_id, form.is_repeat, form.vehicle_model_id),
            ("Zhao Testa", self.xu, True, self.car_model),
        )
        self.assertIn("Open lead of Xu", form.register_note)
        visit = form.save()
        self.assertEqual((visit.user_id, visit.date_left), (self.xu, False))

    def test_consultant_sees_the_owner_but_not_the_name_of_his_lead(self):
        self.make_lead(phone=PHONE, user_id=self.xu.id, contact_name="Zhao Testa")
        form = self.open_line(self.li)
        form.visitor_phone = PHONE
        self.assertFalse(form.visitor_name)
        self.assertIn("Open lead of Xu", form.register_note)

    def test_several_leads_are_said_to_be_several(self):
        for user in (self.xu, self.wu):
            self.make_lead(phone=PHONE, user_id=user.id)
        visit = self.visit(visitor_phone=PHONE)
        self.assertIn("2 open leads", visit.register_note)
        self.assertFalse(visit.sudo().lead_id)

    def test_line_proposes_who_is_next_and_needs_a_name_only(self):
        self.make_rota(self.li, self.wu)
        form = self.open_line()
        self.assertEqual(form.user_id, self.li)
        form.visitor_name = "Sun Testa"
        visit = form.save()
        self.assertRecordValues(
            visit,
            [
                {
                    "channel": "visit",
                    "direction": "in",
                    "purpose": "look",
                    "user_id": self.li.id,
                    "party_size": 1,
                    "visit_state": "waiting",
                    "is_counted": True,
                    "has_left_data": False,
                    "source_id": self.env.ref("dealer_crm.source_showroom").id,
                }
            ],
        )

    def open_line(self, user=None):
        contacts = self.env["dealer.contact"].with_user(user or self.front)
        action = self.env.ref("dealer_crm.dealer_contact_action_visits")
        context = safe_eval(action.context)
        return Form(
            contacts.with_context(**context),
            "dealer_crm.dealer_contact_view_list_visits",
        )

    def test_waits_is_served_leaves(self):
        self.make_rota(self.li)
        visit = self.visit()
        self.assertEqual(visit.visit_state, "waiting")
        with self.assert_refused(AccessError, "goes to Li"):
            visit.with_user(self.wu).action_take_over()
        visit.with_user(self.li).action_take_over()
        self.assertEqual((visit.visit_state, str(visit.date_served)), ("served", NOW))
        visit.action_leave()
        self.assertEqual((visit.visit_state, str(visit.date_left)), ("left", NOW))

    def test_visitor_of_nobody_becomes_his_who_takes_over(self):
        visit = self.visit()
        self.assertEqual(visit.user_id, self.front)
        visit.with_user(self.li).action_take_over()
        self.assertEqual((visit.user_id, visit.visit_state), (self.li, "served"))

    def test_phone_is_read_back_before_the_line_is_closed(self):
        visit = self.visit(visitor_phone=PHONE, visitor_name="Sun Testa")
        with self.assert_refused(ValidationError, "Sun Testa.*[Rr]ead"):
            visit.action_leave()
        with self.assert_refused(ValidationError, "[Rr]ead"):
            self.call(
                self.front, "dealer.contact", "write", visit.ids, {"date_left": NOW}
            )
        visit.is_read_back = True
        visit.action_leave()
        self.assertEqual(visit.visit_state, "left")

    def test_leaving_before_coming_is_refused(self):
        with self.assert_refused(Exception, "_times_check"):
            self.visit().date_left = "2026-03-10 03:00:00"

    def test_time_is_typed_as_an_hour_of_the_branch(self):
        visit = self.visit()
        self.assertEqual(visit.time_in, 12)
        visit.time_in = 9.5
        self.assertEqual(str(visit.date), "2026-03-10 01:30:00")
        visit.time_left = 10.25
        self.assertEqual(str(visit.date_left), "2026-03-10 02:15:00")

    def test_reception_corrects_today_only_and_within_the_register(self):
        visit = self.visit(visitor_phone=PHONE)
        visit.write(
            {"purpose": "buy", "party_size": 2, "visitor_name": "Sun"}
            | {"user_id": self.wu.id, "vehicle_model_id": self.car_model.id}
        )
        self.assertEqual((visit.purpose, visit.user_id), ("buy", self.wu))
        with self.assert_refused(UserError, "Purpose"):
            visit.purpose = "complaint"
        with self.assert_refused(UserError, "today"):
            visit.date = "2026-03-09 04:00:00"
        with freeze_time("2026-03-11 04:00:00"):
            with self.assert_refused(AccessError, "belongs to Wu"):
                visit.party_size = 5
            with self.assert_refused(UserError, "history"):
                visit.purpose = "look"
            visit.with_user(self.wu).visit_result = "quoted"

    def test_consultant_corrects_own_lines_only_and_never_whose_they_are(self):
        self.make_rota(self.li)
        visit = self.visit()
        visit.with_user(self.li).party_size = 3
        with self.assert_refused(AccessError, "belongs to Li"):
            visit.with_user(self.wu).party_size = 4
        with self.assert_refused(UserError, "history"):
            visit.with_user(self.li).user_id = self.wu

    def test_consultant_may_not_log_a_follow_up_for_somebody_else(self):
        lead = self.make_lead(user_id=self.li.id)
        with self.assert_refused(AccessError, "somebody else"):
            self.log_contact(lead, self.li, user_id=self.wu.id, content="x")

    def test_what_the_system_notes_is_refused_from_clients(self):
        for name in ("is_counted", "visit_state", "has_left_data", "register_note"):
            with self.subTest(name), self.assert_refused(AccessError, "noted by"):
                self.visit(**{name: "left"})
        visit = self.visit()
        with self.assert_refused(AccessError, "noted by"):
            visit.write({"is_same_day_entry": True})
        contacts = self.env["dealer.contact"].with_user(self.front)
        with self.assert_refused(AccessError, "noted by"):
            contacts.with_context(default_is_left_unnoted=True).create(
                {"visitor_name": "Sun Testa", "channel": "visit"}
            )

    def test_forgotten_visits_end_with_their_day(self):
        visit = self.visit()
        self.run_job("close_visits")
        self.assertEqual(visit.visit_state, "waiting")
        with freeze_time("2026-03-10 16:30:00"):
            self.run_job("close_visits")
        self.assertEqual(
            (visit.visit_state, visit.date_left, visit.is_left_unnoted),
            ("left", False, True),
        )

    def test_lines_of_many_visitors_cost_no_more_queries_per_page(self):
        fields = ["time_in", "visitor_phone", "register_note", "consent_words"]

        def count(size):
            lines = self.env["dealer.contact"].with_user(self.li)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            lines.search_read([("is_register", "=", True)], fields, limit=size)
            return self.env.cr.sql_log_count - before

        for _number in range(30):
            self.visit(visitor_phone=self.next_phone())
        count(1)
        self.assertEqual(count(3), count(30))
