# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval

from odoo.exceptions import AccessError
from odoo.tests import freeze_time

from .common import AFTER, ReportsCase


@freeze_time(AFTER)
class TestAnalysis(ReportsCase):
    """CUS-23, VEH-17: the sums of an analysis are the lists behind it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owners = [
            cls.make_customer(f"Owner {city}", city=city)
            for city in ("Nanjing", "Suzhou", "Nanjing")
        ]
        usages = ("private", "commercial", "private")
        days = ("2025-06-01", "2022-06-01", "2015-06-01")
        for owner, usage, day in zip(cls.owners, usages, days, strict=True):
            cls.make_car(owner_id=owner.id, usage=usage, purchase_date=day)
        cls.env["dealer.segment"].create(
            {
                "name": "People of Nanjing",
                "model": "res.partner",
                "domain": "[('city', '=', 'Nanjing')]",
            }
        )

    def group(self, model, domain, *groups, user=None):
        return (
            self.env[model]
            .with_user(user or self.director)
            ._read_group(domain, groups, ["__count"])
        )

    def test_segments_by_area_add_up_to_their_members(self):
        rows = self.group("dealer.segment.analysis", [], "segment_id", "city")
        sums = {}
        for segment, _city, count in rows:
            sums[segment.id] = sums.get(segment.id, 0) + count
        segments = self.env["dealer.segment"].with_user(self.director).search([])
        self.assertTrue(segments.filtered(lambda s: s.model == "res.partner"))
        for segment in segments:
            self.assertEqual(sums.get(segment.id, 0), segment.member_count)
            action = segment.action_view_members()
            members = self.env[segment.model].with_user(self.director)
            self.assertEqual(
                sums.get(segment.id, 0), members.search_count(action["domain"])
            )

    def test_a_cell_opens_its_members(self):
        lines = self.env["dealer.segment.analysis"].with_user(self.director)
        found = lines.search([("city", "=", "Suzhou")])
        self.assertTrue(found)
        for line in found:
            self.assertEqual(line.partner_id.city, "Suzhou")
            action = line.action_open_member()
            record = self.env[action["res_model"]].browse(action["res_id"])
            self.assertEqual(record, line.vehicle_id or line.partner_id)

    def test_a_branch_counts_its_own_members(self):
        north = self.make_user(
            "north", "dealer_crm.group_sales_manager", self.other_branch
        )
        owner = self.make_customer(city="Xuzhou", company_id=self.other_branch.id)
        self.make_car(owner_id=owner.id, company_id=self.other_branch.id)
        cities = [
            city
            for city, _n in self.group(
                "dealer.segment.analysis", [], "city", user=north
            )
        ]
        self.assertIn("Xuzhou", cities)
        here = [city for city, _n in self.group("dealer.segment.analysis", [], "city")]
        self.assertNotIn("Xuzhou", here)

    def test_no_segment_no_line(self):
        self.env["dealer.segment"].search([]).active = False
        self.assertFalse(self.env["dealer.segment.analysis"].search([]))

    def test_staff_outside_of_management_have_no_analysis(self):
        with self.assertRaises(AccessError):
            self.group("dealer.segment.analysis", [], "city", user=self.technician)

    def test_owners_by_class_add_up_to_the_vehicles(self):
        domain = [("trade_state", "=", "customer")]
        total = self.env["fleet.vehicle"].with_user(self.director).search_count(domain)
        for groups in (
            ("vehicle_class",),
            ("vehicle_class", "owner_id"),
            ("age_band", "usage"),
            ("brand_id",),
        ):
            rows = self.group("fleet.vehicle", domain, *groups)
            self.assertEqual(sum(row[-1] for row in rows), total, groups)

    def test_customers_by_area_add_up_to_the_customers(self):
        domain = [("file_state", "!=", False)]
        total = self.env["res.partner"].with_user(self.director).search_count(domain)
        for groups in (("city", "file_state"), ("occupation_id",), ("state_id",)):
            rows = self.group("res.partner", domain, *groups)
            self.assertEqual(sum(row[-1] for row in rows), total, groups)

    def test_shipped_favourites_work_for_everybody(self):
        names = self.env["ir.model.data"].search(
            [("module", "=", "dealer_reports"), ("model", "=", "ir.filters")]
        )
        filters = self.env["ir.filters"].browse(names.mapped("res_id"))
        self.assertEqual(len(filters), 4)
        for favourite in filters:
            self.assertFalse(favourite.user_ids)
            context = literal_eval(favourite.context)
            groups = context["pivot_row_groupby"] + context["pivot_column_groupby"]
            rows = self.group(favourite.model_id, [], *groups)
            self.assertTrue(rows, favourite.name)
            offered = (
                self.env["ir.filters"]
                .with_user(self.care)
                .get_filters(favourite.model_id, favourite.action_id.id)
            )
            self.assertIn(favourite.id, [found["id"] for found in offered])
