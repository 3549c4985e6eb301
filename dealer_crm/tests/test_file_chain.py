# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DealerCrmCase

FILE = {"dealer_customer_file": True}


@tagged("post_install", "-at_install")
class TestFileChain(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader = cls.make_user("leader", "dealer_crm.group_sales_consultant")
        cls.env["crm.team"].create(
            {
                "name": "Floor Team",
                "company_id": cls.branch.id,
                "user_id": cls.leader.id,
                "member_ids": [Command.set(cls.consultant.ids)],
            }
        )

    def make_file(self, user=None, **values):
        """A file with all that filing needs, entered as the client does."""
        partners = self.env["res.partner"].with_user(user or self.consultant)
        return partners.with_context(**FILE).create(
            {
                "name": "Li Testa",
                "phone": self.next_phone(),
                "city": "Nanjing",
                "street": "1 Cloud Road",
                **values,
            }
        )

    def verify(self, partner, user):
        return self.call(user, "res.partner", "action_verify_file", partner.ids)

    def file(self, partner, user):
        return self.call(user, "res.partner", "action_file_customer", partner.ids)

    def test_author_verifier_filer_are_three_persons(self):
        partner = self.make_file()
        with self.assert_refused(UserError, "Li Testa: who entered or changed"):
            self.verify(partner, self.consultant)
        self.verify(partner, self.leader)
        self.assertRecordValues(
            partner.sudo(),
            [
                {
                    "file_state": "verified",
                    "file_author_id": self.consultant.id,
                    "verified_by_id": self.leader.id,
                    "filed_by_id": False,
                }
            ],
        )
        with self.assert_refused(UserError, "who entered or changed a file"):
            self.file(partner, self.consultant)
        self.file(partner, self.manager)
        self.assertEqual(partner.file_state, "filed")
        self.assertEqual(partner.filed_by_id, self.manager)
        self.assertTrue(partner.verified_on and partner.filed_on)

    def test_manager_does_not_verify_his_own_file(self):
        for user in (self.manager, self.director):
            partner = self.make_file(user)
            with self.assert_refused(UserError, "who entered or changed"):
                self.verify(partner, user)

    def test_colleague_and_leader_of_others_do_not_verify(self):
        colleague = self.make_user("colleague", "dealer_crm.group_sales_consultant")
        with self.assert_refused(UserError, "the author's team leader verifies"):
            self.verify(self.make_file(), colleague)
        with self.assert_refused(UserError, "the author's team leader verifies"):
            self.verify(self.make_file(colleague), self.leader)

    def test_who_corrected_the_draft_does_not_verify_it(self):
        partner = self.make_file()
        partner.with_user(self.manager).phone = self.next_phone()
        with self.assert_refused(UserError, "who entered or changed"):
            self.verify(partner, self.manager)
        self.verify(partner, self.director)

    def test_file_is_verified_before_it_is_filed(self):
        with self.assert_refused(UserError, "verify the file first"):
            self.file(self.make_file(), self.manager)

    def test_incomplete_file_is_not_filed(self):
        partner = self.make_file(city=False, street=False)
        self.verify(partner, self.manager)
        with self.assert_refused(UserError, "still missing to file: City, Street"):
            self.file(partner, self.manager)
        partner.with_user(self.manager).write({"city": "Nanjing", "street": "1 Road"})
        self.verify(partner, self.director)
        self.file(partner, self.director)
        self.assertEqual(partner.file_state, "filed")

    def test_changed_key_data_makes_a_draft_by_every_way(self):
        for change in (
            lambda p: p.with_user(self.consultant).write({"phone": self.next_phone()}),
            lambda p: p.with_user(self.consultant).write({"street": "2 Other Road"}),
            lambda p: p.with_user(self.manager).write({"name": "Li Changed"}),
            self.change_by_import,
        ):
            partner = self.make_file(user_id=self.consultant.id)
            self.verify(partner, self.leader)
            self.file(partner, self.manager)
            change(partner)
            self.assertRecordValues(
                partner.sudo(),
                [
                    {
                        "file_state": "draft",
                        "verified_by_id": False,
                        "verified_on": False,
                        "filed_by_id": False,
                        "filed_on": False,
                        "file_author_id": self.consultant.id,
                    }
                ],
            )

    def change_by_import(self, partner):
        values = {"ref": partner.ref, "birthdate_date": "1990-02-03", ".id": partner.id}
        _record, texts = self.enter_by_import(
            self.consultant, "res.partner", values, **FILE
        )
        self.assertFalse(texts)

    def test_same_value_and_soft_data_keep_the_state(self):
        partner = self.make_file()
        self.verify(partner, self.leader)
        spelled = f"+86 {partner.phone}"
        partner.with_user(self.consultant).write(
            {"phone": spelled, "name": "Li Testa", "wechat_id": "wx", "comment": "x"}
        )
        self.assertEqual(partner.file_state, "verified")

    def test_chatter_keeps_what_was_there_without_id_numbers(self):
        partner = self.make_file()
        self.verify(partner, self.leader)
        number = "11010519491231002X"
        partner = self.tracked(partner).with_user(self.director)
        old_phone = partner.phone
        partner.write(
            {"street": "2 Other Road", "id_number": number, "phone": "13800138009"}
        )
        tracked = self.get_tracked_values(partner)
        self.assertIn("phone", [name for name, _old, _new in tracked])
        self.assertNotEqual(partner.phone, old_phone)
        text = "".join(map(str, partner.sudo().message_ids.mapped("body")))
        self.assertIn("1 Cloud Road → 2 Other Road", text)
        self.assertIn("the file is a draft again", text)
        self.assertNotIn(number, text)
        self.assertNotIn(number, str(tracked))

    def test_typed_text_is_no_markup_in_the_note(self):
        partner = self.make_file()
        partner.name = "<b>Li</b>"
        body = partner.sudo().message_ids[0].body
        self.assertIn("&lt;b&gt;Li", str(body))

    def test_stamps_are_refused_from_clients(self):
        partner = self.make_file()
        stamps = {
            "verified_by_id": self.manager.id,
            "verified_on": "2026-01-01",
            "filed_by_id": self.manager.id,
            "filed_on": "2026-01-01",
            "file_author_id": self.manager.id,
            "key_editor_ids": [Command.set(self.manager.ids)],
        }
        for name, value in stamps.items():
            with self.assert_refused(AccessError, "set by the system only"):
                partner.with_user(self.director).write({name: value})
            with self.assert_refused(AccessError, "set by the system only"):
                self.make_file(**{name: value})
            sly = partner.with_context(**{f"default_{name}": value}).create(
                {"name": "Sly", "phone": self.next_phone()}
            )
            expected = self.consultant if name == "file_author_id" else False
            self.assertEqual(sly.sudo()[name] or False, expected or False, name)

    def test_many_at_once_do_those_possible_and_tell_the_others(self):
        files = self.make_file() + self.make_file() + self.make_file(self.manager)
        result = self.verify(files, self.manager)
        self.assertEqual(files.mapped("file_state"), ["verified", "verified", "draft"])
        self.assertIn("Done: 2. Refused: 1.", result["params"]["message"])
        self.assertIn("who entered", result["params"]["message"])

    def test_list_to_verify_holds_what_the_user_may_verify(self):
        mine, other = self.make_file(), self.make_file(self.manager)
        waiting = [("can_verify_file", "=", True), ("id", "in", (mine + other).ids)]
        for user, expected in (
            (self.consultant, self.env["res.partner"]),
            (self.leader, mine),
            (self.manager, mine),
            (self.director, mine + other),
        ):
            found = self.env["res.partner"].with_user(user).search(waiting)
            self.assertEqual(found, expected.with_user(user), user.name)
            flags = (mine + other).with_user(user).filtered("can_verify_file")
            self.assertEqual(flags, found, user.name)

    def test_who_changed_the_file_does_not_wipe_that_out(self):
        partner = self.make_file()
        partner.with_user(self.manager).name = "Li Changed"
        self.env.invalidate_all()
        for name in ("key_editor_ids", "file_author_id"):
            with self.assert_refused(AccessError, "set by the system only"):
                partner.with_user(self.manager).write({name: False})
        with self.assert_refused(UserError, "does not verify it"):
            self.verify(partner, self.manager)

    def test_manager_returns_a_checked_file(self):
        partner = self.make_file()
        self.verify(partner, self.manager)
        with self.assert_refused(AccessError, "Only a manager returns"):
            partner.with_user(self.consultant).action_return_to_draft()
        partner.with_user(self.director).action_return_to_draft()
        self.assertEqual(
            (partner.file_state, partner.verified_by_id.id), ("draft", False)
        )

    def test_partner_without_file_is_no_matter_of_the_chain(self):
        partner = self.env["res.partner"].create({"name": "ACME"})
        partner.write({"name": "ACME 2"})
        self.assertFalse(partner.key_editor_ids or partner.file_author_id)
        with self.assert_refused(UserError, "only a draft is verified"):
            self.verify(partner, self.manager)

    def test_queries_do_not_grow_with_the_files(self):
        def count(number):
            files = self.make_file()
            for _index in range(number - 1):
                files += self.make_file()
            self.env.flush_all()
            self.env.invalidate_all()
            files = files.with_user(self.manager)
            start = self.env.cr.sql_log_count
            files.action_verify_file()
            self.env.flush_all()
            return self.env.cr.sql_log_count - start

        count(2)
        self.assertLessEqual(count(20), count(5) + 1)
