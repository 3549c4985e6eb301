# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api, fields
from odoo.addons.dealer_crm.tests.common import make_vin
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger
from psycopg2.errors import LockNotAvailable, SerializationFailure


@tagged("post_install", "-at_install")
class TestAppointmentTwoDesks(TransactionCase):
    """Real transactions side by side: what they need is committed, then removed."""

    def setUp(self):
        super().setUp()
        with self.desk() as env:
            company = env["res.company"].create(
                {"name": "Desk Branch", "visit_advisor_limit": 0}
            )
            company.resource_calendar_id = False
            bays = env["dealer.service.bay"]
            bays.create({"name": "Only", "company_id": company.id})
            brand = env["fleet.vehicle.model.brand"].create({"name": "Desk"})
            model = env["fleet.vehicle.model"].create(
                {"name": "Desk", "brand_id": brand.id}
            )
            self.brand_id = brand.id
            cars = env["fleet.vehicle"].create(
                [
                    {
                        "model_id": model.id,
                        "vin_sn": make_vin(790000 + number),
                        "trade_state": "customer",
                        "company_id": company.id,
                    }
                    for number in (1, 2)
                ]
            )
            self.company_id, self.car_ids = company.id, cars.ids
        self.start = fields.Datetime.add(fields.Datetime.now(), days=2)
        self.addCleanup(self.remove)

    def remove(self):
        with self.desk() as env:
            mine = [("company_id", "=", self.company_id)]
            env["dealer.appointment"].search(mine).unlink()
            env["dealer.service.bay"].search(mine).unlink()
            cars = env["fleet.vehicle"].browse(self.car_ids)
            cars.company_id = False
            cars.unlink()
            brand = env["fleet.vehicle.model.brand"].browse(self.brand_id)
            brand.model_ids.unlink()
            brand.unlink()
            company = env["res.company"].browse(self.company_id)
            company.active = False
            company.name = f"Removed {self.company_id}"

    @contextmanager
    def desk(self):
        """The environment of a transaction of its own, committed in the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def book(self, env, number):
        values = {
            "vehicle_id": self.car_ids[number],
            "company_id": self.company_id,
            "date_start": self.start,
        }
        return env["dealer.appointment"].create(values)

    def test_two_desks_never_book_the_same_bay(self):
        with self.desk() as one, self.desk() as two:
            two.cr.execute("SET LOCAL lock_timeout = '100ms'")
            two.cr.execute("SELECT 1 FROM dealer_appointment")  # the world of now
            self.book(one, 0)
            one.flush_all()
            with mute_logger("odoo.sql_db"):
                with self.assertRaises(LockNotAvailable), two.cr.savepoint():
                    self.book(two, 1)
                one.cr.commit()
                two.invalidate_all()
                with self.assertRaises(SerializationFailure), two.cr.savepoint():
                    self.book(two, 1)
            two.cr.rollback()
            two.invalidate_all()
            with self.assertRaises(UserError), two.cr.savepoint():
                self.book(two, 1)
            two.cr.rollback()
