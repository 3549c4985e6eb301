# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rows with deliberate mistakes in data/ meet the outcome they state."""

import csv
from pathlib import Path

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

DATA = Path(__file__).resolve().parent.parent / "data"
ZONE = "Asia/Shanghai"
CONTEXTS = {
    "res.partner": {"dealer_customer_file": True},
    "fleet.vehicle": {"default_trade_state": "customer"},
}


def read_table(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def split_orders(rows):
    """The rows of each order: those that follow without a number belong to it."""
    orders = []
    for row in rows:
        if row["name"]:
            orders.append([])
        orders[-1].append(row)
    return orders


@tagged("post_install", "-at_install")
class TestDirtImport(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dirt = {
            name: read_table(f"dirt_{name}")
            for name in ("customers", "vehicles", "repair_orders")
        }
        cls.companies = cls.make_branches()
        cls.prepare_records()

    @classmethod
    def make_branches(cls):
        names = sorted({row["company_id"] for row in read_table("customers")})
        companies = cls.env["res.company"].create(
            [{"name": name, "country_id": cls.env.ref("base.cn").id} for name in names]
        )
        companies.partner_id.tz = ZONE
        for company in companies:
            warehouses = cls.env["stock.warehouse"]
            if not warehouses.search_count([("company_id", "=", company.id)]):
                warehouses.create({"name": company.name, "company_id": company.id})
        for login in ("advisor1", "advisor2", "advisor3"):
            new_test_user(
                cls.env,
                login,
                "dealer_aftersales.group_service_advisor",
                company_id=companies[0].id,
                company_ids=companies.ids,
            )
        return companies

    @classmethod
    def prepare_records(cls):
        """Only what the rows refer to, out of the same sample."""
        orders = cls.dirt["repair_orders"]
        vins = {row["vehicle_id"] for row in orders}
        known = {row["vin_sn"] for row in cls.dirt["vehicles"]}
        history = [
            rows
            for rows in split_orders(read_table("repair_orders"))
            if rows[0]["vehicle_id"] in vins
            or rows[0]["name"] in {row["name"] for row in orders}
        ]
        vins |= {rows[0]["vehicle_id"] for rows in history}
        cars = [
            row
            for row in read_table("vehicles")
            if row["vin_sn"] in vins | known
            or row["vin_sn"] in {cls.half_width(vin) for vin in vins}
        ]
        refs = {row["owner_id"] for row in cars + cls.dirt["vehicles"]}
        for rows in [orders, *history]:
            refs |= {row[key] for row in rows for key in ("partner_id", "bringer_id")}
        customers = [row for row in read_table("customers") if row["ref"] in refs]
        models = read_table("vehicle_models")
        cls.env["fleet.vehicle.model.brand"].create({"name": models[0]["brand_id"]})
        cls.import_good("fleet.vehicle.model", models)
        cls.import_good("res.partner", customers)
        cls.import_good("fleet.vehicle", cars)
        cls.import_good("repair.order", [row for rows in history for row in rows])

    @staticmethod
    def half_width(text):
        return "".join(
            chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in text
        )

    @classmethod
    def import_rows(cls, model, rows):
        columns = [name for name in rows[0] if name != "expected"]
        values = [[row[name] for name in columns] for row in rows]
        loader = cls.env[model].with_context(
            tracking_disable=True,
            tz=ZONE,
            allowed_company_ids=cls.companies.ids,
            **CONTEXTS.get(model, {}),
        )
        with mute_logger("odoo.sql_db"):
            return loader.load(columns, values)

    @classmethod
    def import_good(cls, model, rows):
        result = cls.import_rows(model, rows)
        if not result["ids"]:
            raise AssertionError(f"{model}: {result['messages'][:3]}")
        return cls.env[model].browse(result["ids"])

    def lines(self, result, kind):
        return {
            message["rows"]["from"]: message["message"]
            for message in result["messages"]
            if message["type"] == kind
        }

    def check_file(self, table, model):
        """Refused are exactly the lines that say so, and nothing is half-saved."""
        rows = self.dirt[table]
        before = self.env[model].with_context(active_test=False).search_count([])
        result = self.import_rows(model, rows)
        self.assertFalse(result["ids"])
        self.assertEqual(
            self.env[model].with_context(active_test=False).search_count([]), before
        )
        refused = {i for i, row in enumerate(rows) if row["expected"][:2] == "拒绝"}
        errors = self.lines(result, "error")
        if 0 not in refused:
            # Core reports the refused batch at the file's first line as well.
            errors.pop(0, None)
        wrong = {
            line: (rows[line]["expected"], errors.get(line))
            for line in refused ^ errors.keys()
        }
        self.assertFalse(wrong)

    def check_good_rows(self, table, model):
        """Without the refused lines the file goes in. :return: rows, result"""
        rows = [row for row in self.dirt[table] if row["expected"][:2] != "拒绝"]
        result = self.import_rows(model, rows)
        self.assertFalse(self.lines(result, "error"))
        self.assertTrue(result["ids"])
        return rows, result

    def test_customers_with_mistakes_are_refused_by_line(self):
        self.check_file("customers", "res.partner")

    def test_good_customers_go_in_normalised(self):
        rows, result = self.check_good_rows("customers", "res.partner")
        partners = self.env["res.partner"].browse(result["ids"])
        for row, partner in zip(rows, partners, strict=True):
            phone = self.half_width(row["phone"]).replace("+86 ", "").replace("-", "")
            self.assertEqual(partner.phone, phone)
            number = self.half_width(row["id_number"])
            self.assertEqual(partner.id_number or "", number)

    def test_vehicles_with_mistakes_are_refused_by_line(self):
        self.check_file("vehicles", "fleet.vehicle")

    def test_good_vehicles_go_in_normalised(self):
        rows, result = self.check_good_rows("vehicles", "fleet.vehicle")
        cars = self.env["fleet.vehicle"].browse(result["ids"])
        for row, car in zip(rows, cars, strict=True):
            self.assertEqual(car.vin_sn, self.half_width(row["vin_sn"]))
            plate = self.half_width(row["license_plate"]).replace("·", "").upper()
            self.assertEqual(car.license_plate, plate)
            noticed = row["expected"][:2] == "提示"
            self.assertEqual(car.vin_status, "not_applicable" if noticed else "ok")

    def test_orders_with_mistakes_are_refused_by_line(self):
        self.check_file("repair_orders", "repair.order")

    def test_good_orders_go_in_with_a_notice_where_one_is_due(self):
        rows, result = self.check_good_rows("repair_orders", "repair.order")
        noticed = {i for i, row in enumerate(rows) if row["expected"][:2] == "提示"}
        self.assertEqual(self.lines(result, "warning").keys(), noticed)
        repairs = self.env["repair.order"].browse(result["ids"])
        orders = split_orders(rows)
        self.assertEqual(len(repairs), len(orders))
        for order, repair in zip(orders, repairs, strict=True):
            vin = self.half_width(order[0]["vehicle_id"])
            self.assertEqual(repair.vehicle_id.vin_sn, vin)
            self.assertEqual(repair.odometer_in, int(order[0]["odometer_in"]))
            self.assertEqual(len(repair.labor_ids), len(order))
