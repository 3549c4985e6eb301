# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NOW
from .common_visit import NINE, TEN, VisitCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAppointmentDesk(VisitCase):
    """The visit at the desk, in a call, in the history; and who may do what."""

    def get_card_keys(self, user):
        actions = self.env["dealer.reception"].with_user(user)
        actions = actions._get_desk_actions(
            self.customer.with_user(user), self.car.with_user(user), None
        )
        return [action["key"] for action in actions]

    def test_button_of_the_desk_books_for_the_car(self):
        front = self.make_user("front", "dealer_crm.group_receptionist")
        for user in (front, self.advisor, self.care, self.service_manager):
            self.assertIn("book", self.get_card_keys(user))
        self.assertNotIn("book", self.get_card_keys(self.technician))

    def test_todays_visit_stands_on_the_card(self):
        self.make_visit("2026-03-10 08:00:00")
        later = self.make_visit()
        partner = self.customer.with_user(self.advisor)
        texts = [line["text"] for line in partner._get_desk_now(self.car)]
        self.assertTrue([text for text in texts if self.car.license_plate in text])
        planned = [line["res_id"] for line in partner._get_desk_next()]
        self.assertIn(later.id, planned)

    def test_reminder_ends_in_a_visit(self):
        call = self.make_callback()
        action = call.with_user(self.care).action_book_visit()
        visits = self.env["dealer.appointment"].with_user(self.care)
        visit = visits.with_context(**action["context"]).create({"date_start": NINE})
        self.assertEqual(visit.callback_id, call)
        self.assertEqual(visit.source, "reminder")
        self.assertEqual(visit.partner_id, call.partner_id)

    def test_the_day_before_leads_to_a_call(self):
        policy = self.make_policy(
            "dealer.appointment",
            "date_start",
            domain="[('state', '=', 'booked')]",
            cycle="date",
            offset_days=-1,
            purpose="reminder",
            filed_only=False,
        )
        visit = self.make_visit()
        made = self.run_policy(policy)
        self.assertEqual(made.partner_id, self.customer)
        self.assertEqual(made.vehicle_id, self.car)
        self.assertEqual(str(made.date_due), "2026-03-10")
        self.assertFalse(self.run_policy(policy))
        visit.write({"date_start": "2026-03-12 01:00:00"})
        self.assertEqual(str(self.run_policy(policy).date_due), "2026-03-11")

    def test_roles(self):
        front = self.make_user("front", "dealer_crm.group_receptionist")
        for user in (front, self.advisor, self.care, self.service_manager):
            visit = self.make_visit(False, user)
            self.call(user, "dealer.appointment", "write", visit.ids, {"request": "x"})
            with self.assert_refused(AccessError, "Service Appointment"):
                visit.unlink()
        with self.assert_refused(AccessError, "Service Appointment"):
            self.make_visit(False, self.technician)
        self.assertEqual(visit.with_user(self.technician).request, "x")
        with self.assert_refused(AccessError, "Service Appointment"):
            self.call(self.technician, "dealer.appointment", "action_arrive", visit.ids)

    def test_branches_are_apart(self):
        visit = self.make_visit()
        visits = self.env["dealer.appointment"].with_user(self.care_north)
        self.assertFalse(visits.search([("id", "=", visit.id)]))
        with self.assert_refused(AccessError, "branch|Appointment"):
            visit.with_user(self.care_north).read(["request"])

    def test_forgotten_person_leaves_no_words(self):
        visit = self.make_visit(request="Call my wife")
        self.customer.sudo()._empty_ledger()
        self.assertEqual(visit.state, "cancelled")
        self.assertFalse(visit.request or visit.cancel_reason or visit.message_ids)

    def test_merged_customer_keeps_his_visits(self):
        twin = self.make_customer("Li Owner")
        visit = self.make_visit(partner_id=twin.id)
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo()
        wizard._merge((self.customer | twin).ids, self.customer)
        visit.invalidate_recordset()
        self.assertEqual(visit.partner_id, self.customer)

    def test_privacy_copy_and_handover_know_the_visits(self):
        sources = self.customer._get_privacy_sources()
        self.assertIn("dealer.appointment", [s["model"] for s in sources])
        works = self.env["dealer.handover"]._get_handover_sources()
        self.assertIn("visits", [work["key"] for work in works])

    def test_handover_to_somebody_who_is_busy_is_possible(self):
        self.branch.visit_advisor_limit = 1
        self.make_visit()
        one = self.make_cars(1)[0]
        self.branch.service_advisor_ids |= self.service_manager
        visit = self.make_visit(vehicle_id=one.id)
        self.assertEqual(visit.advisor_id, self.service_manager)
        visit.sudo().advisor_id = self.advisor
        self.assertEqual(visit.advisor_id, self.advisor)

    def test_list_of_fifty_asks_no_more_than_of_five(self):
        self.branch.visit_advisor_limit = 0
        self.bay.capacity = 60
        names = ["display_name", "phone", "license_plate", "bay_id", "is_overdue"]
        counts = []
        for number in (5, 50):
            cars = self.make_cars(number)
            visits = self.env["dealer.appointment"].create(
                [{"vehicle_id": car.id, "date_start": TEN} for car in cars]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            visits.with_user(self.advisor).read(names)
            counts.append(self.env.cr.sql_log_count - before)
            visits.sudo().write({"state": "no_show"})
        self.assertLessEqual(counts[1], counts[0] + 1)
