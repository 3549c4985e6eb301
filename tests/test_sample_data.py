"""The sample dealership in data/: rules of its numbers, references and dates."""

import csv
import importlib.util
import io
import json
import re
import unittest
import zipfile
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from openpyxl import load_workbook

DATA = Path(__file__).resolve().parents[1] / "data"
TODAY = date(2026, 5, 20)
BRANCHES = {"远桥汽车城东店": "E", "远桥汽车城西店": "W"}
PLATE = r"^苏A(?:[0-9A-HJ-NP-Z]{5}|[DF][0-9]{5})$"
CONTRACT = {
    "vehicle_models": "name brand_id vehicle_type",
    "customers": "ref name is_company phone email birthdate_date gender"
    " id_document_type id_number vat street city company_id country_id",
    "vehicles": "vin_sn license_plate model_id owner_id engine_number gearbox_number"
    " color usage origin purchase_date purchase_price warranty_end_date"
    " warranty_end_odometer company_id",
    "parties": "vehicle_id partner_id role date_from date_to price",
    "repair_orders": "name vehicle_id partner_id bringer_id service_kind date_in"
    " date_promised date_delivered odometer_in odometer_out advisor_id company_id"
    " parts_history amount_parts_history concern_ids/name labor_ids/name"
    " labor_ids/hours labor_ids/price_unit",
    "leads": "name type contact_name partner_id phone vehicle_model_id"
    " purchase_date_expected grade_id user_id company_id expected_revenue description",
    "callback_answers": "repair_order attempts overall advisor quality ontime explain"
    " clean issues remark",
}
for _table in ("customers", "vehicles", "repair_orders"):
    CONTRACT[f"dirt_{_table}"] = CONTRACT[_table] + " expected"


