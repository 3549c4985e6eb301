# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLeadOnFile(DealerCrmCase):
    """A lead on file has name, phone, model, budget and source, and keeps them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source = cls.env["utm.source"].create({"name": "Motor show"})
        cls.core = {"budget_max": 200000, "source_id": cls.source.id}

    def lead_of_consultant(self, **values):
        return self.make_lead(**values).with_user(self.consultant)

    def test_every_missing_field_is_named_at_once(self):
        lead = self.lead_of_consultant(
            phone=False, vehicle_model_id=False, contact_name=False
        )
        with self.assertRaises(ValidationError) as error:
            lead.action_put_on_file()
        for label in ("Name", "Phone", "Model", "Budget", "Source"):
            self.assertIn(label, str(error.exception))

    def test_with_all_five_it_passes_and_is_stamped(self):
        lead = self.lead_of_consultant(**self.core)
        lead.action_put_on_file()
        self.assertTrue(lead.is_on_file)
        self.assertEqual(str(lead.filed_on), NOW)
        self.assertEqual(lead.filed_by_id, self.consultant)

    def test_each_single_gap_is_refused_by_write_and_create(self):
        gaps = {
            "contact_name": False,
            "phone": False,
            "vehicle_model_id": False,
            "budget_max": 0,
            "source_id": False,
        }
        leads = self.env["crm.lead"].with_user(self.consultant)
        for name, empty in gaps.items():
            values = {**self.core, name: empty}
            lead = self.lead_of_consultant(**values)
            with self.subTest(name), self.assertRaises(ValidationError):
                self.call(
                    self.consultant, "crm.lead", "write", lead.ids, {"is_on_file": True}
                )
            values = {
                "name": "New",
                "contact_name": "Li",
                "phone": "13800138000",
                "vehicle_model_id": self.car_model.id,
                "is_on_file": True,
                **values,
            }
            with self.subTest(name), self.assertRaises(ValidationError):
                leads.create(values)

    def test_import_is_held_to_the_same_rule(self):
        values = {
            "name": "Imported",
            "contact_name": "Li",
            "phone": "13800138000",
            "vehicle_model_id/.id": str(self.car_model.id),
            "is_on_file": "1",
        }
        lead, texts = self.enter_by_import(self.consultant, "crm.lead", values)
        self.assertFalse(lead)
        self.assertIn("Budget, Source", texts)
        values |= {"budget_min": "100000", "source_id": "Motor show"}
        lead, texts = self.enter_by_import(self.consultant, "crm.lead", values)
        self.assertEqual((lead.is_on_file, texts), (True, ""))

    def test_on_file_nothing_is_emptied(self):
        lead = self.lead_of_consultant(**self.core)
        lead.action_put_on_file()
        for name in ("phone", "vehicle_model_id", "source_id", "contact_name"):
            with self.subTest(name), self.assertRaises(ValidationError):
                lead.write({name: False})
        lead.write({"phone": "13800138001", "budget_min": 100000})
        self.assertTrue(lead.is_on_file)

    def test_where_the_system_empties_a_field_the_lead_goes_off_file(self):
        lead = self.lead_of_consultant(**self.core)
        lead.action_put_on_file()
        lead.sudo().phone = False
        self.assertEqual((lead.is_on_file, lead.filed_on), (False, False))

    def test_only_a_manager_takes_it_off_file(self):
        lead = self.lead_of_consultant(**self.core)
        lead.action_put_on_file()
        with self.assert_refused(AccessError, "manager"):
            lead.is_on_file = False
        lead.with_user(self.manager).is_on_file = False
        self.assertFalse(lead.filed_on)

    def test_the_stamp_is_the_systems(self):
        lead = self.lead_of_consultant(**self.core)
        with self.assert_refused(AccessError, "by the system"):
            lead.write({"is_on_file": True, "filed_by_id": self.manager.id})
        with self.assert_refused(AccessError, "by the system"):
            lead.with_context(default_filed_on=NOW).create({"name": "x"})

    def test_filing_again_keeps_the_first_stamp(self):
        one = self.lead_of_consultant(**self.core)
        other = self.lead_of_consultant(**self.core)
        one.action_put_on_file()
        (one + other).with_user(self.manager).write({"is_on_file": True})
        self.assertEqual(one.filed_by_id, self.consultant)
        self.assertEqual(other.filed_by_id, self.manager)

    def test_budget_has_an_order(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.make_lead(budget_min=300000, budget_max=200000)

    def test_interest_survives_a_merge(self):
        bare = self.make_lead(vehicle_model_id=False)
        full = self.make_lead(**self.core, color_wish="White")
        merged = (bare + full).with_user(self.manager).merge_opportunity()
        self.assertEqual(
            (merged.vehicle_model_id, merged.budget_max, merged.color_wish),
            (self.car_model, 200000, "White"),
        )
