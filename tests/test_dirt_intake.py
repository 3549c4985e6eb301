# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rows with deliberate mistakes in data/ go through the table import as well."""

import base64
import csv
from pathlib import Path

from odoo.tests import TransactionCase, tagged

DATA = Path(__file__).resolve().parent.parent / "data"
ZONE = "Asia/Shanghai"


def read_table(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@tagged("post_install", "-at_install")
class TestDirtIntake(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tz": ZONE})
        cls.customers = read_table("dirt_customers")
        cls.vehicles = read_table("dirt_vehicles")
        names = sorted({row["company_id"] for row in read_table("customers")})
        cls.companies = cls.env["res.company"].create(
            [{"name": name, "country_id": cls.env.ref("base.cn").id} for name in names]
        )
        cls.env.user.company_ids = [(4, company.id) for company in cls.companies]
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.companies.ids}
        )
        brand = cls.env["fleet.vehicle.model.brand"]
        for row in read_table("vehicle_models"):
            maker = brand.search([("name", "=", row["brand_id"])], limit=1)
            maker = maker or brand.create({"name": row["brand_id"]})
            cls.env["fleet.vehicle.model"].create(
                {"name": row["name"], "brand_id": maker.id}
            )

    def import_table(self, kind, name):
        batch = self.env["dealer.import.batch"].create(
            {
                "kind": kind,
                "file_name": f"{name}.xlsx",
                "file": base64.b64encode((DATA / f"{name}.xlsx").read_bytes()),
                "company_id": self.companies[0].id,
                "duplicate_policy": "skip",
            }
        )
        batch.action_check()
        batch.action_import()
        return batch

    def check_outcome(self, batch, rows):
        """Core's import does not know that a taxi is a commercial car."""
        states = batch.line_ids.sorted("row").mapped("state")
        wrong = [
            (row["expected"], state)
            for row, state in zip(rows, states, strict=True)
            if (state == "done") == self.is_refused(row)
        ]
        reasons = batch.line_ids.sorted("row").mapped("reason")
        self.assertFalse(wrong, reasons)

    @staticmethod
    def is_refused(row):
        return row["expected"][:2] == "拒绝" and row.get("usage") != "出租"

    def test_customers_with_mistakes_stay_out_and_the_others_go_in(self):
        batch = self.import_table("customers", "dirt_customers")
        self.check_outcome(batch, self.customers)
        partners = self.env["res.partner"].search([("ref", "=like", "D00%")])
        good = [row for row in self.customers if row["expected"][:2] != "拒绝"]
        self.assertEqual(len(partners), len(good))

    def test_vehicles_with_mistakes_stay_out_and_the_others_go_in(self):
        refs = {row["owner_id"] for row in self.vehicles} - {"C9999"}
        owners = [row for row in read_table("customers") if row["ref"] in refs]
        branches = {company.name: company.id for company in self.companies}
        self.env["res.partner"].create(
            [
                {
                    "ref": row["ref"],
                    "name": row["name"],
                    "phone": row["phone"],
                    "file_state": "draft",
                    "company_id": branches[row["company_id"]],
                }
                for row in owners
            ]
        )
        known = next(row for row in self.vehicles if "表中已存在" in row["expected"])
        model = self.env["fleet.vehicle.model"].search([], limit=1)
        self.env["fleet.vehicle"].create(
            {
                "vin_sn": known["vin_sn"],
                "model_id": model.id,
                "trade_state": "customer",
                "company_id": self.companies[0].id,
            }
        )
        batch = self.import_table("vehicles", "dirt_vehicles")
        self.check_outcome(batch, self.vehicles)
