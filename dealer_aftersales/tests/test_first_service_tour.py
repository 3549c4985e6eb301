# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestFirstServiceTour(AftersalesCase, HttpCase):
    """Scenario 3 up to the settlement: from the forecast to the card in service."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.branch._get_dealer_today()
        cls.open_all_day()
        cls.env["dealer.service.bay"].create(
            {"name": "Bay T", "company_id": cls.branch.id}
        )
        cls.plan = cls.make_plan()
        cls.filter = cls.make_filter()
        cls.owner = cls.make_customer("Wu Owner", user_id=cls.consultant.id)
        cls.new_car = cls.make_car(
            owner_id=cls.owner.id,
            license_plate="苏A77665",
            purchase_date=cls.today - timedelta(days=100),
            origin="own_sale",
            advisor_id=cls.advisor.id,
            sales_user_id=cls.consultant.id,
        )
        readings = cls.env["fleet.vehicle.odometer"]
        for days, value in ((100, 10), (5, 4_850)):
            readings.create(
                {
                    "vehicle_id": cls.new_car.id,
                    "value": value,
                    "date": cls.today - timedelta(days=days),
                }
            )
        cls.policy = cls.make_reminder_policy()

    @classmethod
    def make_filter(cls):
        return cls.env["product.product"].create(
            {
                "name": "Oil filter T",
                "type": "consu",
                "list_price": 45,
                "part_origin": "original",
            }
        )

    @classmethod
    def make_reminder_policy(cls):
        return cls.make_policy(
            model="dealer.maintenance.due",
            date_field="date_due",
            domain="[('line_id.is_main', '=', True)]",
            date_start=cls.today - timedelta(days=60),
            offset_days=-14,
            window_days=30,
            purpose="reminder",
            filed_only=False,
            survey_id=False,
            user_ids=[Command.set(cls.care.ids)],
        )

    @classmethod
    def open_all_day(cls):
        """The scenario runs at any hour of any day."""
        hours = [
            Command.create(
                {"name": "D", "dayofweek": str(day), "hour_from": 0, "hour_to": 24}
            )
            for day in range(7)
        ]
        cls.branch.resource_calendar_id = cls.env["resource.calendar"].create(
            {
                "name": "Always",
                "company_id": cls.branch.id,
                "tz": cls.branch._get_dealer_tz(),
                "attendance_ids": [Command.clear(), *hours],
            }
        )

    @classmethod
    def make_plan(cls):
        operation = cls.env["product.product"].create(
            {
                "name": "Oil service",
                "type": "service",
                "is_labor_operation": True,
                "labor_hours": 1.0,
                "list_price": 200,
            }
        )
        return cls.env["dealer.maintenance.plan"].create(
            {
                "name": "Plan T",
                "company_id": cls.branch.id,
                "model_ids": [Command.set(cls.car_model.ids)],
                "line_ids": [
                    Command.create(
                        {
                            "name": "Oil service",
                            "product_id": operation.id,
                            "is_main": True,
                            "months": 12,
                            "km": 10_000,
                            "first_months": 6,
                            "first_km": 5_000,
                        }
                    )
                ],
            }
        )

    def play(self, tour, user, path):
        self.start_tour(f"/odoo/{path}", tour, login=user.login, timeout=180)

    def test_from_the_forecast_to_the_card_in_service(self):
        due = self.new_car.due_ids
        self.assertEqual(due.state, "open")
        self.assertTrue(due.is_first_service)
        self.policy._make_callbacks(self.branch, limit=100)
        call = self.env["dealer.callback"].search([("policy_id", "=", self.policy.id)])
        self.assertEqual(call.vehicle_id, self.new_car)

        self.play("dealer_first_service_booked", self.care, "calls-today")
        visit = self.env["dealer.appointment"].search(
            [("vehicle_id", "=", self.new_car.id)]
        )
        self.assertRecordValues(
            visit, [{"state": "booked", "source": "reminder", "callback_id": call.id}]
        )

        self.play("dealer_first_service_done", self.advisor, "appointments")
        repair = visit.repair_id
        self.assertSettled(repair)
        self.assertEqual(due.state, "done")
        self.assertEqual(due.done_repair_id, repair)
        self.check_card_goes_to_service()

    def assertSettled(self, repair):
        self.assertRecordValues(
            repair,
            [
                {
                    "service_state": "delivered",
                    "estimate_state": "approved",
                    "amount_customer": repair.amount_total,
                }
            ],
        )
        self.assertEqual(repair.labor_ids.mapped("name"), ["Oil service"])
        order = repair.settlement_order_ids
        self.assertEqual(order.partner_id, self.owner)
        self.assertEqual(order.amount_untaxed, repair.amount_total)

    def check_card_goes_to_service(self):
        handover = self.env["dealer.card.handover"].search(
            [("vehicle_id", "=", self.new_car.id)]
        )
        self.assertEqual(handover.state, "pending")
        action = "action-dealer_aftersales.dealer_card_handover_action"
        self.play("dealer_first_service_card", self.advisor, action)
        self.assertEqual(handover.state, "confirmed")
        self.assertEqual(handover.from_user_id, self.consultant)
        self.assertEqual(handover.to_user_id, self.advisor)
