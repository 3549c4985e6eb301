# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, DealerCrmCase

NUMBER = "310101198506150059"
PHONE = "13800138000"
HIDDEN = "138****8000"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReveal(DealerCrmCase):
    """Who sees what was hidden, and what the log says about it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_user("colleague", "dealer_crm.group_sales_consultant")
        cls.customer = cls.make_customer(
            phone=PHONE, id_number=NUMBER, user_id=cls.colleague.id
        )

    def get_log(self):
        return self.env["dealer.access.log"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", self.customer.id)]
        )

    def show(self, user, kind):
        """Ask as a user does: button, dialog, reason."""
        action = getattr(self.customer.with_user(user), f"action_reveal_{kind}")()
        wizard = self.env[action["res_model"]].with_user(user)
        with Form(wizard.with_context(**action["context"])) as form:
            form.reason = "contract"
            form.note = "Order 7"
        shown = form.record.action_show()
        stored = str(form.record.sudo().read())
        return shown["params"]["message"], stored

    def test_number_is_shown_with_a_line_in_the_log(self):
        for user in (self.manager, self.director):
            shown, stored = self.show(user, "id_number")
            self.assertEqual(shown, NUMBER)
            self.assertNotIn(NUMBER, stored)
        log = self.get_log()
        self.assertEqual(log.user_id, self.manager + self.director)
        self.assertEqual(set(log.mapped("kind")), {"id_number"})
        self.assertEqual(log[0].reason, "Contract or invoice: Order 7")
        self.assertNotIn(NUMBER, str(log.read()))

    def test_consultant_and_others_have_no_number_shown(self):
        staff = self.make_user("staff", "dealer_crm.group_dealer_user")
        for user in (self.colleague, self.consultant, staff):
            with self.assertRaises(AccessError):
                self.customer.with_user(user).action_reveal_id_number("please")
        self.assertFalse(self.get_log())

    def test_phone_is_shown_with_a_reason(self):
        shown, stored = self.show(self.consultant, "phone")
        self.assertEqual(shown, PHONE)
        self.assertNotIn(PHONE, stored)
        self.assertEqual(self.get_log().mapped("kind"), ["phone"])

    def test_own_phone_needs_no_reason_and_no_log(self):
        action = self.customer.with_user(self.colleague).action_reveal_phone()
        self.assertEqual(action["params"]["message"], PHONE)
        self.assertFalse(self.get_log())

    def test_role_without_customers_is_shown_no_phone(self):
        staff = self.make_user("staff", "dealer_crm.group_dealer_user")
        with self.assertRaises(AccessError):
            self.customer.with_user(staff).action_reveal_phone("curious")

    def test_quota_ends_the_day(self):
        self.branch.phone_reveal_quota = 2
        customer = self.customer.with_user(self.consultant)
        for _number in range(2):
            customer.action_reveal_phone("call")
        with self.assert_refused(UserError, "sales manager can help"):
            customer.action_reveal_phone("call")
        with freeze_time("2026-03-11 04:00:00"):
            customer.action_reveal_phone("call")
        self.assertEqual(len(self.get_log()), 3)

    def test_log_is_read_by_the_general_manager_and_changed_by_nobody(self):
        self.customer.with_user(self.manager).action_reveal_id_number("contract")
        log = self.get_log()
        for user in (self.consultant, self.manager):
            with self.assertRaises(AccessError):
                log.with_user(user).read(["reason"])
        seen = log.with_user(self.director)
        self.assertEqual(seen.read(["reason"])[0]["reason"], "contract")
        for change in (
            lambda: seen.write({"reason": "another"}),
            lambda: seen.unlink(),
            lambda: seen.create(
                {"kind": "phone", "res_model": "x", "user_id": self.manager.id}
            ),
        ):
            with self.assertRaises(AccessError):
                change()
        stranger = self.make_user(
            "stranger", "dealer_crm.group_general_manager", self.other_branch
        )
        self.assertFalse(log.with_user(stranger).search([("id", "=", log.id)]))

    def test_button_is_offered_to_those_it_helps(self):
        for user, expected in ((self.consultant, False), (self.manager, True)):
            partners = self.env["res.partner"].with_user(user)
            arch = partners.get_view(self.env.ref("base.view_partner_form").id)["arch"]
            self.assertEqual("action_reveal_id_number" in arch, expected)
            self.assertIn("action_reveal_phone", arch)
