# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.dealer_import_batch_undo import KEEP_DAYS
from .import_common import ImportCase


@tagged("post_install", "-at_install")
class TestImportUndo(ImportCase):
    def test_an_import_is_taken_back_as_a_whole(self):
        known = self.make_customer("李娜")
        rows = [self.row(), self.row("李娜", phone=known.phone, plate="粤B55555")]
        before = self.env["res.partner"].search_count([])
        batch = self.imported(
            [[*row, "深圳市"] for row in rows], [*self.TITLES, "城市"]
        )
        self.assertEqual(known.city, "深圳市")
        batch.action_undo()
        self.assertEqual(batch.state, "reverted")
        self.assertEqual(set(self.states(batch)), {"undone"})
        self.assertFalse(known.city)
        self.assertFalse(self.cars(*[row[3] for row in rows]))
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_what_is_in_use_stays_and_says_why(self):
        rows = [self.row("王伟"), self.row("李娜", plate="粤B66666")]
        batch = self.imported(rows)
        partner = self.partners(rows[0][1])
        self.env["dealer.contact"].create(
            {
                "partner_id": partner.id,
                "channel": "phone",
                "direction": "out",
                "user_id": self.consultant.id,
            }
        )
        batch.action_undo()
        self.assertEqual(batch.state, "partly")
        self.assertEqual(self.states(batch), ["kept", "undone"])
        self.assertTrue(partner.exists())
        self.assertIn("stays", batch.line_ids.sorted("row")[0].reason)

    def test_later_edits_survive(self):
        known = self.make_customer("王伟")
        batch = self.imported(
            [["王伟", known.phone, "深圳市"]], ["姓名", "电话", "城市"], "customers"
        )
        known.city = "广州市"
        batch.action_undo()
        self.assertEqual((known.city, batch.state), ("广州市", "partly"))
        self.assertIn("City", batch.line_ids.reason)

    def edit_later(self, partner):
        """As if somebody had changed the customer an hour after his row came in."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = write_date + interval '1 hour' "
            "WHERE id = %s",
            (partner.id,),
        )
        self.env.invalidate_all()

    def test_what_was_edited_before_the_end_survives(self):
        rows = [self.row("王伟"), self.row("李娜", plate="粤B66666")]
        batch = self.imported(rows)
        partner = self.partners(rows[0][1])
        self.edit_later(partner)
        end = fields.Datetime.now() + timedelta(hours=2)  # stopped, gone on later
        batch.sudo().done_on = end
        batch.action_undo()
        self.assertEqual(self.states(batch), ["kept", "undone"])
        self.assertTrue(partner.exists())

    def test_a_stopped_import_is_taken_back(self):
        rows = [self.row("王伟"), self.row("李娜", plate="粤B66666")]
        batch = self.imported(rows)
        partner = self.partners(rows[0][1])
        self.edit_later(partner)
        batch.sudo().write({"state": "stopped", "done_on": False})
        batch.action_undo()
        self.assertEqual(self.states(batch), ["kept", "undone"])
        self.assertTrue(partner.exists())

    def import_id_number(self, known, overwrite=False):
        row = ["李娜", known.phone, "31011519960229002X"]
        batch = self.upload([row], ["姓名", "电话", "身份证号"], "customers")
        batch.column_ids.overwrite = overwrite
        batch.action_check()
        batch.action_import()
        self.assertEqual(known.sudo().id_number, "31011519960229002X")
        return batch

    def test_a_later_id_number_survives(self):
        known = self.make_customer("李娜")
        batch = self.import_id_number(known)
        known.sudo().id_number = "440524198001010013"
        batch.action_undo()
        self.env.invalidate_all()
        self.assertEqual(known.sudo().id_number, "440524198001010013")
        self.assertEqual(batch.state, "partly")

    def test_an_id_number_goes_with_what_it_told(self):
        known = self.make_customer("李娜")
        batch = self.import_id_number(known)
        self.assertTrue(known.birthdate_date)
        batch.action_undo()
        self.env.invalidate_all()
        self.assertFalse(known.sudo().id_number or known.birthdate_date)
        self.assertEqual(batch.state, "reverted")

    def test_a_replaced_id_number_comes_back(self):
        known = self.make_customer("李娜", id_number="440524198001010013")
        batch = self.import_id_number(known, overwrite=True)
        batch.action_undo()
        self.env.invalidate_all()
        self.assertEqual(known.sudo().id_number, "440524198001010013")
        self.assertEqual(str(known.birthdate_date), "1980-01-01")
        self.assertEqual(batch.state, "reverted")

    def test_an_owner_given_to_a_known_car_is_taken_back(self):
        car = self.make_car()
        batch = self.imported([self.row(vin=car.vin_sn, plate="")])
        self.assertEqual(car.owner_id.name, "王伟")
        batch.action_undo()
        self.assertFalse(car.owner_id)
        self.assertFalse(car.party_ids)
        self.assertEqual(batch.state, "reverted")

    def test_a_note_on_a_made_customer_keeps_it(self):
        row = self.row()
        batch = self.imported([row])
        partner = self.partners(row[1])
        partner.message_post(body="Called", message_type="comment")
        batch.action_undo()
        self.assertTrue(partner.exists())
        self.assertFalse(self.cars(row[3]))

    def test_after_a_while_the_content_is_gone(self):
        batch = self.imported([self.row()])
        old = fields.Datetime.now() - timedelta(days=KEEP_DAYS + 1)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dealer_import_batch SET write_date = %s WHERE id = %s",
            (old, batch.id),
        )
        batch.invalidate_recordset()
        batch.sudo()._gc_import_content()
        line = batch.line_ids.sudo()
        self.assertFalse(line.raw or line.parsed or line.undo)
        with self.assertRaisesRegex(UserError, "deleted"):
            batch.action_undo()

    def test_an_import_with_a_way_back_is_not_deleted(self):
        batch = self.imported([self.row()])
        with self.assertRaises(UserError):
            batch.unlink()
        batch.action_undo()
        batch.unlink()
        self.assertFalse(batch.exists())
