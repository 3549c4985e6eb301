# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestConsentCar(DealerCrmCase):
    """An answer for one car only: it stops what is about this car, nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        china = cls.env.ref("base.cn").id
        cls.owner = cls.make_customer(
            "Owner Testa", phone="13800138000", country_id=china
        )
        cls.car = cls.make_car(owner_id=cls.owner.id)
        cls.other_car = cls.make_car(owner_id=cls.owner.id)

    def answer(self, state="withdrawn", vehicle=None, partner=None):
        return (partner or self.owner)._note_consent(
            ["call"], ["marketing"], state, "call", vehicle=vehicle
        )

    def ask(self, vehicle=None):
        vehicle_id = vehicle.id if vehicle else None
        return self.owner._explain_contact("call", "marketing", vehicle_id)[
            self.owner.id
        ]

    def test_only_this_car_is_left_alone(self):
        self.answer(vehicle=self.car)
        self.assertFalse(self.ask(self.car)[0])
        self.assertIn("this car", self.ask(self.car)[1])
        self.assertTrue(self.ask(self.other_car)[0])
        self.assertTrue(self.ask()[0])
        self.assertTrue(self.owner._may_contact("call", "marketing"))

    def test_a_general_no_counts_for_every_car(self):
        self.answer()
        self.assertFalse(self.ask(self.other_car)[0])
        self.answer("given", vehicle=self.car)
        self.assertFalse(self.ask(self.car)[0])

    def test_the_newest_answer_per_car_counts(self):
        first = self.answer(vehicle=self.car)
        second = self.answer("given", vehicle=self.car)
        self.assertEqual((first.is_current, second.is_current), (False, True))
        self.assertTrue(self.ask(self.car)[0])
        general = self.answer("given")
        self.assertTrue(general.is_current and second.is_current)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            first.sudo().is_current = True
            self.env.flush_all()

    def test_blacklists_follow_the_general_answer_only(self):
        self.answer(vehicle=self.car)
        self.owner.invalidate_recordset()
        self.assertFalse(self.owner.phone_sanitized_blacklisted)
        self.answer()
        self.owner.invalidate_recordset()
        self.assertTrue(self.owner.phone_sanitized_blacklisted)

    def test_the_table_names_the_car(self):
        self.answer(vehicle=self.car)
        self.assertIn(self.car.display_name, self.owner.consent_table)
        self.assertIn("not asked", self.owner.consent_table)

    def test_noted_by_the_wizard(self):
        wizard = (
            self.env["dealer.consent.change"]
            .with_user(self.consultant)
            .create(
                {
                    "partner_id": self.owner.id,
                    "vehicle_id": self.car.id,
                    "state": "withdrawn",
                }
            )
        )
        wizard.action_save()
        lines = self.owner.sudo().consent_ids
        self.assertEqual(lines.vehicle_id, self.car)
        self.assertFalse(lines.filtered(lambda line: not line.vehicle_id))

    def test_a_merge_keeps_the_answer_for_the_car(self):
        double = self.make_customer("Owner Testa")
        self.answer(vehicle=self.car, partner=double)
        self.owner._merge_consents(double)
        current = self.owner.consent_ids.filtered("is_current")
        self.assertEqual((current.vehicle_id, current.state), (self.car, "withdrawn"))

    def test_a_complaint_silences_care_but_no_duty(self):
        def complaining(partners):
            return frozenset(self.owner.ids)

        self.patch(type(self.owner), "_get_complaining_ids", complaining)
        for purpose, allowed in (("marketing", 0), ("care", 0), ("service", 1)):
            told = self.owner._explain_contact("call", purpose)[self.owner.id]
            self.assertEqual(told[0], bool(allowed), purpose)