def load(name):
    spec = importlib.util.spec_from_file_location(f"_{name}", DATA / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATE = load("generate")
CHECK = load("sample_check")


def day(text):
    return date.fromisoformat(text[:10])


class SampleDataCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tables = GENERATE.build(TODAY)
        cls.customers = {row["ref"]: row for row in cls.tables["customers"]}
        cls.vehicles = {row["vin_sn"]: row for row in cls.tables["vehicles"]}
        cls.orders = [row for row in cls.tables["repair_orders"] if row["name"]]
        cls.visits = defaultdict(list)
        for row in sorted(cls.orders, key=lambda row: row["date_in"]):
            cls.visits[row["vehicle_id"]].append(row)

    def assertNoDuplicates(self, values):
        filled = [value for value in values if value]
        self.assertEqual(len(filled), len(set(filled)))


class TestSampleFiles(SampleDataCase):
    def shipped(self):
        stamp = json.loads((DATA / "generated.json").read_text(encoding="utf-8"))
        return date.fromisoformat(stamp["today"]), stamp["seed"]

    def test_check_functions_know_published_numbers(self):
        self.assertTrue(CHECK.vin_fits("1M8GDM9AXKP042788"))
        self.assertFalse(CHECK.vin_fits("LFV3A23C0B3012345"))
        self.assertTrue(CHECK.id_fits("11010519491231002X"))
        self.assertFalse(CHECK.id_fits("110105194912310021"))
        self.assertTrue(CHECK.uscc_fits("91110000600037341L"))
        self.assertFalse(CHECK.uscc_fits("911100006000373410"))

    def test_same_day_and_seed_give_same_tables(self):
        self.assertEqual(GENERATE.build(TODAY), self.tables)
        self.assertNotEqual(GENERATE.build(TODAY, 1), self.tables)

    def test_any_day_can_be_today(self):
        for today in (date(2024, 2, 29), date(2025, 1, 1), date(2026, 11, 21)):
            with self.subTest(today=today):
                orders = GENERATE.build(today)["repair_orders"]
                latest = max(row["date_in"] for row in orders)
                self.assertLessEqual((today - day(latest)).days, 3)

    def test_columns_are_those_of_the_import_templates(self):
        for table, columns in CONTRACT.items():
            for row in self.tables[table]:
                self.assertEqual(set(row), set(columns.split()), table)

    def test_shipped_csv_is_what_the_generator_gives(self):
        values = GENERATE.build_values(*self.shipped())
        for table, columns in CONTRACT.items():
            with self.subTest(table=table):
                text = (DATA / f"{table}.csv").read_text(encoding="utf-8")
                self.assertEqual(text[0], "\ufeff")
                rows = list(csv.DictReader(io.StringIO(text[1:])))
                self.assertEqual(list(rows[0]), columns.split())
                self.assertEqual(rows, GENERATE.text_rows(table, values[table]))

    def test_shipped_xlsx_holds_the_same_rows_under_chinese_titles(self):
        for table, rows in GENERATE.build_values(*self.shipped()).items():
            with self.subTest(table=table):
                sheet = load_workbook(DATA / f"{table}.xlsx").active
                titles, *lines = sheet.iter_rows(values_only=True)
                self.assertEqual(titles, tuple(GENERATE.TABLES[table].values()))
                key = CONTRACT[table].split()[0]
                keys = [row.get(key) for row in rows]
                self.assertEqual([line[0] for line in lines], keys)

    def test_xlsx_bytes_do_not_depend_on_the_clock(self):
        rows = self.tables["vehicle_models"]
        content = GENERATE.xlsx_bytes("vehicle_models", rows, TODAY)
        self.assertEqual(content, GENERATE.xlsx_bytes("vehicle_models", rows, TODAY))
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            self.assertEqual({i.date_time[0] for i in packed.infolist()}, {1980})
            core = packed.read("docProps/core.xml").decode()
        self.assertEqual(set(re.findall(r"(\S{10})T\d\d:", core)), {str(TODAY)})


class TestSamplePeople(SampleDataCase):
    def test_numbers_of_rows(self):
        counts = {table: len(rows) for table, rows in self.tables.items()}
        for table, count in {"customers": 300, "vehicles": 350, "leads": 150}.items():
            self.assertEqual(counts[table], count)
        self.assertEqual(sum(bool(row["vat"]) for row in self.customers.values()), 25)
        self.assertGreater(counts["parties"], 100)

    def test_no_number_is_given_twice(self):
        for name in (
            "customers.ref customers.phone customers.id_number customers.vat"
            " vehicles.vin_sn vehicles.license_plate vehicles.engine_number leads.phone"
        ).split():
            table, column = name.split(".")
            with self.subTest(name):
                self.assertNoDuplicates(row[column] for row in self.tables[table])
        self.assertNoDuplicates(row["name"] for row in self.orders)

    def test_phones_and_mail_stay_in_made_up_ranges(self):
        for row in self.tables["customers"] + self.tables["leads"]:
            self.assertRegex(row["phone"], r"^$|^19[89]0000\d{4}$|^025-5550\d{4}$")
        for row in self.tables["customers"]:
            self.assertRegex(row["email"], r"^$|@example\.(com|cn)$")

    def test_resident_ids_fit_birth_date_and_gender(self):
        with_id = [row for row in self.customers.values() if row["id_number"]]
        self.assertGreater(len(with_id), 150)
        for row in with_id:
            number = row["id_number"]
            self.assertTrue(CHECK.id_fits(number), number)
            self.assertEqual(number[:6], "320199")
            self.assertEqual(number[6:14], row["birthdate_date"].replace("-", ""))
            self.assertEqual(row["gender"] == "male", int(number[16]) % 2 == 1)
            self.assertEqual(row["id_document_type"], "resident_id")

    def test_only_companies_have_a_credit_code(self):
        for row in self.customers.values():
            self.assertEqual(bool(row["vat"]), row["is_company"] == "1")
            self.assertFalse(row["vat"] and row["birthdate_date"] + row["id_number"])
            self.assertTrue(not row["vat"] or CHECK.uscc_fits(row["vat"]), row["vat"])

    def test_vins_fit_check_digit_and_year(self):
        years = "GHJKLMNPRSTVWXY123456789"
        for vin, row in self.vehicles.items():
            self.assertRegex(vin, r"^[0-9A-HJ-NPR-Z]{17}$")
            self.assertEqual(CHECK.vin_fits(vin), vin[0] == "L", vin)
            age = day(row["purchase_date"]).year - 2016 - years.index(vin[9])
            self.assertIn(age, range(0, 8))
            if row["origin"] == "own_sale":
                self.assertLessEqual(age, 1)
        self.assertEqual(sum(vin[0] != "L" for vin in self.vehicles), 10)

    def test_vehicles_refer_to_owner_and_model(self):
        models = [f"远桥/{row['name']}" for row in self.tables["vehicle_models"]]
        for row in self.vehicles.values():
            self.assertIn(row["model_id"], models)
            owner = self.customers[row["owner_id"]]
            self.assertEqual(owner["company_id"], row["company_id"])
            self.assertLess(day(row["purchase_date"]), TODAY)
            plate, electric = row["license_plate"], "知岸" in row["model_id"]
            if plate:
                self.assertRegex(plate, PLATE)
                self.assertLessEqual(sum(c.isalpha() for c in plate[2:]), 2)
                self.assertEqual(len(plate) == 8 and plate[2] == "D", electric)

    def test_former_owners_end_before_the_present_one(self):
        chains = defaultdict(list)
        for row in self.tables["parties"]:
            vehicle = self.vehicles[row["vehicle_id"]]
            self.assertIn(row["partner_id"], self.customers)
            self.assertNotEqual(row["partner_id"], vehicle["owner_id"])
            self.assertIn(row["role"], ("owner", "driver", "bringer", "payer"))
            if row["role"] == "owner":
                self.assertLess(row["date_from"], row["date_to"])
                self.assertLess(row["date_to"], vehicle["purchase_date"])
                chains[row["vehicle_id"]].append(row)
        for chain in chains.values():
            for earlier, later in pairwise(chain):
                self.assertLess(earlier["date_to"], later["date_from"])


class TestSampleWork(SampleDataCase):
    def test_counts_of_orders(self):
        open_orders = [row for row in self.orders if not row["date_delivered"]]
        self.assertEqual(len(self.orders), 700)
        self.assertEqual(len(open_orders), 10)
        for row in open_orders:
            self.assertIn((TODAY - day(row["date_in"])).days, range(1, 4))
        oldest = min(row["date_in"] for row in self.orders)
        self.assertLessEqual((TODAY - day(oldest)).days, 457)
        middle = sorted(row["date_in"] for row in self.orders)[350]
        self.assertLess((TODAY - day(middle)).days, 200)

    def test_each_day_has_a_call_list(self):
        delivered = [row["date_delivered"] for row in self.orders]
        counts = Counter(day(text) for text in delivered if text)
        self.assertEqual(counts[TODAY - timedelta(days=3)], 14)
        for back in (1, 2, *range(4, 11)):
            past = TODAY - timedelta(days=back)
            expected = range(8, 13) if past.weekday() < 5 else range(1, 13)
            self.assertIn(counts[past], expected)

    def test_orders_refer_to_owner_and_staff_of_the_branch(self):
        for row in self.orders:
            vehicle = self.vehicles[row["vehicle_id"]]
            self.assertEqual(row["partner_id"], vehicle["owner_id"])
            self.assertEqual(row["company_id"], vehicle["company_id"])
            self.assertIn(row["bringer_id"], {"", *self.customers})
            branch = BRANCHES[row["company_id"]]
            month = row["date_in"][2:4] + row["date_in"][5:7]
            self.assertRegex(row["name"], rf"^RO/{branch}/{month}/\d{{3}}$")
            self.assertEqual(row["advisor_id"] == "advisor3", branch == "W")

    def test_times_of_an_order_are_in_sequence(self):
        for row in self.orders:
            bought = self.vehicles[row["vehicle_id"]]["purchase_date"]
            self.assertGreater(row["date_in"][:10], bought)
            self.assertGreater(row["date_promised"], row["date_in"])
            if row["date_delivered"]:
                self.assertGreater(row["date_delivered"], row["date_in"])
                self.assertLess(day(row["date_delivered"]), TODAY)

    def test_odometer_rises_by_20_to_60_km_a_day(self):
        repeated = 0
        for visits in self.visits.values():
            for before, after in pairwise(visits):
                days = day(after["date_in"]) - day(before["date_delivered"])
                driven = int(after["odometer_in"]) - int(before["odometer_out"])
                self.assertGreater(days.days, 0)
                self.assertTrue(20 <= driven / days.days <= 60, (before, after))
                repeated += 1
        self.assertGreater(repeated, 200)

    def test_further_works_stand_on_rows_of_their_own(self):
        labor = {"labor_ids/name", "labor_ids/hours", "labor_ids/price_unit"}
        further = [row for row in self.tables["repair_orders"] if not row["name"]]
        self.assertGreater(len(further), 300)
        for row in further:
            self.assertEqual({key for key, value in row.items() if value}, labor)

    def test_callbacks_cover_the_window(self):
        delivered = {row["name"]: row["date_delivered"] for row in self.orders}
        first, last = (str(TODAY - timedelta(days=back)) for back in (100, 3))
        window = [name for name, text in delivered.items() if first <= text < last]
        answers = self.tables["callback_answers"]
        self.assertEqual([row["repair_order"] for row in answers], window)
        called = sum(bool(row["attempts"]) for row in answers) / len(answers)
        scores = [row["overall"] for row in answers if row["overall"]]
        self.assertAlmostEqual(called, 0.92, delta=0.05)
        self.assertAlmostEqual(len(scores) / len(answers), 0.8, delta=0.07)
        self.assertAlmostEqual(sum(scores) / len(scores), 4.4, delta=0.2)
        for row in answers:
            self.check_attempts(row, day(delivered[row["repair_order"]]))

    def check_attempts(self, row, delivered):
        calls = [attempt.rpartition(" ")[::2] for attempt in row["attempts"]]
        days = [datetime.fromisoformat(when).date() for when, _what in calls]
        known = {"reached", "not_reached", "wrong_number", "call_later"}
        self.assertLessEqual({outcome for _when, outcome in calls}, known)
        reached = bool(calls) and calls[-1][1] == "reached"
        self.assertEqual(reached, bool(row["overall"]))
        self.assertEqual(bool(row["issues"]), row["overall"] in (1, 2, 3))
        self.assertNoDuplicates(days)
        self.assertTrue(all(delivered < called < TODAY for called in days))

    def test_leads_fit_their_grade_branch_and_customer(self):
        spans = {"H": (0, 7), "A": (8, 30), "B+": (31, 90), "B": (31, 90)}
        self.assertEqual(sum(not row["grade_id"] for row in self.tables["leads"]), 15)
        for row in self.tables["leads"]:
            self.assertEqual(row["user_id"] == "sales3", "西" in row["company_id"])
            complete = bool(row["phone"] and row["vehicle_model_id"])
            self.assertEqual(complete, bool(row["grade_id"]))
            if complete:
                first, last = spans.get(row["grade_id"], (91, 999))
                days = (day(row["purchase_date_expected"]) - TODAY).days
                self.assertTrue(first <= days <= last, row)
            if row["partner_id"]:
                customer = self.customers[row["partner_id"]]
                self.assertEqual(row["phone"], customer["phone"])
                self.assertEqual(row["company_id"], customer["company_id"])


class TestSampleDirt(SampleDataCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dirt = {table: cls.tables[table] for table in CONTRACT if "dirt" in table}
        cls.said = {row["expected"]: row for rows in cls.dirt.values() for row in rows}

    def test_each_row_says_what_must_happen(self):
        for table, rows in self.dirt.items():
            with self.subTest(table=table):
                self.assertIn(len(rows), range(10, 20))
                expected = [row["expected"] for row in rows]
                for text in expected:
                    self.assertRegex(text, "^(接受|接受并规范化：|提示：|拒绝：)")
                self.assertIn(expected.count("接受"), (3, 4))

    def test_mistakes_are_what_they_claim_to_be(self):
        wrong = self.said["拒绝：L开头的车架号校验位不符"]["vin_sn"]
        self.assertRegex(wrong, r"^L[0-9A-HJ-NPR-Z]{16}$")
        self.assertFalse(CHECK.vin_fits(wrong))
        known = self.said["拒绝：车架号在车辆表中已存在"]["vin_sn"]
        self.assertIn(known, self.vehicles)
        self.assertFalse(
            CHECK.id_fits(self.said["拒绝：证件号码校验码不符"]["id_number"])
        )
        code = self.said["拒绝：统一社会信用代码校验码不符"]["vat"]
        self.assertFalse(CHECK.uscc_fits(code))
        lower = self.said["提示：进厂里程低于上次进厂，读数待核实"]
        last = self.visits[lower["vehicle_id"]][-1]
        self.assertLess(int(lower["odometer_in"]), int(last["odometer_in"]))

    def test_good_rows_do_not_meet_the_clean_tables(self):
        for table, column in (("customers", "phone"), ("vehicles", "license_plate")):
            clean = {row[column] for row in self.tables[table]} - {""}
            dirt = {row[column] for row in self.dirt[f"dirt_{table}"]}
            self.assertFalse(clean & dirt)
