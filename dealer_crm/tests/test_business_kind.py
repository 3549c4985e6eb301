# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBusinessKind(DealerCrmCase):
    """Corporate customers with drivers and cars; partner companies (LOY-12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.make_customer(
            "Firm T", is_company=True, business_kind="corporate"
        )
        cls.driver = cls.make_customer("Driver T", parent_id=cls.firm.id)

    def test_corporate_shows_its_cars_and_drivers_together(self):
        cars = self.make_car(owner_id=self.firm.id) | self.make_car(
            owner_id=self.firm.id
        )
        foreign = self.make_car(owner_id=self.make_customer("Other").id)
        self.env["dealer.vehicle.party"].create(
            {
                "vehicle_id": cars[0].id,
                "partner_id": self.driver.id,
                "role": "driver",
                "date_from": "2026-01-01",
            }
        )
        self.env.invalidate_all()
        firm = self.firm.with_user(self.consultant)
        self.assertEqual(firm.corporate_party_ids.vehicle_id, cars)
        self.assertIn(self.driver, firm.corporate_party_ids.partner_id)
        self.assertNotIn(foreign, firm.corporate_party_ids.vehicle_id)
        self.assertEqual(firm.corporate_car_count, 2)
        action = firm.action_view_corporate_cars()
        found = self.env["dealer.vehicle.party"].search(action["domain"])
        self.assertEqual(found, firm.corporate_party_ids.sorted(found._order))

    def test_partner_company_is_counted_by_what_its_people_bring(self):
        bank = self.make_customer("Bank T", is_company=True, business_kind="alliance")
        clerk = self.make_customer("Clerk T", parent_id=bank.id)
        won = self.make_lead(referrer_id=clerk.id)
        self.make_lead(referrer_id=bank.id)
        won.action_set_won()
        self.env.invalidate_all()
        mine = bank.with_user(self.manager)
        self.assertEqual(
            (mine.network_referral_count, mine.network_referral_won_count), (2, 1)
        )
        leads = self.env["crm.lead"].with_context(active_test=False)
        action = mine.action_view_network_referrals()
        self.assertEqual(len(leads.search(action["domain"])), 2)

    def test_a_person_is_no_corporate_customer(self):
        with self.assert_refused(ValidationError, "is a person"):
            self.driver.business_kind = "corporate"
