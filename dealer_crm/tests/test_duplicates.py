# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestDuplicates(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.duplicates = cls.env["dealer.duplicate"]
        cls.first = cls.make_customer("王伟", company_id=cls.branch.id)
        cls.second = cls.make_customer(
            "王大伟", phone=cls.first.phone, company_id=cls.branch.id
        )

    def pairs(self, *partners):
        ids = [partner.id for partner in partners]
        self.duplicates._find_duplicates()
        return self.duplicates.search(
            [("partner_id", "in", ids), ("other_id", "in", ids)]
        )

    def test_the_same_phone_is_a_pair(self):
        pair = self.pairs(self.first, self.second)
        self.assertEqual((pair.partner_id, pair.other_id), (self.first, self.second))
        self.assertTrue(pair.same_phone)
        self.assertFalse(pair.same_code or pair.same_birthday)

    def test_name_and_birthday_are_a_pair_and_a_name_is_none(self):
        one, two, three = (
            self.make_customer("李娜", birthdate_date=day, company_id=self.branch.id)
            for day in ("1980-01-01", "1980-01-01", False)
        )
        self.assertEqual(self.pairs(one, two, three).other_id, two)

    def test_other_branches_and_other_contacts_are_no_pairs(self):
        phone = self.first.phone
        north = self.make_customer(phone=phone, company_id=self.other_branch.id)
        plain = self.env["res.partner"].create({"name": "Supplier", "phone": phone})
        self.assertFalse(self.pairs(self.first, north))
        self.assertFalse(self.pairs(self.first, plain))

    def test_a_switchboard_is_no_person(self):
        people = [self.make_customer(f"员工{n}", phone="4008001234") for n in range(11)]
        self.assertFalse(self.pairs(*people))

    def test_what_was_decided_is_not_asked_again(self):
        pair = self.pairs(self.first, self.second).with_user(self.manager)
        pair.action_household()
        self.assertEqual(self.pairs(self.first, self.second).state, "household")
        self.assertEqual(pair.decided_by_id, self.manager)
        pair.action_reopen()
        self.second.phone = self.next_phone()
        self.assertFalse(self.pairs(self.first, self.second))

    def test_merging_them_takes_the_pair_away_and_undoing_brings_it_back(self):
        pair = self.pairs(self.first, self.second)
        self.director.group_ids += self.env.ref("base.group_partner_manager")
        action = pair.with_user(self.director).action_merge()
        self.assertEqual(
            action["context"]["active_ids"], (self.first | self.second).ids
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo()
        wizard._merge((self.first | self.second).ids, self.first)
        self.env.invalidate_all()
        self.assertFalse(self.duplicates.search([("partner_id", "=", self.first.id)]))
        self.env["dealer.merge"].search([], limit=1).action_undo()
        self.env.invalidate_all()
        self.assertTrue(self.pairs(self.first, self.second))

    def test_managers_merge_into_the_older_file(self):
        pair = self.pairs(self.first, self.second).with_user(self.manager)
        self.first.email, self.second.email = "a@example.cn", "b@example.cn"
        with self.assertRaisesRegex(UserError, "e-mail"):
            pair.action_merge()
        self.second.email = False
        action = pair.action_merge()
        self.assertEqual(action["res_id"], self.first.id)
        self.assertFalse(self.second.exists())
        log = self.env["dealer.merge"].search([], limit=1)
        self.assertEqual((log.survivor_id, log.user_id), (self.first, self.manager))

    def test_users_are_merged_by_administrators_only(self):
        self.second.user_ids = self.make_user("owner", "base.group_portal")
        pair = self.pairs(self.first, self.second).with_user(self.manager)
        with self.assertRaisesRegex(UserError, "administrator"):
            pair.action_merge()

    def test_the_same_document_is_for_those_who_may_know(self):
        other = self.make_customer("李娜", company_id=self.branch.id)
        (self.first | other).sudo().id_document_type = "passport"
        for partner in (self.first, other):
            partner.id_number = "E12345678"
        pair = self.pairs(self.first, other)
        self.assertTrue(pair.same_document)
        found = self.duplicates.with_user(self.director).search([("id", "=", pair.id)])
        self.assertTrue(found)
        hidden = self.duplicates.with_user(self.manager).search([("id", "=", pair.id)])
        self.assertFalse(hidden)

    def test_consultants_see_no_list(self):
        pair = self.pairs(self.first, self.second)
        with self.assertRaises(AccessError):
            pair.with_user(self.consultant).read(["partner_id"])
        with self.assertRaises(AccessError):
            pair.with_user(self.consultant).action_different()
