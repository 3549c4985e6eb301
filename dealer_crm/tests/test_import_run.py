# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import io
from unittest.mock import patch

import openpyxl
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from ..models import dealer_import_batch_run
from .import_common import ImportCase

LEADS = ("姓名", "手机", "公司", "意向车型", "备注")


@tagged("post_install", "-at_install")
class TestImportRun(ImportCase):
    def test_a_row_makes_customer_car_and_ownership(self):
        row = self.row("王伟先生", phone="13800138001 / 0755-12345678")
        batch = self.imported([row])
        self.assertEqual((batch.state, self.states(batch)), ("done", ["done"]))
        partner = self.partners("13800138001")
        self.assertEqual((partner.name, partner.gender), ("王伟", "male"))
        self.assertEqual(partner.file_state, "draft")
        self.assertTrue(partner.ref)
        car = self.cars(row[3])
        self.assertEqual(car.owner_id, partner)
        self.assertEqual(str(car.purchase_date), "2015-03-08")
        self.assert_owner_lines(car, [(partner, "2015-03-08", False)])
        self.assertEqual(batch.line_ids.match_id, car.id)

    def test_two_cars_of_one_owner_make_one_customer(self):
        first = self.row()
        rows = [first, self.row(phone=first[1], plate="粤B54321")]
        batch = self.imported(rows)
        self.assertEqual(self.states(batch), ["done", "done"])
        partner = self.partners(first[1])
        self.assertEqual(len(partner), 1)
        self.assertEqual(len(partner.vehicle_ids), 2)

    def test_the_same_file_again_makes_nothing(self):
        rows = [self.row(f"客户{n}", plate=f"粤B1{n:04}") for n in range(5)]
        self.imported(rows)
        counts = [
            self.env[m].search_count([]) for m in ("res.partner", "fleet.vehicle")
        ]
        again = self.imported(rows)
        self.assertEqual(set(self.states(again)), {"skipped"})
        self.assertEqual(
            counts,
            [self.env[m].search_count([]) for m in ("res.partner", "fleet.vehicle")],
        )

    def test_two_checked_uploads_of_one_file_double_nothing(self):
        """Both previews say new; the second import finds what the first made."""
        rows = [self.row(f"客户{n}", plate=f"粤B2{n:04}") for n in range(3)]
        first, second = self.checked(rows), self.checked(rows)
        self.assertEqual(self.verdicts(second), ["new"] * 3)
        first.action_import()
        second.action_import()
        self.assertEqual(len(self.partners(*[row[1] for row in rows])), 3)
        self.assertEqual(len(self.cars(*[row[3] for row in rows])), 3)

    def test_known_records_are_filled_and_never_overwritten(self):
        known = self.make_customer("王伟", city="深圳市")
        titles = [*self.TITLES, "城市", "邮箱"]
        row = [*self.row(phone=known.phone), "广州市", "w@example.cn"]
        batch = self.imported([row], titles)
        self.assertEqual((known.city, known.email), ("深圳市", "w@example.cn"))
        self.assertIn("City", batch.line_ids.reason)

    def test_a_chosen_column_overwrites(self):
        known = self.make_customer("王伟", city="深圳市")
        rows = [["王伟", known.phone, "广州市"]]
        batch = self.upload(rows, ["姓名", "电话", "城市"], "customers")
        batch.column_ids[2].overwrite = True
        batch.action_check()
        batch.action_import()
        self.assertEqual(known.city, "广州市")

    def test_create_anyway_makes_a_second_customer(self):
        known = self.make_customer("李娜")
        batch = self.checked([["王伟", known.phone]], ["姓名", "电话"], "customers")
        batch.with_context(decision="create").action_decide_duplicates()
        batch.action_import()
        self.assertEqual(len(self.partners(known.phone)), 2)

    def test_another_owner_of_a_known_car_is_told_and_kept(self):
        owner = self.make_customer("李娜")
        car = self.make_car(owner_id=owner.id)
        batch = self.imported([self.row("王伟", vin=car.vin_sn)])
        self.assertEqual(car.owner_id, owner)
        self.assertIn("李娜", batch.line_ids.reason)

    def test_one_bad_row_spoils_no_other(self):
        rows = [self.row(f"客户{n}", plate=f"粤B3{n:04}") for n in range(4)]
        batch = self.checked(rows)
        hindered = rows[2][0]
        create = type(self.env["res.partner"]).create
        reason = "A rule of another app."

        def refuse(records, vals_list):
            if any(vals.get("name") == hindered for vals in vals_list):
                raise UserError(reason)
            return create(records, vals_list)

        with patch.object(type(self.env["res.partner"]), "create", refuse):
            batch.action_import()
        self.assertEqual(self.states(batch), ["done", "done", "rejected", "done"])
        self.assertIn(reason, batch.line_ids.sorted("row")[2].reason)
        self.assertFalse(self.cars(rows[2][3]), "nothing is half-saved")

    def test_killed_in_the_middle_it_goes_on_without_doubles(self):
        rows = [self.row(f"客户{n}", plate=f"粤B4{n:04}") for n in range(5)]
        batch = self.checked(rows)
        batch.sudo().state = "importing"
        with patch.object(dealer_import_batch_run, "CHUNK", 2):
            self.assertEqual(batch._import_chunk(), 2)
            batch.action_stop()
            self.assertEqual(batch.state, "stopped")
            self.assertEqual(batch.done_count, 2)
            batch.action_import()
        self.assertEqual((batch.state, batch.done_count), ("done", 5))
        self.assertEqual(len(self.cars(*[row[3] for row in rows])), 5)

    def test_many_rows_go_in_the_background(self):
        rows = [self.row(f"客户{n}", plate=f"粤B5{n:04}") for n in range(4)]
        batch = self.checked(rows)
        with patch.object(dealer_import_batch_run, "DIRECT_ROWS", 2):
            batch.action_import()
        self.assertEqual((batch.state, batch.done_count), ("importing", 0))
        cron = self.env.ref("dealer_crm.ir_cron_import_tables")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        batch.invalidate_recordset()
        self.assertEqual((batch.state, batch.done_count), ("done", 4))
        self.assertEqual(self.cars(rows[0][3]).create_uid, self.manager)

    def test_cars_of_another_branch_are_refused(self):
        car = self.make_car(company_id=self.other_branch.id)
        batch = self.imported([self.row(vin=car.vin_sn)])
        self.assertEqual(self.states(batch), ["rejected"])
        self.assertIn("another branch", batch.line_ids.reason)

    def test_vehicles_find_their_owner_by_number_or_phone(self):
        owner = self.make_customer("李娜")
        titles = ("车架号", "车型", "客户编号", "车主电话")
        rows = [
            [self.next_vin(), "Testbrand/Lavida T", owner.ref, ""],
            [self.next_vin(), "Lavida T", "", owner.phone],
            [self.next_vin(), "Lavida T", "C-NONE", ""],
        ]
        batch = self.imported(rows, titles, "vehicles")
        self.assertEqual(self.states(batch), ["done", "done", "rejected"])
        self.assertEqual(self.cars(*[row[0] for row in rows]).owner_id, owner)

    def test_name_cards_become_leads_of_the_event(self):
        source = self.env["utm.source"].create({"name": "Fair 2026"})
        known = self.make_customer("李娜")
        lead = self.make_lead(contact_name="赵敏", email_from=False)
        phone = self.next_phone()
        rows = [
            ["王伟", phone, "样例公司", "Lavida T", "喜欢白色"],
            ["李娜", known.phone, "", "", ""],
            ["赵敏", lead.phone, "新公司", "", ""],
            ["王伟", phone, "", "", ""],
        ]
        batch = self.imported(
            rows,
            LEADS,
            "leads",
            source_id=source.id,
            lead_user_id=self.consultant.id,
            consent_basis="名片",
        )
        made = self.env["crm.lead"].search([("source_id", "=", source.id)])
        self.assertEqual(made.phone, phone)
        self.assertEqual(made.user_id, self.consultant)
        self.assertEqual(made.vehicle_model_id, self.car_model)
        self.assertIn("名片", made.description)
        self.assertEqual(lead.partner_name, "新公司")
        self.assertEqual(self.states(batch), ["done", "skipped", "done", "skipped"])
        self.assertEqual(
            self.verdicts(batch), ["new", "duplicate", "duplicate", "duplicate"]
        )

    def test_the_shipped_name_cards_become_leads_of_the_event(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        source = self.env["utm.source"].create({"name": "Fair 2026"})
        for lang, name in (("zh_CN", "leads.csv"), ("en_US", "leads_en.csv")):
            batches = self.batches.with_context(lang=lang)
            action = batches.new({"kind": "leads"}).action_download_template()
            self.assertTrue(action["url"].endswith(name))
            content = file_open(action["url"].lstrip("/"), "rb").read()
            batch = self.batches.create(
                {
                    "kind": "leads",
                    "file": base64.b64encode(content),
                    "file_name": name,
                    "source_id": source.id,
                    "consent_basis": "card",
                }
            )
            batch.action_check()
            batch.action_import()
        made = self.env["crm.lead"].search([("source_id", "=", source.id)])
        self.assertEqual(len(made), 4, "the second file finds the leads of the first")
        twice = made.filtered(lambda lead: lead.phone == "19800008102")
        self.assertTrue(twice.email_from, "the second card fills the first")

    def test_leads_without_a_consent_basis_are_refused(self):
        rows = [["王伟", self.next_phone(), "", "", ""]]
        batch = self.checked(rows, LEADS, "leads")
        self.assertEqual(self.verdicts(batch), ["error"])
        self.assertIn("Consent Basis", batch.line_ids.reason)

    def test_rejects_come_back_as_text_with_reasons(self):
        rows = [self.row("=1+1", phone="123"), self.row()]
        batch = self.imported(rows)
        book = openpyxl.load_workbook(io.BytesIO(batch._render_rejects()))
        head, row = [[cell.value for cell in line] for line in book.active.rows]
        self.assertEqual(head[:6], list(self.TITLES))
        self.assertEqual(row[:2], ["=1+1", "123"])
        self.assertEqual(book.active["A2"].data_type, "s")
        self.assertIn("联系电话", row[-1])
        with self.assertRaises(AccessError):
            other = self.make_user("manager2", "dealer_crm.group_sales_manager")
            batch.with_user(other)._render_rejects()

    @mute_logger("odoo.sql_db")
    def test_the_import_has_the_rights_of_its_user(self):
        """A rule that binds the user binds his tables."""
        batch = self.checked([self.row()])
        self.env["ir.model.access"].search(
            [("model_id.model", "=", "fleet.vehicle")]
        ).perm_create = False
        batch.action_import()
        self.assertEqual(self.states(batch), ["rejected"])
