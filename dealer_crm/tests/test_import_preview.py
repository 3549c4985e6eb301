# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .import_common import ImportCase

PEOPLE = ("客户姓名", "手机", "身份证号")


@tagged("post_install", "-at_install")
class TestImportPreview(ImportCase):
    def test_chinese_titles_find_their_fields(self):
        batch = self.upload([self.row()])
        self.assertEqual(
            batch.column_ids.mapped("field_id.key"),
            [
                "partner.name",
                "partner.phone",
                "vehicle.license_plate",
                "vehicle.vin_sn",
                "vehicle.model_id",
                "vehicle.purchase_date",
            ],
        )
        self.assertFalse(batch.file, "the file itself is not kept")

    def test_a_choice_is_remembered_for_the_same_title(self):
        titles = ["谁", *self.TITLES[1:]]
        batch = self.upload([self.row()], titles)
        column = batch.column_ids[0]
        self.assertFalse(column.field_id)
        with self.assertRaisesRegex(UserError, "Customer Name"):
            batch.action_check()
        column.field_id = self.env.ref("dealer_crm.import_field_partner_name")
        batch.action_check()
        again = self.upload([self.row()], titles)
        self.assertEqual(again.column_ids[0].field_id.key, "partner.name")

    def test_two_columns_cannot_go_to_one_field(self):
        batch = self.upload([self.row()])
        batch.column_ids[2].field_id = batch.column_ids[3].field_id
        with self.assertRaisesRegex(UserError, "VIN"):
            batch.action_check()

    def test_a_table_without_cars_is_told_the_kind_that_fits(self):
        batch = self.upload([["李娜", "13900000001"]], ["客户姓名", "手机"])
        batch.kind = "customer_vehicle"
        with self.assertRaisesRegex(UserError, "Model.*choose the kind Customers"):
            batch.action_check()

    def test_the_preview_writes_nothing_but_verdicts(self):
        known = self.make_customer("李娜")
        counts = [
            self.env[m].search_count([]) for m in ("res.partner", "fleet.vehicle")
        ]
        rows = [
            self.row(),
            self.row("李娜", phone=known.phone),
            self.row(phone="12800138000"),
            self.row(vin="LFV3A23C0B3012345"),
            self.row(model="无此车型"),
            self.row(date="2015-02-30"),
        ]
        batch = self.checked(rows)
        self.assertEqual(self.verdicts(batch), ["new", "new", *["error"] * 4])
        self.assertEqual(
            counts,
            [self.env[m].search_count([]) for m in ("res.partner", "fleet.vehicle")],
        )
        self.check_reasons(batch)

    def check_reasons(self, batch):
        reasons = batch.line_ids.sorted("row").mapped("reason")
        for text, reason in zip(
            [
                "联系电话: neither a mobile",
                "check digit",
                "车型: there is no such",
                "购车日期: no such day",
            ],
            reasons[2:],
            strict=True,
        ):
            self.assertIn(text, reason)

    def test_a_number_of_somebody_else_is_for_the_user_to_decide(self):
        known = self.make_customer("李娜")
        batch = self.checked([self.row("王伟", phone=known.phone)])
        line = batch.line_ids
        self.assertEqual((line.verdict, line.decision), ("duplicate", "skip"))
        self.assertIn("李娜", line.reason)

    def test_repeated_rows_name_the_first(self):
        row = self.row()
        batch = self.checked([row, row, self.row("王伟", phone=row[1])])
        self.assertEqual(self.verdicts(batch), ["new", "duplicate", "new"])
        self.assertIn("row 2", batch.line_ids.sorted("row")[1].reason)

    def test_known_row_without_news_is_unchanged(self):
        row = self.row()
        self.imported([row])
        self.assertEqual(self.verdicts(self.checked([row])), ["unchanged"])

    def test_id_numbers_are_told_by_reason_and_never_shown(self):
        number = "440524198001010013"
        rows = [
            ["王伟", self.next_phone(), number],
            ["李娜", self.next_phone(), "440524198001010012"],
            ["赵敏", self.next_phone(), "4.40524E+17"],
        ]
        batch = self.checked(rows, PEOPLE, "customers", self.director)
        self.assertEqual(self.verdicts(batch), ["new", "error", "error"])
        lines = self.env["dealer.import.line"].with_user(self.director)
        shown = lines.browse(batch.line_ids.ids).read()
        columns = batch.column_ids.with_user(self.director).read()
        self.assertNotIn(number[6:], f"{shown}{columns}")
        for name in ("raw", "parsed", "undo"):
            with self.assertRaises(AccessError):
                lines.browse(batch.line_ids.ids).read([name])

    def test_only_fields_one_may_fill_are_offered(self):
        group = self.env.ref("dealer_crm.group_personal_data")
        batch = self.upload([["王伟", "13800138000", "x"]], PEOPLE, "customers")
        offered = "partner.id_number" in batch.field_ids.mapped("key")
        may = self.env["res.partner"].with_user(self.manager)
        field = may._fields["id_number"]
        self.assertEqual(offered, may._has_field_access(field, "write"), group.name)

    def test_a_file_that_is_no_table_is_told(self):
        for content, text in ((b"", "no table"), (b"PK\x03\x04", "damaged")):
            with self.assertRaisesRegex(UserError, text):
                self.batches.create(
                    {"file": base64.b64encode(content or b" "), "file_name": "x.xlsx"}
                )

    def test_what_the_import_writes_is_not_edited(self):
        batch = self.checked([self.row()])
        for record, values in (
            (batch, {"state": "done"}),
            (batch, {"user_id": self.director.id}),
            (batch.line_ids, {"verdict": "new"}),
            (batch.line_ids, {"match_id": 1}),
            (batch.column_ids, {"header": "x"}),
        ):
            with self.assertRaises(AccessError):
                record.with_user(self.manager).write(values)
        forged = self.batches.with_context(default_state="done").create({})
        self.assertEqual(forged.state, "draft")

    def test_consultants_and_other_branches_see_no_imports(self):
        batch = self.upload([self.row()])
        with self.assertRaises(AccessError):
            batch.with_user(self.consultant).read(["name"])
        other = self.make_user(
            "other", "dealer_crm.group_sales_manager", self.other_branch
        )
        for records in (batch, batch.line_ids, batch.column_ids):
            with self.assertRaises(AccessError):
                records.with_user(other).read(["company_id"])

    def test_the_check_asks_the_same_number_of_queries(self):
        def count(size):
            batch = self.upload([self.row() for _n in range(size)])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch.action_check()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(2)
        self.assertLessEqual(count(50), count(5) + 2)
