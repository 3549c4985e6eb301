# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestMerge(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.make_user(
            "accountant",
            "account.group_account_invoice,base.group_partner_manager",
        )
        cls.tag = cls.env["res.partner.category"].create({"name": "Gold"})
        cls.survivor = cls.make_customer("王伟")
        cls.double = cls.make_customer(
            "王 伟", city="深圳市", category_id=[(4, cls.tag.id)]
        )
        cls.car = cls.make_car(owner_id=cls.double.id, purchase_date="2020-01-02")
        cls.child = cls.env["res.partner"].create(
            {"name": "Home", "parent_id": cls.double.id, "type": "delivery"}
        )

    def merge(self, sources=None, survivor=None, user=None):
        survivor = survivor or self.survivor
        partners = survivor | (sources or self.double)
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(
            user or self.manager
        )
        self.env.flush_all()
        wizard._merge(partners.ids, survivor.with_user(user or self.manager))
        self.env.invalidate_all()
        return self.env["dealer.merge"].search([], limit=1)

    def test_cars_history_and_messages_go_to_the_survivor(self):
        contact = self.env["dealer.contact"].create(
            {"partner_id": self.double.id, "channel": "phone"}
        )
        message = self.double.message_post(body="Wants a call")
        log = self.merge()
        self.assertFalse(self.double.exists())
        self.assertEqual(self.car.owner_id, self.survivor)
        self.assert_owner_lines(self.car, [(self.survivor, "2020-01-02", False)])
        self.assertEqual(contact.partner_id, self.survivor)
        self.assertEqual(message.res_id, self.survivor.id)
        self.assertEqual(self.survivor.city, "深圳市")
        self.assertEqual((log.survivor_id, log.state), (self.survivor, "done"))
        self.assertIn("王 伟", log.merged_names)

    def test_undo_parts_them_again(self):
        contact = self.env["dealer.contact"].create(
            {"partner_id": self.double.id, "channel": "phone"}
        )
        message = self.double.message_post(body="Wants a call")
        phone, number = self.double.phone, self.double.ref
        log = self.merge()
        log.with_user(self.manager).action_undo()
        self.env.invalidate_all()
        self.assertTrue(self.double.exists())
        self.assertEqual((self.double.phone, self.double.ref), (phone, number))
        self.assertEqual(self.car.owner_id, self.double)
        self.assert_owner_lines(self.car, [(self.double, "2020-01-02", False)])
        self.assertEqual(contact.partner_id, self.double)
        self.assertEqual(message.res_id, self.double.id)
        self.assertEqual(self.child.parent_id, self.double)
        self.assertFalse(self.survivor.city)
        self.assertEqual(self.double.category_id, self.tag)
        self.assertFalse(self.survivor.category_id)
        self.assertEqual(log.state, "undone")
        self.assertFalse(log.note)
        self.double.write({"city": "广州市"})  # a full record again

    def test_undo_keeps_what_was_changed_since(self):
        log = self.merge()
        self.survivor.city = "广州市"
        other = self.make_customer("李娜")
        self.car.owner_id = other
        log.with_user(self.manager).action_undo()
        self.env.invalidate_all()
        self.assertEqual(self.survivor.city, "广州市")
        self.assertEqual(self.car.owner_id, other)
        self.assertIn("City", log.note)

    def test_two_id_numbers_do_not_stop_a_merge(self):
        self.survivor.id_number = "440524198001010013"
        self.double.id_number = "31011519960229002X"
        log = self.merge(user=self.director)
        self.assertEqual(self.survivor.sudo().id_number, "440524198001010013")
        log.with_user(self.director).action_undo()
        self.env.invalidate_all()
        self.assertEqual(self.survivor.sudo().id_number, "440524198001010013")
        self.assertEqual(self.double.sudo().id_number, "31011519960229002X")

    def test_an_id_number_goes_along(self):
        self.double.id_number = "31011519960229002X"
        log = self.merge()
        self.assertEqual(self.survivor.sudo().id_number, "31011519960229002X")
        log.with_user(self.manager).action_undo()
        self.env.invalidate_all()
        self.assertFalse(self.survivor.sudo().id_number)
        self.assertEqual(self.double.sudo().id_number, "31011519960229002X")

    def test_who_said_no_said_no(self):
        self.double._note_consent(["call"], ["marketing"], "withdrawn", "call")
        self.survivor._note_consent(["call"], ["marketing"], "given", "call")
        log = self.merge()
        self.assertFalse(self.survivor._may_contact("call", "marketing"))
        log.with_user(self.manager).action_undo()
        self.env.invalidate_all()
        self.assertFalse(self.double._may_contact("call", "marketing"))
        self.assertTrue(self.survivor._may_contact("call", "marketing"))

    def test_a_checked_file_with_other_data_is_a_draft_again(self):
        self.survivor.sudo().write({"file_state": "filed"})
        self.merge()
        self.assertEqual(self.survivor.file_state, "draft")

    def test_a_checked_file_with_the_same_data_stays(self):
        self.double.city = False
        self.survivor.sudo().write({"file_state": "filed"})
        self.merge()
        self.assertEqual(self.survivor.file_state, "filed")

    def test_undo_brings_no_check_of_other_data_back(self):
        self.survivor.sudo().write({"file_state": "filed"})
        log = self.merge()
        self.survivor.name = "王大伟"
        log.with_user(self.manager).action_undo()
        self.env.invalidate_all()
        self.assertEqual(self.survivor.file_state, "draft")
        self.assertEqual(self.survivor.name, "王大伟")

    def test_undo_brings_a_check_of_the_same_data_back(self):
        self.survivor.sudo().write({"file_state": "filed"})
        log = self.merge()
        self.assertEqual(self.survivor.file_state, "draft")
        log.with_user(self.manager).action_undo()
        self.env.invalidate_all()
        self.assertEqual(self.survivor.file_state, "filed")

    def test_the_same_driver_twice_is_one_driver(self):
        self.env["dealer.vehicle.party"].create(
            [
                {
                    "vehicle_id": self.car.id,
                    "partner_id": partner.id,
                    "role": "driver",
                    "date_from": day,
                }
                for partner, day in (
                    (self.survivor, "2021-01-01"),
                    (self.double, "2020-01-02"),
                )
            ]
        )
        log = self.merge()
        drivers = self.car.party_ids.filtered(lambda p: p.role == "driver")
        self.assertEqual(len(drivers), 1)
        self.assertEqual(str(drivers.date_from), "2020-01-02")
        log.with_user(self.manager).action_undo()
        self.env.invalidate_all()
        drivers = self.car.party_ids.filtered(lambda p: p.role == "driver")
        self.assertEqual(drivers.partner_id, self.survivor | self.double)

    def test_accountants_merge_without_access_errors(self):
        self.double.sudo().write({"file_state": "filed"})
        plain = self.env["res.partner"].create({"name": "Supplier"})
        log = self.merge(user=self.accountant)
        self.assertEqual(self.car.owner_id, self.survivor)
        self.merge(self.survivor, plain, self.accountant)
        self.assertEqual(self.car.owner_id, plain)
        self.assertEqual(plain.file_state, "draft")
        with self.assertRaises(AccessError):
            log.with_user(self.accountant).action_undo()

    def test_an_earlier_merge_waits_for_the_later_one(self):
        other = self.make_customer("王伟伟")
        first = self.merge()
        second = self.merge(self.survivor, other)
        with self.assertRaisesRegex(UserError, "undo that first"):
            first.with_user(self.manager).action_undo()
        second.with_user(self.manager).action_undo()
        first.with_user(self.manager).action_undo()
        self.env.invalidate_all()
        self.assertEqual(self.car.owner_id, self.double)

    def test_the_snapshot_is_nobodys_and_goes(self):
        log = self.merge()
        with self.assertRaises(AccessError):
            log.with_user(self.director).read(["snapshot"])
        log.date = fields.Datetime.now() - timedelta(days=91)
        log._gc_snapshots()
        self.assertEqual((log.state, log.snapshot), ("final", False))
        with self.assertRaisesRegex(UserError, "older than 90 days"):
            log.with_user(self.manager).action_undo()

    def test_consultants_and_other_branches_do_not_see_merges(self):
        log = self.merge()
        with self.assertRaises(AccessError):
            log.with_user(self.consultant).read(["merged_names"])
        self.survivor.company_id = self.branch
        log.company_id = self.branch
        other = self.make_user(
            "other", "dealer_crm.group_sales_manager", self.other_branch
        )
        with self.assertRaises(AccessError):
            log.with_user(other).read(["merged_names"])
