# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestProfile(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.touring = cls.env.ref("dealer_crm.hobby_touring")
        cls.fishing = cls.env.ref("dealer_crm.hobby_fishing")
        cls.teacher = cls.env.ref("dealer_crm.occupation_teacher")
        cls.profile = {
            "phone_second": "+86 139-0013-9000",
            "wechat_id": "wx_testa",
            "preferred_channel": "wechat",
            "preferred_time": "evening",
            "communication_style": "direct",
            "occupation_id": cls.teacher.id,
            "hobby_ids": [Command.set([cls.touring.id, cls.fishing.id])],
            "education": "bachelor",
            "income_band": "200",
            "employer": "Testa School",
            "employer_address": "1 School Road",
            "family_note": "Two children",
            "driving_note": "Commutes 40 km",
        }

    def test_profile_of_a_lead_stands_on_its_customer_and_is_found(self):
        lead = self.make_lead(**self.profile).with_user(self.consultant)
        customer = lead._create_customer().with_user(self.consultant)
        for name in lead._get_profile_fields():
            self.assertEqual(customer[name], lead[name], name)
        self.assertEqual(customer.phone_second, "13900139000")
        for domain in (
            [("hobby_ids", "ilike", "Fishing")],
            [("occupation_id", "=", self.teacher.id)],
            [("driving_note", "ilike", "40 km")],
            [("family_note", "ilike", "children")],
        ):
            found = self.env["res.partner"].with_user(self.consultant).search(domain)
            self.assertIn(customer, found, domain)

    def test_known_customer_is_completed_and_never_overwritten(self):
        customer = self.make_customer(employer="Old Firm", education="college")
        lead = self.make_lead(employer="New Firm", wechat_id="wx1")
        lead.with_user(self.consultant).partner_id = customer
        self.assertRecordValues(
            customer + lead.partner_id,
            [{"employer": "Old Firm", "wechat_id": "wx1", "education": "college"}] * 2,
        )
        self.assertRecordValues(
            lead, [{"employer": "New Firm", "education": "college"}]
        )

    def test_what_is_learnt_later_reaches_the_customer(self):
        customer = self.make_customer()
        lead = self.make_lead(partner_id=customer.id).with_user(self.consultant)
        lead.write({"communication_style": "price"})
        self.assertEqual(customer.communication_style, "price")

    def test_what_is_emptied_on_the_lead_does_not_come_back(self):
        customer = self.make_customer(employer="Firm", family_note="Twins")
        lead = self.make_lead(partner_id=customer.id)
        self.assertEqual(lead.employer, "Firm")
        lead.write({"employer": False, "family_note": False, "hobby_ids": [(5,)]})
        self.assertFalse(lead.employer or lead.family_note)
        self.assertEqual(customer.employer, "Firm")

    def test_firm_of_a_lead_gets_no_personal_profile(self):
        lead = self.make_lead(partner_name="Testa Trading", **self.profile)
        person = lead.with_user(self.consultant)._create_customer()
        self.assertEqual(person.education, "bachelor")
        self.assertFalse(person.parent_id.education)

    def test_merged_leads_keep_all_that_is_known(self):
        first = self.make_lead(hobby_ids=[Command.link(self.touring.id)])
        other = self.make_lead(
            hobby_ids=[Command.link(self.fishing.id)], family_note="Twins"
        )
        merged = (first + other).with_user(self.manager).merge_opportunity()
        self.assertEqual(merged.hobby_ids, self.touring + self.fishing)
        self.assertEqual(merged.family_note, "Twins")

    def test_wrong_second_phone_is_refused(self):
        for record in (self.make_customer(), self.make_lead()):
            with self.assert_refused(ValidationError, "Second Phone: 123 is neither"):
                record.with_user(self.consultant).phone_second = "123"

    def test_change_of_style_stays_in_the_chatter(self):
        customer = self.tracked(self.make_customer()).with_user(self.consultant)
        customer.communication_style = "direct"
        self.assertEqual(
            self.get_tracked_values(customer),
            [("communication_style", "", "Brief and direct")],
        )

    def test_profile_is_for_staff_only(self):
        customer = self.make_customer(**self.profile)
        outsider = new_test_user(
            self.env, "test_outsider", "base.group_user,base.group_partner_manager"
        )
        with self.assert_refused(AccessError, "income_band|Income"):
            customer.with_user(outsider).read(["income_band"])
        self.assertNotIn("income_band", customer.with_user(outsider).fields_get())
        with self.assert_refused(AccessError, "Hobby|dealer.hobby"):
            self.env["dealer.hobby"].with_user(self.consultant).create({"name": "X"})
        self.env["dealer.hobby"].with_user(self.manager).create({"name": "X"})

    def test_crm_user_without_our_groups_converts_a_lead(self):
        seller = self.make_user("seller", "sales_team.group_sale_salesman")
        lead = self.make_lead(user_id=seller.id, **self.profile).with_user(seller)
        customer = lead._create_customer()
        self.assertEqual(customer.wechat_id, "wx_testa")
        self.assertFalse(customer.sudo().income_band)

    def test_preferred_channel_is_proposed_for_the_next_follow_up(self):
        lead = self.make_lead(preferred_channel="wechat").with_user(self.consultant)
        follow_up = "dealer_crm.mail_activity_type_follow_up"
        self.assertEqual(
            lead.activity_search([follow_up]).summary,
            "Next contact: WeChat · Invite to the Showroom",
        )
        self.assertEqual(
            lead.action_log_contact()["context"]["default_channel"], "wechat"
        )
        lead.preferred_channel = "call"
        self.assertEqual(
            lead.activity_search([follow_up]).summary,
            "Next contact: Phone · Invite to the Showroom",
        )
        self.assertEqual(
            lead.action_log_contact()["context"]["default_channel"], "phone"
        )
        other = self.make_lead().with_user(self.consultant)
        self.assertNotIn("default_channel", other.action_log_contact()["context"])
