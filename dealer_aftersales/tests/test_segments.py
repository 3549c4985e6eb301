# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase

BANDS = ("segment_in_warranty", "segment_2_to_5_years", "segment_over_5_years")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSegments(AftersalesCase):
    def bands_of(self, **values):
        """The age bands a car with these dates is in."""
        car = self.make_car(owner_id=self.customer.id, **values)
        found = []
        for name in BANDS:
            segment = self.env.ref(f"dealer_aftersales.{name}")
            domain = segment._get_domain() & Domain("id", "=", car.id)
            if self.env["fleet.vehicle"].search(domain):
                found.append(name)
        return found

    def test_last_day_of_the_warranty_is_in_warranty(self):
        self.assertEqual(
            self.bands_of(purchase_date="2023-03-10", warranty_end_date="2026-03-10"),
            ["segment_in_warranty"],
        )

    def test_day_after_the_warranty_is_two_to_five(self):
        self.assertEqual(
            self.bands_of(purchase_date="2023-03-09", warranty_end_date="2026-03-09"),
            ["segment_2_to_5_years"],
        )

    def test_five_years_to_the_day_is_two_to_five(self):
        self.assertEqual(
            self.bands_of(purchase_date="2021-03-10", warranty_end_date="2024-03-10"),
            ["segment_2_to_5_years"],
        )

    def test_five_years_and_a_day_is_over_five(self):
        self.assertEqual(
            self.bands_of(purchase_date="2021-03-09", warranty_end_date="2024-03-09"),
            ["segment_over_5_years"],
        )

    def test_long_warranty_wins_over_age(self):
        self.assertEqual(
            self.bands_of(purchase_date="2019-01-01", warranty_end_date="2027-01-01"),
            ["segment_in_warranty"],
        )

    def test_no_car_is_in_two_bands(self):
        for purchase in ("2026-03-01", "2024-03-10", "2021-03-10", "2015-01-01"):
            for warranty in (False, "2026-03-09", "2026-03-10", "2030-01-01"):
                with self.subTest(purchase=purchase, warranty=warranty):
                    bands = self.bands_of(
                        purchase_date=purchase, warranty_end_date=warranty
                    )
                    self.assertEqual(len(bands), 1)

    def test_own_fleet_and_stock_are_no_members(self):
        for state in (False, "in_stock"):
            car = self.make_car(trade_state=state, usage="official")
            segment = self.env.ref("dealer_aftersales.segment_official")
            self.assertNotIn(
                car, self.env["fleet.vehicle"].search(segment._get_domain())
            )

    def test_figure_equals_the_opened_list(self):
        self.make_car(owner_id=self.customer.id, usage="official")
        for user in (self.care, self.advisor, self.service_manager):
            for segment in self.env["dealer.segment"].with_user(user).search([]):
                action = segment.action_view_members()
                listed = self.env[action["res_model"]].with_user(user)
                self.assertEqual(
                    listed.search_count(action["domain"]), segment.member_count
                )

    def test_segment_of_customers_opens_customers(self):
        segment = self.env["dealer.segment"].create(
            {"name": "Women", "model": "res.partner", "domain": "[]"}
        )
        self.assertEqual(segment.action_view_members()["res_model"], "res.partner")
        self.assertGreaterEqual(segment.member_count, 1)

    def test_bad_conditions_are_refused_with_the_name(self):
        for domain in ("[('no_such_field', '=', 1)]", "everybody", "[('id', '=']"):
            with self.subTest(domain), self.assertRaisesRegex(ValidationError, "Bad"):
                self.env["dealer.segment"].create({"name": "Bad", "domain": domain})
