# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time

from .common import AFTER, ReportsCase


@freeze_time(AFTER)
class TestQualityBoard(ReportsCase):
    """CUS-42: one defect of each kind is seeded, found and mended."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leaver = cls.make_user("leaver", "dealer_crm.group_sales_consultant")

    def seed_duplicate(self):
        self.customer.phone = "13812345678"
        twin = self.make_customer(phone="138 1234 5678")
        return self.customer | twin, lambda: twin.write({"phone": "13812345679"})

    def seed_without_phone(self):
        customer = self.make_customer()
        # Rules refuse it today; older data and other apps know no such rule.
        self.env.cr.execute(
            "UPDATE res_partner SET phone = NULL WHERE id = %s", [customer.id]
        )
        customer.invalidate_recordset()
        return customer, lambda: customer.write({"phone": self.next_phone()})

    def seed_incomplete(self):
        customer = self.make_customer()
        items = {name for name, _required, _weight in customer._get_file_items()}
        values = {
            "street": "1 Test Road",
            "city": "Nanjing",
            "zip": "210000",
            "country_id": self.env.ref("base.cn").id,
            "state_id": self.env.ref("base.state_cn_JS").id,
            "email": "whole@example.com",
            "gender": "male",
            "birthdate_date": "1980-01-01",
            "user_id": self.consultant.id,
            "wechat_id": "whole_file",
            "preferred_channel": "call",
            "preferred_time": "noon",
            "communication_style": "direct",
            "education": "college",
            "income_band": "100",
            "employer": "Testworks",
            "employer_address": "2 Test Road",
            "family_note": "Two children",
            "driving_note": "Motorway",
            "phone_second": self.next_phone(),
        }
        chosen = {name: values[name] for name in items & values.keys()}
        return customer, lambda: customer.write(chosen)

    def seed_phone_wrong(self):
        customer = self.make_customer()
        customer.phone_invalid = True
        return customer, lambda: customer.write({"phone": self.next_phone()})

    def seed_not_checked(self):
        customer = self.make_customer()
        customer.data_checked_on = "2025-03-01"
        mended = "2026-03-01 04:00:00"
        return customer, lambda: customer.write({"data_checked_on": mended})

    def seed_vehicle_without_owner(self):
        car = self.make_car()
        return car, lambda: car.write({"owner_id": self.customer.id})

    def seed_vehicle_without_vin(self):
        car = self.make_car(vin_sn=False, owner_id=self.customer.id)
        return car, lambda: car.write({"vin_sn": self.next_vin()})

    def seed_vin_check(self):
        vin = self.next_vin()
        wrong = vin[:8] + ("1" if vin[8] != "1" else "2") + vin[9:]
        car = self.make_car(
            vin_sn=wrong, vin_override_reason="as stamped", owner_id=self.customer.id
        )
        return car, lambda: car.write({"vin_sn": vin})

    def seed_sold_without_service_file(self):
        car = self.make_car(owner_id=self.customer.id, origin="own_sale")
        car.advisor_id = False
        return car, lambda: car.write({"advisor_id": self.advisor.id})

    def seed_odometer_quarantined(self):
        readings = self.env["fleet.vehicle.odometer"]
        readings.create(
            {"vehicle_id": self.car.id, "value": 5000, "date": "2026-02-01"}
        )
        low = readings.create(
            {"vehicle_id": self.car.id, "value": 50, "date": "2026-03-01"}
        )
        self.assertEqual(low.state, "quarantined")
        return low, low.action_accept

    def seed_unverified(self):
        customer = self.make_customer()
        return customer, lambda: customer.sudo().write({"file_state": "verified"})

    def seed_leaver_customer(self):
        customer = self.make_customer(user_id=self.leaver.id)
        self.leaver.active = False
        return customer, lambda: customer.write({"user_id": self.consultant.id})

    def seed_leaver_lead(self):
        lead = self.make_lead(user_id=self.leaver.id)
        self.leaver.active = False
        return lead, lambda: lead.write({"user_id": self.consultant.id})

    def seed_lead_without_next_contact(self):
        lead = self.make_lead()
        lead.next_contact_date = False
        return lead, lambda: lead.write({"next_contact_date": "2026-03-12"})

    def get_checks(self):
        return self.env["dealer.kpi"].search([("report", "=", "quality")])

    def read_defects(self, check, user=None):
        """The records that the board's line opens for ``user``."""
        action = check.with_user(user or self.director).action_view_defects()
        records = self.env[action["res_model"]].with_user(user or self.director)
        return records.search(action["domain"])

    def count(self, check, user=None):
        check = check.with_user(user or self.director)
        check.invalidate_recordset()
        return check.defect_count

    def test_each_kind_appears_and_goes_when_mended(self):
        for check in self.get_checks():
            with self.subTest(check.code):
                self.check_kind(check)

    def check_kind(self, check):
        seed = getattr(self, f"seed_{check.code.removeprefix('quality_')}")
        before = self.count(check)
        records, mend = seed()
        self.assertEqual(self.count(check), before + len(records), check.code)
        found = self.read_defects(check)
        self.assertEqual(found & records, records)
        self.assertEqual(len(found), self.count(check))
        mend()
        self.assertEqual(self.count(check), before)
        self.assertFalse(self.read_defects(check) & records)

    def test_a_line_says_by_a_word_how_things_are(self):
        check = self.env.ref("dealer_reports.kpi_quality_vehicle_without_owner")
        self.env["fleet.vehicle"].search(check._get_defect_domain()).active = False
        check.invalidate_recordset()
        self.assertEqual(check.quality_state, "ok")
        car = self.make_car()
        check.invalidate_recordset()
        self.assertEqual(check.quality_state, "urgent")
        self.assertAlmostEqual(check.defect_share, 1 / check.checked_count)
        check.severity = "low"
        self.assertEqual(check.quality_state, "todo")
        self.assertEqual(self.read_defects(check), car)

    def test_a_branch_sees_its_own_defects(self):
        check = self.env.ref("dealer_reports.kpi_quality_vehicle_without_owner")
        north = self.make_user(
            "north", "dealer_crm.group_sales_manager", self.other_branch
        )
        here, there = self.count(check), self.count(check, north)
        self.make_car(company_id=self.branch.id)
        self.assertEqual(self.count(check), here + 1)
        self.assertEqual(self.count(check, north), there)

    def test_the_head_of_two_branches_sees_the_split(self):
        check = self.env.ref("dealer_reports.kpi_quality_vehicle_without_owner")
        self.make_car(company_id=self.branch.id)
        self.make_car(company_id=self.other_branch.id)
        self.director.company_ids |= self.other_branch
        both = check.with_user(self.director).with_context(
            allowed_company_ids=[self.branch.id, self.other_branch.id]
        )
        self.assertIn(f"{self.other_branch.name} 1", both.branch_text)
        self.assertFalse(check.with_user(self.consultant).branch_text)

    def test_duplicates_are_of_one_branch(self):
        check = self.env.ref("dealer_reports.kpi_quality_duplicate")
        before = check.defect_count
        one = self.make_customer(phone="13712340001", company_id=self.branch.id)
        self.make_customer(phone="13712340001", company_id=self.other_branch.id)
        self.assertFalse(one.is_possible_duplicate)
        self.make_customer(phone="13712340001", active=False, company_id=self.branch.id)
        self.assertEqual(self.count(check, self.env.user), before)
        self.make_customer(phone="13712340001", company_id=False)
        one.invalidate_recordset()
        self.assertTrue(one.is_possible_duplicate)

    def test_everybody_sees_what_he_may_read(self):
        checks = self.env["dealer.kpi"].with_user(self.technician)
        readable = checks.search(
            [("report", "=", "quality"), ("is_readable", "=", True)]
        )
        models = set(readable.sudo().mapped("model"))
        self.assertIn("res.partner", models)
        self.assertNotIn("crm.lead", models)
        lead_check = self.env.ref("dealer_reports.kpi_quality_leaver_lead")
        self.assertEqual(lead_check.with_user(self.technician).quality_state, "unknown")

    def test_a_manager_adds_a_check(self):
        check = (
            self.env["dealer.kpi"]
            .with_user(self.service_manager)
            .create(
                {
                    "name": "Customers without birthday",
                    "code": "test_birthday",
                    "report": "quality",
                    "measure": "ratio",
                    "model_id": self.env["ir.model"]._get("res.partner").id,
                    "denominator_domain": "[('file_state', '!=', False)]",
                    "domain": "[('file_state', '!=', False), "
                    "('birthdate_date', '=', False)]",
                }
            )
        )
        before = check.defect_count
        customer = self.make_customer()
        self.assertEqual(self.count(check, self.service_manager), before + 1)
        customer.birthdate_date = "1990-01-01"
        self.assertEqual(self.count(check, self.service_manager), before)

    def test_staff_may_not_change_checks(self):
        check = self.env.ref("dealer_reports.kpi_quality_unverified")
        with self.assertRaises(AccessError):
            check.with_user(self.care).write({"severity": "low"})

    def test_a_check_is_no_way_to_frozen_figures_of_partners(self):
        """Month figures are counted with all rights; customers stay out of them."""
        check = self.env.ref("dealer_reports.kpi_quality_unverified")
        field = self.env["ir.model.fields"]._get("res.partner", "create_date")
        with self.assert_refused(ValidationError, "does not belong"):
            check.write({"report": "management", "date_field_id": field.id})
        with self.assert_refused(ValidationError, "needs a date"):
            check.write(
                {
                    "report": "management",
                    "model_id": self.env["ir.model"]._get("fleet.vehicle").id,
                    "domain": "[]",
                }
            )

    def test_a_broken_check_does_not_stop_the_board(self):
        broken = self.env.ref("dealer_reports.kpi_quality_unverified")
        self.env.cr.execute(
            "UPDATE dealer_kpi SET domain = %s WHERE id = %s",
            ["[('no_such_field', '=', 1)]", broken.id],
        )
        checks = self.get_checks()
        checks.invalidate_recordset()
        self.assertEqual(broken.quality_state, "unknown")
        self.assertIn("no_such_field", broken.count_error)
        others = checks - broken
        self.assertNotIn("unknown", others.mapped("quality_state"))

    def test_the_board_is_no_part_of_the_month_close(self):
        before = self.env["dealer.month.close"].search([])
        self.env["dealer.month.close"]._close_month(self.branch, self.month)
        made = self.env["dealer.month.close"].search([]) - before
        self.assertFalse(
            made.value_ids.kpi_id.filtered(lambda k: k.report == "quality")
        )

    def test_cost_does_not_grow_with_the_records(self):
        checks = self.get_checks().with_user(self.director)
        few = self.count_queries(checks)
        for _index in range(20):
            self.make_car(owner_id=self.make_customer().id)
        self.assertEqual(self.count_queries(checks), few)

    def count_queries(self, checks):
        self.env.flush_all()
        self.env.invalidate_all()
        checks.mapped("defect_count")  # ranks, rules and models are cached now
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        checks.mapped("defect_count")
        return self.env.cr.sql_log_count - start
