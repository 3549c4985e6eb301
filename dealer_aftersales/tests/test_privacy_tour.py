# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestPrivacyTour(AftersalesCase, HttpCase):
    """Scenario 6: consent withdrawn, a person forgotten, another one kept by law."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.branch._get_dealer_today()
        cls.person = cls.make_customer("Li Leaves", phone="13911112222")
        cls.person_car = cls.make_car(owner_id=cls.person.id)
        cls.marketing = cls.make_person_policy("Advertising", "other")
        cls.care_policy = cls.make_person_policy("Care", "care", filed_only=False)

    @classmethod
    def make_person_policy(cls, name, purpose, **values):
        return cls.make_policy(
            model="res.partner",
            date_field="create_date",
            name=name,
            purpose=purpose,
            domain=f"[('id', '=', {cls.person.id})]",
            date_start=cls.today - timedelta(days=3),
            offset_days=0,
            survey_id=False,
            **values,
        )

    def test_withdrawn_consent_reaches_plans_pushes_and_the_night(self):
        planned = self.run_policy(self.care_policy)
        self.assertEqual(planned.state, "planned")
        self.start_tour(
            f"/odoo/dealer-customers/{self.person.id}",
            "dealer_consent_withdrawn",
            login="test_care",
        )
        self.env.invalidate_all()
        self.assertEqual(planned.state, "cancelled")
        self.assertFalse(self.run_policy(self.marketing))
        push = self.env["dealer.push"].create(
            {
                "name": "New model",
                "channel": "phone",
                "partner_ids": [(6, 0, self.person.ids)],
            }
        )
        push.action_preview()
        self.assertRecordValues(
            push.line_ids, [{"state": "left_out", "reason": "withdrawn"}]
        )

    def test_forgotten_person_and_papers_under_retention(self):
        buyer = self.make_customer("Li Buyer")
        self.make_car(owner_id=buyer.id, origin="own_sale", purchase_date=self.today)
        repair = self.make_repair(
            "2010-03-01 08:00:00",  # kept for ten years, that is over
            partner_id=self.person.id,
            vehicle_id=self.person_car.id,
        )
        self.start_tour(
            "/odoo/dealer-customers",
            "dealer_person_forgotten",
            login="test_director",
        )
        self.start_tour(
            "/odoo/dealer-customers",
            "dealer_person_kept",
            login="test_director",
        )
        self.env.invalidate_all()
        self.assertNotIn("Li Leaves", self.person.name)
        self.assertFalse(self.person.phone)
        self.assertEqual(repair.partner_id, self.person, "the order stays")
        self.assertTrue(buyer.is_restricted)
        self.assertEqual(buyer.name, "Li Buyer")
        self.assertLogged(self.person, "anonymise")
        self.assertLogged(buyer, "restrict")

    def assertLogged(self, partner, kind):
        """Who did it and why stands in the access log."""
        log = self.env["dealer.access.log"].search(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "=", partner.id),
                ("kind", "=", kind),
            ]
        )
        self.assertEqual(log.user_id, self.director)
        self.assertEqual(log.reason, "Letter of today")
