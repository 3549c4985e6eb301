# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError

from .common import AftersalesCase

PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    b"awAAAABJRU5ErkJggg=="
)


class TestInspection(AftersalesCase):
    """The walk-around: points by the use of the car, findings, what follows."""

    def make_inspection(self, repair=None, user=None):
        repair = repair or self.make_repair(advisor_id=self.advisor.id)
        action = repair.with_user(user or self.advisor).action_inspect()
        return self.env["dealer.inspection"].browse(action["res_id"])

    def test_use_of_car_decides_the_points(self):
        counts = {}
        for usage in ("private", "official", "commercial"):
            self.car.usage = usage
            inspection = self.make_inspection(self.make_repair())
            template = inspection.template_id
            self.assertIn(template.usage, (usage, False))
            self.assertEqual(len(inspection.line_ids), template.line_count)
            counts[usage] = template.line_count
        self.assertGreater(counts["official"], counts["commercial"])
        self.assertGreater(counts["commercial"], counts["private"])

    def test_branch_template_goes_first(self):
        own = self.env["dealer.inspection.template"].create(
            {"name": "Own", "company_id": self.branch.id, "kind": "reception"}
        )
        own.line_ids = [(0, 0, {"name": "Only point"})]
        inspection = self.make_inspection()
        self.assertEqual(inspection.line_ids.mapped("name"), ["Only point"])

    def test_second_click_opens_the_same(self):
        repair = self.make_repair()
        first = self.make_inspection(repair)
        self.assertEqual(self.make_inspection(repair, self.technician), first)

    def test_order_without_template_is_told(self):
        self.env["dealer.inspection.template"].search([]).active = False
        with self.assertRaisesRegex(UserError, "No inspection template"):
            self.make_inspection()

    def test_points_are_frozen_in_all_languages(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        point = self.env.ref("dealer_aftersales.inspection_point_reception_front")
        point.with_context(lang="zh_CN").name = "前保险杠"
        inspection = self.make_inspection()
        line = inspection.line_ids.filtered(lambda x: x.template_line_id == point)
        self.assertEqual(line.name, "Front bumper and bonnet")
        self.assertEqual(line.with_context(lang="zh_CN").name, "前保险杠")
        point.name = "Renamed"
        line.invalidate_recordset()
        self.assertEqual(line.name, "Front bumper and bonnet")

    def test_all_ok_answers_the_rest_only(self):
        inspection = self.make_inspection().with_user(self.technician)
        first = inspection.line_ids[0]
        first.action_now()
        inspection.action_all_ok()
        self.assertEqual(inspection.open_count, 0)
        self.assertEqual(inspection.finding_count, 1)
        self.assertEqual(first.result, "now")

    def test_finish_asks_for_all_points(self):
        inspection = self.make_inspection()
        with self.assertRaisesRegex(UserError, "points are not answered"):
            inspection.action_finish()
        inspection.action_all_ok()
        inspection.action_finish()
        self.assertTrue(inspection.date_done)

    def test_finding_becomes_work_once(self):
        repair = self.make_repair()
        line = self.make_inspection(repair).line_ids[0].with_user(self.advisor)
        line.write({"result": "now", "value": 3, "unit": "mm", "note": "worn"})
        line.action_propose_work()
        line.action_approve()
        self.assertEqual(len(repair.labor_ids), 1)
        self.assertEqual(repair.labor_ids.name, f"{line.name} (3 mm): worn")
        self.assertEqual(line.labor_id, repair.labor_ids)
        self.assertEqual(line.decision, "approved")

    def test_photos_are_counted_and_served(self):
        line = self.make_inspection().line_ids[0].with_user(self.technician)
        line.photo_ids = [(0, 0, {"image": PIXEL}), (0, 0, {"image": PIXEL})]
        self.assertEqual(line.photo_count, 2)
        self.assertTrue(line.photo_ids[0].image_256)

    def test_receiving_makes_it_where_the_branch_wants(self):
        domain = [("vehicle_id", "=", self.car.id)]
        self.make_repair()
        self.assertFalse(self.env["dealer.inspection"].search_count(domain))
        self.branch.inspect_on_receive = True
        self.make_repair(delivered="2026-03-01 04:00:00")
        self.assertFalse(self.env["dealer.inspection"].search_count(domain))
        self.make_repair()
        self.assertEqual(self.env["dealer.inspection"].search_count(domain), 1)
        planned = self.make_repair(service_state="appointment")
        self.assertFalse(planned.inspection_ids)
        planned.action_receive()
        self.assertEqual(planned.inspection_ids.kind, "reception")


class TestInspectionRights(AftersalesCase):
    """Who fills inspections, who reads them, who has no part in them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls.make_repair(advisor_id=cls.advisor.id)
        cls.inspection = cls.repair._make_inspections("reception")
        cls.line = cls.inspection.line_ids[0]
        cls.colleague = cls.make_user("colleague", "dealer_aftersales.group_technician")

    def test_technician_fills_those_of_his_orders(self):
        self.line.with_user(self.technician).result = "ok"
        self.repair._add_labor(name="Brakes").technician_id = self.colleague
        self.line.with_user(self.colleague).result = "now"
        with self.assertRaises(AccessError):
            self.line.with_user(self.technician).result = "ok"
        self.assertEqual(self.line.with_user(self.technician).result, "now")

    def test_technician_does_not_speak_for_the_customer(self):
        with self.assertRaisesRegex(AccessError, "service advisor"):
            self.line.with_user(self.technician).decision = "approved"

    def test_nobody_makes_an_inspection_without_its_points(self):
        values = {"repair_id": self.repair.id, "kind": "quality"}
        for user in (self.technician, self.advisor, self.service_manager):
            with self.assertRaises(AccessError):
                self.env["dealer.inspection"].with_user(user).create(values)
        with self.assertRaises(AccessError):
            self.inspection.with_user(self.advisor).date_done = "2026-01-01"
        with self.assertRaises(AccessError):
            self.line.with_user(self.advisor).labor_id = False

    def test_care_reads_consultants_do_not(self):
        self.assertTrue(self.line.with_user(self.care).name)
        with self.assertRaises(AccessError):
            self.line.with_user(self.care).result = "ok"
        for model in ("dealer.inspection", "dealer.declined.work"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.consultant).search([])
        fields = self.env["repair.order"].with_user(self.consultant).fields_get()
        self.assertNotIn("inspection_ids", fields)

    def test_other_branch_sees_nothing(self):
        lines = self.env["dealer.inspection.line"].with_user(self.care_north)
        self.assertFalse(lines.search([("repair_id", "=", self.repair.id)]))
