"""Import files of the project: every column finds its field by itself."""

import importlib.util
from datetime import date
from pathlib import Path

from odoo.tests import TransactionCase, tagged

ROOT = Path(__file__).resolve().parents[1]
MODELS = {
    "vehicle_models": "fleet.vehicle.model",
    "customers": "res.partner",
    "vehicles": "fleet.vehicle",
    "parties": "dealer.vehicle.party",
    "repair_orders": "repair.order",
    "leads": "crm.lead",
}
TEMPLATES = ("customers", "vehicles", "repair_orders")
CONTEXTS = {
    "res.partner": {"dealer_customer_file": True},
    "fleet.vehicle": {"default_trade_state": "customer"},
}
OPTIONS = {
    "has_headers": True,
    "advanced": True,
    "quoting": '"',
    "separator": "",
    "encoding": "",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "date_format": "",
    "datetime_format": "",
    "sheet": "",
    "sheets": [],
    "skip": 0,
    "limit": 2000,
    "keep_matches": False,
    "name_create_enabled_fields": {},
    "fallback_values": {},
}


def load(name):
    path = ROOT / "data" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATE = load("generate")
MAKE = load("make_templates")


@tagged("post_install", "-at_install")
class ImportCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env.user.group_ids += cls.env.ref("dealer_crm.group_general_manager")
        cls.env.user.tz = "Asia/Shanghai"
        brand = cls.env["fleet.vehicle.model.brand"].create({"name": "远桥"})
        for name in ("青禾 1.5T", "青禾 1.5L", "知岸 E7"):
            cls.env["fleet.vehicle.model"].create({"name": name, "brand_id": brand.id})

    def read_file(self, table, content, lang):
        """Upload the file as the import screen does; (import, preview, options)."""
        model = MODELS[table]
        # the language is the user's own: the date formats come from there
        self.env.user.lang = lang
        env = self.env(context={"lang": lang, **CONTEXTS.get(model, {})})
        wizard = env["base_import.import"].create(
            {
                "res_model": model,
                "file": content,
                "file_name": f"{table}.xlsx",
                "file_type": "application/vnd.openxmlformats-officedocument"
                ".spreadsheetml.sheet",
            }
        )
        preview = wizard.parse_preview(dict(OPTIONS))
        self.assertNotIn("error", preview)
        return wizard, preview

    def suggested(self, preview):
        """The field path that each column gets without anybody's help."""
        matches = preview["matches"] or {}
        return [
            "/".join(matches.get(index, [])) for index in range(len(preview["headers"]))
        ]

    def check_columns(self, table, content, expected, lang):
        wizard, preview = self.read_file(table, content, lang)
        found = dict(zip(preview["headers"], self.suggested(preview), strict=True))
        self.assertEqual(
            found, dict(zip(preview["headers"], expected, strict=True)), table
        )
        return wizard, preview

    def run_import(self, table, content, lang, dryrun):
        columns = list(MAKE.COLUMNS[table])
        wizard, preview = self.read_file(table, content, lang)
        options = {**OPTIONS, **preview["options"]}
        return wizard.execute_import(columns, preview["headers"], options, dryrun)


class TestTemplates(ImportCase):
    def contents(self, table, lang):
        suffix = "" if lang == "zh_CN" else "_en"
        path = ROOT / MAKE.FOLDERS[table] / f"{table}{suffix}.xlsx"
        return path.read_bytes()

    def test_files_are_the_script_s_output(self):
        """Bytes depend on the zip library; the cells do not."""
        from io import BytesIO

        from openpyxl import load_workbook

        for path, content in MAKE.build().items():
            cells = [
                list(load_workbook(source).active.iter_rows(values_only=True))
                for source in (BytesIO(content), ROOT / path)
            ]
            self.assertEqual(*cells, path)

    def test_every_column_finds_its_field(self):
        for lang in ("zh_CN", "en_US"):
            for table in TEMPLATES:
                self.check_columns(
                    table,
                    self.contents(table, lang),
                    list(MAKE.COLUMNS[table]),
                    lang,
                )

    def test_chinese_rows_pass_all_checks(self):
        self.check_rows("zh_CN")

    def test_english_rows_pass_all_checks(self):
        self.check_rows("en_US")

    def check_rows(self, lang):
        """The three files in order: each refers to the rows of the one before."""
        for table in TEMPLATES:
            content = self.contents(table, lang)
            result = self.run_import(table, content, lang, dryrun=True)
            self.assertEqual(result["messages"], [], table)
            result = self.run_import(table, content, lang, dryrun=False)
            self.assertTrue(all(result["ids"]), table)
        # what the dry runs left in the cache was rolled back
        self.env.invalidate_all()
        self.check_imported()

    def check_imported(self):
        owner = self.env["res.partner"].search([("ref", "=", "T0001")])
        self.assertEqual(owner.file_state, "draft")
        self.assertEqual(owner.gender, "male")
        self.assertEqual(owner.country_id.code, "CN")
        self.assertEqual(owner.vehicle_ids.vin_sn, MAKE.VINS[0])
        self.assertEqual(owner.vehicle_ids.trade_state, "customer")
        company = self.env["res.partner"].search([("ref", "=", "T0003")])
        self.assertTrue(company.is_company)
        order = self.env["repair.order"].search([("name", "=", "T2506001")])
        self.assertEqual(len(order.labor_ids), 2)
        self.assertEqual(order.bringer_id.ref, "T0002")
        self.assertEqual(str(order.date_in), "2025-06-10 01:20:00")

    def test_screen_offers_the_file_of_the_language(self):
        for lang, suffix in (("zh_CN", ""), ("en_US", "_en")):
            for table in TEMPLATES:
                model = MODELS[table]
                env = self.env(context={"lang": lang, **CONTEXTS.get(model, {})})
                [offer] = env[model].get_import_templates()
                self.assertEqual(
                    offer["template"].rpartition("/")[2], f"{table}{suffix}.xlsx"
                )
                self.assertTrue((ROOT / offer["template"].lstrip("/")).is_file())

    def test_other_partners_keep_the_template_of_odoo(self):
        plain = self.env["res.partner"].with_context(dealer_customer_file=False)
        for offer in plain.get_import_templates():
            self.assertNotIn("dealer", offer["template"])


class TestSampleFiles(ImportCase):
    def test_every_column_finds_its_field(self):
        for table in MODELS:
            self.check_columns(
                table,
                (ROOT / "data" / f"{table}.xlsx").read_bytes(),
                list(GENERATE.TABLES[table]),
                "zh_CN",
            )

    def test_expected_result_stays_unmapped(self):
        for table in TEMPLATES:
            self.check_columns(
                table,
                (ROOT / "data" / f"dirt_{table}.xlsx").read_bytes(),
                [*GENERATE.TABLES[table], ""],
                "zh_CN",
            )

    def test_files_made_today_are_recognised_too(self):
        tables = GENERATE.build_values(date(2026, 5, 20))
        for table in MODELS:
            content = GENERATE.xlsx_bytes(table, tables[table][:20], date(2026, 5, 20))
            self.check_columns(table, content, list(GENERATE.TABLES[table]), "zh_CN")
