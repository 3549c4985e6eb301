# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .portal_common import PortalCase

NEXT = {"next_service_date": "2031-04-05", "next_service_odometer": 34567}


@tagged("post_install", "-at_install")
class TestPortalVehicles(PortalCase):
    """The page My Vehicles shows a customer his own cars, and nobody else's."""

    def test_own_car_is_shown(self):
        self.car.sudo().write(
            {"warranty_end_date": "2033-06-07", "purchase_date": "2025-01-02"}
        )
        self.make_repair(
            "2026-02-01 04:00:00",
            labor_ids=[(0, 0, {"name": "Oil changed", "price_unit": 80})],
        )
        self.env.cr.precommit.run()  # the visit counts the next service anew
        self.car.sudo().write(NEXT)
        self.enter(self.login_owner)
        page = self.open_page("/my/vehicles")
        self.assertIn("苏A12345", page)
        self.assertNotIn("苏A54321", page)
        page = self.open_page(f"/my/vehicles/{self.car.id}")
        for text in ("06/07/2033", "04/05/2031", "34,567", "Oil changed"):
            self.assertIn(text, page)

    def test_home_counts_his_cars(self):
        self.enter(self.login_owner)
        self.assertIn("/my/vehicles", self.open_page("/my"))
        result = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["vehicle_count"]}
        )
        self.assertEqual(result, {"vehicle_count": 1})

    def test_other_peoples_car_does_not_exist(self):
        self.enter(self.login_other)
        unknown = self.car.id + 100000
        for car in (self.car.id, unknown):
            self.open_page(f"/my/vehicles/{car}", 404)
            self.open_page(f"/my/vehicles/{car}/book", 404)
        page = self.open_page(f"/my/vehicles/{self.strange_car.id}")
        for action in ("odometer", "book"):
            path = f"/my/vehicles/{self.car.id}/{action}"
            self.send(path, page, 404, odometer="5000", request="x")
        self.assertFalse(self.car.odometer_ids)
        self.assertFalse(
            self.env["dealer.appointment"].search([("vehicle_id", "=", self.car.id)])
        )

    def test_other_peoples_visit_does_not_exist(self):
        repair = self.make_repair("2026-02-01 04:00:00")
        self.enter(self.login_other)
        self.open_page(f"/my/visits/{repair.id}", 404)
        self.enter(self.login_owner)
        self.assertIn(repair.name, self.open_page(f"/my/visits/{repair.id}"))

    def test_visitors_log_in_first(self):
        self.authenticate(None, None)
        for path in ("/my/vehicles", f"/my/vehicles/{self.car.id}"):
            self.assertIn("/web/login", self.url_open(path).url)

    def test_stock_car_and_archived_car_are_not_shown(self):
        self.enter(self.login_owner)
        self.car.active = False
        self.open_page(f"/my/vehicles/{self.car.id}", 404)

    def test_former_owner_keeps_his_visits_only(self):
        self.car.purchase_date = "2020-01-01"
        before = self.make_repair("2025-05-01 04:00:00")
        self.car._transfer_ownership(self.stranger, fields.Date.to_date("2025-06-01"))
        after = self.make_repair("2025-07-01 04:00:00", partner_id=self.stranger.id)
        self.enter(self.login_owner)
        self.open_page(f"/my/vehicles/{self.car.id}", 404)
        self.assertIn(before.name, self.open_page("/my/vehicles"))
        self.open_page(f"/my/visits/{before.id}")
        self.open_page(f"/my/visits/{after.id}", 404)
        self.enter(self.login_other)
        page = self.open_page(f"/my/vehicles/{self.car.id}")
        self.assertIn(after.name, page)
        self.assertNotIn(before.name, page)
        self.open_page(f"/my/visits/{before.id}", 404)

    def test_bringer_sees_the_visit_without_money_and_names(self):
        repair = self.make_repair(
            "2026-02-01 04:00:00",
            bringer_id=self.stranger.id,
            labor_ids=[(0, 0, {"name": "Oil", "hours": 1, "price_unit": 4711})],
        )
        self.enter(self.login_other)
        page = self.open_page(f"/my/visits/{repair.id}")
        self.assertIn("Oil", page)
        self.assertNotIn("4,711", page)
        self.assertNotIn(self.customer.name, page)
        self.enter(self.login_owner)
        page = self.open_page(f"/my/visits/{repair.id}")
        self.assertIn("4,711", page)
        self.assertNotIn(self.stranger.name, page)

    def test_company_contact_sees_the_company_cars(self):
        firm = self.make_customer("Firm", is_company=True)
        self.strange_car.owner_id = firm
        self.stranger.parent_id = firm
        self.enter(self.login_other)
        self.open_page(f"/my/vehicles/{self.strange_car.id}")
        colleague = self.make_car(
            owner_id=self.make_customer("Colleague", parent_id=firm.id).id
        )
        self.open_page(f"/my/vehicles/{colleague.id}", 404)

    def test_restricted_person_sees_nothing(self):
        self.customer._restrict_processing("Asked for it")
        self.enter(self.login_owner)
        self.assertNotIn("苏A12345", self.open_page("/my/vehicles"))
        self.open_page(f"/my/vehicles/{self.car.id}", 404)

    def test_portal_user_reads_no_model(self):
        user = self.env["res.users"].search([("login", "=", self.login_owner)])
        for model in (
            "fleet.vehicle",
            "repair.order",
            "dealer.appointment",
            "dealer.maintenance.due",
            "fleet.vehicle.odometer",
        ):
            with self.assertRaises(AccessError, msg=model):
                self.call(user, model, "search_read", [], ["id"])

    def test_cancelled_visit_and_internal_note_stay_inside(self):
        repair = self.make_repair(internal_notes="<p>Difficult person</p>")
        gone = self.make_repair()
        gone.action_repair_cancel()
        self.enter(self.login_owner)
        page = self.open_page(f"/my/visits/{repair.id}")
        self.assertNotIn("Difficult", page)
        self.open_page(f"/my/visits/{gone.id}", 404)

    def test_kilometres_become_a_reading(self):
        self.enter(self.login_owner)
        path = f"/my/vehicles/{self.car.id}"
        page = self.open_page(path)
        answer = self.send(f"{path}/odometer", page, odometer="12 345")
        self.assertIn("The kilometres are noted", answer)
        self.assertRecordValues(
            self.car.odometer_ids,
            [{"value": 12345, "source": "portal", "state": "accepted"}],
        )
        answer = self.send(f"{path}/odometer", page, odometer="12999")
        self.assertIn("today already", answer)

    def test_absurd_kilometres_wait_for_a_look(self):
        self.env["fleet.vehicle.odometer"].create(
            {"vehicle_id": self.car.id, "value": 50000, "date": "2026-01-01"}
        )
        self.enter(self.login_owner)
        path = f"/my/vehicles/{self.car.id}"
        page = self.open_page(path)
        for text in ("", "-5", "1e9", "12,5x", "9" * 30, "３"):
            self.send(f"{path}/odometer", page, odometer=text)
        told = self.car.odometer_ids.filtered(lambda r: r.source == "portal")
        self.assertLessEqual(len(told), 1)
        self.assertNotIn("accepted", told.mapped("state"))

    def test_form_without_its_token_is_refused(self):
        self.enter(self.login_owner)
        path = f"/my/vehicles/{self.car.id}/odometer"
        answer = self.url_open(path, data={"odometer": "7"})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.car.odometer_ids)
