# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NOW
from .common_visit import NINE, TEN, VisitCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAppointmentVisit(VisitCase):
    """What becomes of a booked visit."""

    def test_arrival_opens_the_order_with_what_was_agreed(self):
        visit = self.make_visit(
            request="Oil change\n\n Brakes squeal ",
            service_kind="general",
            date_promised="2026-03-11 09:00:00",
        )
        action = visit.action_arrive()
        repair = visit.repair_id
        self.assertEqual(action["res_id"], repair.id)
        self.assertEqual(visit.state, "arrived")
        self.assertEqual(repair.service_state, "received")
        self.assertEqual(repair.vehicle_id, self.car)
        self.assertEqual(repair.partner_id, self.customer)
        self.assertFalse(repair.bringer_id)
        self.assertEqual(repair.service_kind, "general")
        self.assertEqual(repair.advisor_id, self.advisor)
        self.assertEqual(
            repair.concern_ids.mapped("name"), ["Oil change", "Brakes squeal"]
        )
        self.assertEqual(repair.date_promised, visit.date_promised)

    def test_another_person_brings_the_car(self):
        wife = self.make_customer("Wife Testa")
        visit = self.make_visit(partner_id=wife.id)
        visit.action_arrive()
        self.assertEqual(visit.repair_id.partner_id, self.customer)
        self.assertEqual(visit.repair_id.bringer_id, wife)

    def test_new_owner_gets_the_order(self):
        visit = self.make_visit()
        buyer = self.make_customer("Buyer Testa")
        self.car._transfer_ownership(buyer, fields.Date.to_date("2026-03-10"))
        visit.action_arrive()
        self.assertEqual(visit.repair_id.partner_id, buyer)
        self.assertEqual(visit.repair_id.bringer_id, self.customer)

    def test_prepared_order_is_received_on_arrival(self):
        visit = self.make_visit()
        visit.action_prepare_order()
        repair = visit.repair_id
        self.assertEqual(repair.service_state, "appointment")
        visit.action_arrive()
        self.assertEqual(visit.repair_id, repair)
        self.assertEqual(repair.service_state, "received")
        self.assertEqual(repair.date_in, fields.Datetime.now())

    def test_receptionist_receives_the_car(self):
        front = self.make_user("front", "dealer_crm.group_receptionist")
        visit = self.make_visit(user=front)
        self.call(front, "dealer.appointment", "action_arrive", visit.ids)
        self.assertEqual(visit.sudo().repair_id.service_state, "received")

    def test_arrival_by_mistake_is_undone(self):
        visit = self.make_visit()
        visit.action_arrive()
        repair = visit.repair_id
        visit.action_undo_arrival()
        self.assertEqual((visit.state, repair.state), ("booked", "cancel"))
        visit.action_arrive()
        self.assertNotEqual(visit.repair_id, repair)
        visit.repair_id.sudo().service_state = "in_work"
        with self.assert_refused(UserError, "has gone on"):
            visit.action_undo_arrival()

    def test_job_marks_yesterdays_visits_once(self):
        visit = self.make_visit()
        visit.action_prepare_order()
        late = self.make_visit("2026-03-12 01:00:00")
        jobs = self.env["dealer.appointment"]
        with freeze_time("2026-03-11 12:00:00"):  # the same evening
            self.assertFalse(jobs._mark_no_shows(self.branch))
        with freeze_time("2026-03-12 04:00:00"):
            self.assertEqual(jobs._mark_no_shows(self.branch), visit)
            self.assertFalse(jobs._mark_no_shows(self.branch))
        self.assertEqual(visit.state, "no_show")
        self.assertEqual(visit.repair_id.state, "cancel")
        self.assertFalse(visit.calendar_event_id)
        self.assertEqual(late.state, "booked")

    def test_no_show_comes_late_after_all(self):
        visit = self.make_visit()
        with self.assert_refused(UserError, "time has not come"):
            visit.action_no_show()
        with freeze_time("2026-03-11 03:00:00"):
            visit.action_no_show()
            self.assertEqual(visit.state, "no_show")
            visit.action_arrive()
        self.assertEqual(visit.state, "arrived")

    def test_no_show_frees_the_place_and_is_booked_again(self):
        visit = self.make_visit(request="Oil", bay_id=self.bay.id)
        visit.sudo().write({"state": "no_show"})
        action = visit.action_rebook()
        again = visit.browse(action["res_id"])
        self.assertEqual(again.rebooked_from_id, visit)
        self.assertEqual((again.state, again.request), ("requested", "Oil"))
        again.write({"date_start": NINE, "bay_id": self.bay.id})
        again.action_book()
        self.assertEqual(again.state, "booked")

    def test_cancel_needs_a_reason(self):
        visit = self.make_visit()
        with self.assert_refused(UserError, "why is the visit cancelled"):
            visit.action_confirm_cancel()
        visit.cancel_reason = "Travels"
        visit.action_confirm_cancel()
        self.assertEqual(visit.state, "cancelled")
        with self.assert_refused(UserError, "not possible any more"):
            visit.action_arrive()

    def test_calendar_of_the_advisor_follows(self):
        visit = self.make_visit()
        event = visit.calendar_event_id
        self.assertEqual(event.user_id, self.advisor)
        self.assertIn(self.car.license_plate, event.name)
        self.assertNotIn(self.customer.name, f"{event.name} {event.description}")
        self.assertFalse(visit.activity_ids)
        visit.write({"date_start": TEN, "date_stop": "2026-03-11 03:00:00"})
        self.assertEqual(event.start, fields.Datetime.to_datetime(TEN))
        event.with_user(self.advisor).write(
            {"start": NINE, "stop": "2026-03-11 02:00:00"}
        )
        self.assertEqual(visit.date_start, fields.Datetime.to_datetime(NINE))
        visit._cancel("Travels")
        self.assertFalse(event.exists())

    def test_moving_the_event_is_checked_too(self):
        visit = self.make_visit(bay_id=self.bay.id)
        self.make_visit(TEN, bay_id=self.bay.id, vehicle_id=self.make_cars(1)[0].id)
        event = visit.calendar_event_id.with_user(self.advisor)
        with self.assert_refused(UserError, "T1 is booked already"):
            event.write({"start": TEN, "stop": "2026-03-11 03:00:00"})
