# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .register_common import RegisterCase

PHONE, MASK = "13800138000", "138****8000"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRegisterRights(RegisterCase):
    """Everybody of the showroom keeps the register; phones stay with their owner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls.env["dealer.contact"].create(
            {
                "channel": "visit",
                "purpose": "look",
                "visitor_name": "Sun Testa",
                "visitor_phone": PHONE,
                "visitor_address": "88 Test Road",
                "user_id": cls.li.id,
                "company_id": cls.branch.id,
                "date": NOW,
            }
        )

    def read_line(self, user, name="visitor_phone"):
        return self.call(user, "dealer.contact", "read", self.line.ids, [name])[0][name]

    def test_phone_is_for_reception_manager_and_its_consultant(self):
        for user in (self.front, self.manager, self.li):
            self.assertEqual(self.read_line(user), PHONE, user.name)
            self.assertEqual(self.read_line(user, "visitor_address"), "88 Test Road")
        self.assertEqual(self.read_line(self.wu), MASK)
        self.assertFalse(self.read_line(self.wu, "visitor_address"))

    def test_no_other_door_tells_it(self):
        line = self.line.with_user(self.wu)
        with self.assert_refused(AccessError, "lists"):
            line.export_data(["visitor_name", "visitor_phone"])
        self.assertEqual(line.copy_data()[0]["visitor_phone"], MASK)
        for spec in (["visitor_phone"], ["visitor_phone:array_agg"]):
            with self.assertRaises(AccessError):
                args = ([("id", "=", line.id)], spec, [])
                if ":" in spec[0]:
                    args = (args[0], [], spec)
                self.call(self.wu, "dealer.contact", "formatted_read_group", *args)
        found = self.call(
            self.wu,
            "dealer.contact",
            "web_search_read",
            [("id", "=", line.id)],
            {"visitor_phone": {}},
        )
        self.assertEqual(found["records"][0]["visitor_phone"], MASK)

    def test_what_was_said_about_anothers_lead_stays_with_him(self):
        self.line.lead_id = self.make_lead(user_id=self.li.id)
        self.line.content = "Has 200 000 to spend"
        self.assertFalse(self.read_line(self.wu, "content"))
        self.assertEqual(self.read_line(self.li, "content"), "Has 200 000 to spend")

    def test_reception_reads_no_talk_about_a_lead(self):
        self.line.write({"lead_id": self.make_lead(user_id=self.li.id).id})
        self.line.write({"content": "Has 200 000 to spend", "feedback": "Too dear"})
        for name in ("content", "feedback"):
            self.assertFalse(self.read_line(self.front, name))
            with self.assertRaises(AccessError):
                args = ([("id", "=", self.line.id)], [name], [])
                self.call(self.front, "dealer.contact", "formatted_read_group", *args)
        self.assertEqual(self.read_line(self.front), PHONE)

    def test_mask_sent_back_changes_nothing(self):
        line = self.line.with_user(self.wu)
        line.write({"visitor_phone": MASK})
        self.assertEqual(self.line.visitor_phone, PHONE)

    def test_other_branch_and_other_staff_see_nothing(self):
        other = self.make_user(
            "north", "dealer_crm.group_receptionist", self.other_branch
        )
        staff = self.make_user("staff", "dealer_crm.group_dealer_user")
        for user in (other, staff):
            found = (
                self.env["dealer.contact"]
                .with_user(user)
                .search_count([("id", "=", self.line.id)])
            )
            self.assertEqual(found, 0, user.name)

    def test_receptionist_opens_the_register_with_leads_in_it(self):
        self.line.lead_id = self.make_lead(user_id=self.li.id)
        view = self.env.ref("dealer_crm.dealer_contact_view_list_visits")
        contacts = self.env["dealer.contact"].with_user(self.front)
        arch = contacts.get_views([(view.id, "list")])["views"]["list"]["arch"]
        self.assertNotIn('name="lead_id"', arch)
        names = [name for name in contacts.fields_get() if f'name="{name}"' in arch]
        self.call(
            self.front,
            "dealer.contact",
            "web_search_read",
            [("id", "=", self.line.id)],
            dict.fromkeys(names, {}),
        )
