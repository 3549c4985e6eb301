# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NOW
from .common_visit import NINE, TEN, VisitCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAppointments(VisitCase):
    """Bays by the car, advisors by the reception; nothing over capacity."""

    def test_desk_booking_gets_owner_bay_advisor_and_length(self):
        visit = self.make_visit()
        self.assertEqual(visit.state, "booked")
        self.assertEqual(visit.partner_id, self.customer)
        self.assertEqual(visit.bay_id, self.bay)
        self.assertEqual(visit.advisor_id, self.advisor)
        self.assertEqual(visit.date_stop, fields.Datetime.to_datetime(TEN))

    def test_without_time_it_is_a_request(self):
        visit = self.make_visit(start=False)
        self.assertEqual(visit.state, "requested")
        with self.assert_refused(UserError, "enter the time first"):
            visit.action_book()

    def test_over_capacity_is_refused_with_bay_and_time(self):
        one, two, three = self.make_cars(3)
        self.branch.visit_advisor_limit = 0
        first = self.make_visit(vehicle_id=one.id)
        second = self.make_visit(vehicle_id=two.id)
        self.assertEqual(first.bay_id | second.bay_id, self.bay | self.bay_two)
        with self.assert_refused(UserError, "everything is booked. Free:"):
            self.make_visit(vehicle_id=three.id)
        with self.assert_refused(UserError, "T1 is booked already on .*9:30"):
            self.make_visit("2026-03-11 01:30:00", bay_id=self.bay.id)
        self.assertTrue(self.make_visit(TEN, vehicle_id=three.id, bay_id=self.bay.id))

    def test_bay_with_two_places_takes_two(self):
        self.branch.visit_advisor_limit = 0
        self.bay.capacity = 2
        for car in self.make_cars(2):
            self.make_visit(vehicle_id=car.id, bay_id=self.bay.id)
        with self.assert_refused(UserError, "T1 is booked already"):
            self.make_visit(bay_id=self.bay.id)

    def test_advisor_receives_no_more_than_the_limit(self):
        self.branch.visit_advisor_limit = 1
        one, two = self.make_cars(2)
        self.make_visit(vehicle_id=one.id)
        with self.assert_refused(UserError, "Advisor receives another car on"):
            self.make_visit(vehicle_id=two.id, advisor_id=self.advisor.id)
        with self.assert_refused(UserError, "everything is booked"):
            self.make_visit(vehicle_id=two.id)
        later = self.make_visit("2026-03-11 01:30:00", vehicle_id=two.id)
        self.assertEqual(later.advisor_id, self.advisor)

    def test_own_advisor_of_the_car_first(self):
        self.branch.service_advisor_ids = self.advisor | self.service_manager
        self.car.advisor_id = self.service_manager
        self.assertEqual(self.make_visit().advisor_id, self.service_manager)

    def test_bay_of_another_kind_is_refused(self):
        self.bay.service_kind = "accident"
        self.assertEqual(self.make_visit().bay_id, self.bay_two)
        with self.assert_refused(UserError, "T1 does not take this kind"):
            self.make_visit(TEN, bay_id=self.bay.id)
        crash = self.make_visit(TEN, service_kind="accident")
        self.assertEqual(crash.bay_id, self.bay)

    def test_dragging_is_checked(self):
        one, two = self.make_cars(2)
        self.make_visit(vehicle_id=one.id)
        visit = self.make_visit(TEN, vehicle_id=two.id)
        self.assertEqual(visit.bay_id, self.bay)
        times = {"date_start": NINE, "date_stop": "2026-03-11 02:00:00"}
        with self.assert_refused(UserError, "T1 is booked already"):
            self.call(self.advisor, visit, "write", visit.ids, times)
        visit.invalidate_recordset()
        visit.write({**times, "bay_id": self.bay_two.id})
        self.assertEqual(visit.date_start, fields.Datetime.to_datetime(NINE))

    def test_past_day_and_closed_hours_are_refused(self):
        with self.assert_refused(UserError, "has passed"):
            self.make_visit("2026-03-09 01:00:00")
        calendar = self.env["resource.calendar"].create(
            {"name": "Shanghai", "tz": "Asia/Shanghai", "company_id": self.branch.id}
        )
        self.branch.resource_calendar_id = calendar
        with self.assert_refused(UserError, "workshop is closed on"):
            self.make_visit("2026-03-11 15:00:00")
        with self.assert_refused(UserError, "workshop is closed on"):
            self.make_visit("2026-03-15 02:00:00")
        self.assertEqual(self.make_visit().state, "booked")

    def test_free_slots_count_what_is_left(self):
        visits, day = self.env["dealer.appointment"], date(2026, 3, 11)
        free = self.get_free(day)
        self.assertEqual(free[fields.Datetime.to_datetime(NINE)], 2)
        self.make_visit()
        free = self.get_free(day)
        self.assertEqual(free[fields.Datetime.to_datetime(NINE)], 1)
        self.assertEqual(free[fields.Datetime.to_datetime(TEN)], 2)
        today = visits._get_free_slots(self.branch, date(2026, 3, 10), "maintenance")
        self.assertTrue(all(str(start) > NOW for start, _stop, _free in today))
        past = visits._get_free_slots(self.branch, date(2026, 3, 9), "maintenance")
        self.assertEqual(past, [])

    def get_free(self, day):
        visits = self.env["dealer.appointment"]
        slots = visits._get_free_slots(self.branch, day, "maintenance")
        return {start: free for start, _stop, free in slots}

    def test_queries_of_the_slots_do_not_grow(self):
        visits, day = self.env["dealer.appointment"], date(2026, 3, 11)
        counts = []
        for hour in (1, 2, 3):
            self.make_visit(f"2026-03-11 0{hour}:00:00")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            visits._get_free_slots(self.branch, day, "maintenance")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[-1])

    def test_system_fields_are_not_for_clients(self):
        visit = self.make_visit()
        for values in ({"state": "arrived"}, {"repair_id": False}):
            with self.assert_refused(AccessError, "set by the buttons"):
                self.call(self.advisor, visit, "write", visit.ids, values)
        with self.assert_refused(AccessError, "set by the buttons"):
            self.make_visit(TEN, state="arrived")
        sneaked = self.env["dealer.appointment"].with_user(self.advisor)
        sneaked = sneaked.with_context(default_state="arrived")
        made = sneaked.create({"vehicle_id": self.car.id})
        self.assertEqual(made.state, "requested")

    def test_import_books(self):
        visit, texts = self.enter_by_import(
            self.advisor,
            "dealer.appointment",
            {"vehicle_id/.id": str(self.car.id), "date_start": NINE},
        )
        self.assertEqual(texts, "")
        self.assertEqual(visit.state, "booked")

    def test_portal_request_waits_unless_the_branch_confirms(self):
        values = {"source": "portal", "state": "requested"}
        visits = self.env["dealer.appointment"].sudo()
        values |= {"vehicle_id": self.car.id, "date_start": NINE}
        self.assertEqual(visits.create(values).state, "requested")
        self.branch.visit_portal_confirm = True
        self.assertEqual(visits.create(values).state, "booked")
