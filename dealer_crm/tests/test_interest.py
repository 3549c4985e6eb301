# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestInterest(DealerCrmCase):
    """What people are interested in leads to what they are told of (MKT-07)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer("Ma Testa", user_id=cls.consultant.id)
        cls.second = cls.env["fleet.vehicle.model"].create(
            {"name": "Passat T", "brand_id": cls.brand.id}
        )

    def make_interest(self, **values):
        return self.env["dealer.interest"].create(
            {
                "partner_id": self.customer.id,
                "vehicle_model_id": self.car_model.id,
                **values,
            }
        )

    def enter(self, user, **values):
        """An interest that ``user`` enters over the client's door."""
        values = {
            "partner_id": self.customer.id,
            "vehicle_model_id": self.car_model.id,
            **values,
        }
        return self.env["dealer.interest"].with_user(user).create(values)

    def test_imported_interest_shows_in_the_recommendation(self):
        self.make_car(trade_state="in_stock", arrival_date="2026-03-01")
        record, texts = self.enter_by_import(
            self.consultant,
            "dealer.interest",
            {
                "partner_id": "Ma Testa",
                "vehicle_model_id": self.car_model.display_name,
                "strength": "Strong",
            },
            import_file=True,
        )
        self.assertFalse(texts)
        self.assertEqual((record.origin, record.strength), ("imported", "3"))
        [hit] = self.customer._get_interest_recommendations()
        self.assertEqual((hit["model"], hit["stock"]), (self.car_model, 1))
        lines = self.customer.with_user(self.consultant)._get_desk_now()
        self.assertTrue(any("1 in stock" in line["text"] for line in lines))
        action = self.car_model.with_user(self.consultant).action_view_interests()
        self.assertEqual(self.env["dealer.interest"].search(action["domain"]), record)

    def test_the_strongest_and_newest_come_first(self):
        weak = self.make_interest(strength="1")
        strong = self.make_interest(strength="3", partner_id=self.make_customer("B").id)
        found = self.env["dealer.interest"]._get_interested(self.car_model)
        self.assertEqual(found[:2], strong | weak)

    def test_whose_and_in_what_is_asked(self):
        with self.assert_refused(ValidationError, "Customer, Lead"):
            self.make_interest(partner_id=False)
        with self.assert_refused(ValidationError, "Model, Topic"):
            self.make_interest(vehicle_model_id=False)

    def test_interest_of_a_lead_goes_to_the_customer_it_becomes(self):
        lead = self.make_lead()
        interest = self.make_interest(partner_id=False, lead_id=lead.id)
        lead.partner_id = self.customer
        self.assertEqual(interest.partner_id, self.customer)

    def test_merged_leads_keep_their_interests(self):
        leads = self.make_lead(phone="13911112222") | self.make_lead(
            phone="13911112222"
        )
        interests = self.make_interest(partner_id=False, lead_id=leads[0].id)
        interests |= self.make_interest(
            partner_id=False, lead_id=leads[1].id, vehicle_model_id=self.second.id
        )
        kept = leads.merge_opportunity()
        self.assertEqual(interests.lead_id, kept)

    def test_consultant_sees_no_interest_of_a_foreign_lead(self):
        lead = self.make_lead(user_id=self.manager.id)
        foreign = self.make_interest(partner_id=False, lead_id=lead.id)
        self.assertFalse(foreign.with_user(self.consultant).has_access("read"))
        self.assertTrue(foreign.with_user(self.manager).has_access("read"))
        north = self.make_user(
            "north", "dealer_crm.group_sales_manager", self.other_branch
        )
        with self.assertRaises(AccessError):
            self.make_interest().with_user(north).read(["topic"])

    def test_consultant_changes_own_entries_only(self):
        other = self.make_user("consultant_two", "dealer_crm.group_sales_consultant")
        mine = self.enter(self.consultant)
        foreign = mine.with_user(other)
        self.assertEqual(foreign.read(["strength"])[0]["strength"], "2")
        with self.assert_refused(AccessError, "'write' access"):
            foreign.strength = "3"
        with self.assert_refused(AccessError, "'unlink' access"):
            foreign.unlink()
        with self.assert_refused(AccessError, "'create' access"):
            self.enter(other, user_id=self.consultant.id)
        mine.strength = "3"
        foreign.with_user(self.manager).strength = "1"
        mine.unlink()
        self.assertFalse(mine.exists())

    def test_nobody_names_whom_he_may_not_read(self):
        lead = self.make_lead(user_id=self.manager.id)
        north = self.make_customer("North", company_id=self.other_branch.id)
        for values in ({"lead_id": lead.id}, {"partner_id": north.id}):
            with self.subTest(values), self.assertRaises(AccessError):
                self.enter(self.consultant, **{"partner_id": False, **values})
            entry = self.enter(self.consultant)
            with self.subTest(values), self.assertRaises(AccessError):
                entry.write(values)

    def test_erased_person_leaves_no_interest(self):
        interest = self.make_interest()
        self.customer._empty_traces()
        self.assertFalse(interest.exists())
