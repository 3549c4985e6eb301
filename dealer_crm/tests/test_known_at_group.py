# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import DealerCrmCase

PHONE = "13800138000"


@tagged("post_install", "-at_install")
class TestKnownAtGroup(DealerCrmCase):
    """A branch learns that a number is known, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.away = cls.make_user(
            "away", "dealer_crm.group_sales_consultant", cls.other_branch
        )
        cls.head_away = cls.make_user(
            "head_away", "dealer_crm.group_general_manager", cls.other_branch
        )
        cls.customer = cls.make_customer(phone=PHONE, company_id=cls.branch.id)

    def get_notice(self, user, phone):
        partners = self.env["res.partner"].with_user(user)
        result = partners.with_context(dealer_customer_file=True).onchange(
            {"name": "Li", "file_state": "draft", "phone": phone},
            ["phone"],
            {"name": {}, "phone": {}, "file_state": {}, "company_id": {}},
        )
        return str(result.get("warning", ""))

    def test_known_number_is_told_without_a_detail(self):
        notice = self.get_notice(self.away, "+86 138-0013-8000")
        self.assertIn("Known at the group", notice)
        for detail in (self.customer.name, self.branch.name, self.customer.ref):
            self.assertNotIn(detail, notice)

    def test_unknown_number_and_own_branch_are_no_news(self):
        for user, phone in (
            (self.away, "13800138001"),
            (self.away, "400-800-1234"),
            (self.consultant, PHONE),
        ):
            self.assertNotIn("Known at the group", self.get_notice(user, phone))

    def test_the_file_itself_stays_closed(self):
        for user in (self.away, self.head_away):
            partners = self.env["res.partner"].with_user(user)
            for domain in ([("phone", "=", PHONE)], [("id", "=", self.customer.id)]):
                self.assertFalse(partners.search(domain))
            self.assertFalse(partners.name_search(PHONE))
            with self.assertRaises(AccessError):
                partners.browse(self.customer.id).read(["name"])
            with self.assertRaises(AccessError):
                partners.browse(self.customer.id).action_reveal_phone("curious")

    def test_customer_is_served_by_his_new_branch_all_the_same(self):
        partners = self.env["res.partner"].with_user(self.away)
        with Form(
            partners.with_context(dealer_customer_file=True), "base.view_partner_form"
        ) as form:
            form.name = "Wang Testa"
            form.phone = PHONE
        self.assertEqual(form.record.company_id, self.other_branch)

    def agree(self, state="given"):
        self.customer._note_consent(["any"], ["group"], state, "paper")

    def test_file_is_opened_with_consent_by_the_general_manager(self):
        customer = self.customer.with_user(self.director)
        with self.assert_refused(UserError, "has not agreed"):
            customer.action_share_with_group()
        self.agree()
        with self.assertRaises(AccessError):
            self.customer.with_user(self.manager).action_share_with_group()
        with self.assertRaises(AccessError):
            self.customer.with_user(self.head_away).action_share_with_group()
        customer.action_share_with_group()
        self.assertFalse(self.customer.company_id)
        log = self.env["dealer.access.log"].search(
            [("kind", "=", "share"), ("res_id", "=", self.customer.id)]
        )
        self.assertEqual(log.user_id, self.director)
        found = (
            self.env["res.partner"].with_user(self.away).search([("phone", "=", PHONE)])
        )
        self.assertEqual(found, self.customer)

    def test_withdrawn_consent_opens_nothing(self):
        self.agree()
        self.agree("withdrawn")
        with self.assert_refused(UserError, "has not agreed"):
            self.customer.with_user(self.director).action_share_with_group()

    def test_open_file_shows_each_branch_its_own_cars_and_talks(self):
        here = self.make_car(owner_id=self.customer.id, company_id=self.branch.id)
        self.env["dealer.contact"].create(
            {"partner_id": self.customer.id, "company_id": self.branch.id}
        )
        self.agree()
        self.customer.with_user(self.director).action_share_with_group()
        there = self.make_car(
            owner_id=self.customer.id, company_id=self.other_branch.id
        )
        for user, car, talks in (
            (self.director, here, 1),
            (self.head_away, there, 0),
        ):
            self.env.invalidate_all()
            seen = self.customer.with_user(user)
            self.assertEqual(seen.party_ids.sudo().vehicle_id, car)
            self.assertEqual(seen.vehicle_ids, car)
            self.assertEqual(len(seen.contact_ids), talks)

    def test_dialog_notes_the_consent_for_the_group(self):
        wizard = self.env["dealer.consent.change"].with_user(self.consultant)
        with Form(wizard.with_context(default_partner_id=self.customer.id)) as form:
            form.state = "given"
            for name in ("call", "sms", "email", "wechat", "post"):
                setattr(form, f"is_{name}", False)
            form.is_group = True
        form.record.action_save()
        self.assertTrue(self.customer._has_agreed_to_group())
        self.assertEqual(len(self.customer.consent_ids), 1)
