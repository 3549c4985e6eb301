# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestPushMailing(AftersalesCase):
    """A push by Odoo's mailing: consent decides, the ledger knows who got it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["res.partner"].union(
            *(
                cls.make_customer(f"Mailed {n}", email=f"mailed{n}@example.com")
                for n in range(4)
            )
        )
        cls.campaign = cls.env["utm.campaign"].create({"title": "Spring M"})

    def ledger(self):
        return self.env["dealer.contact"].search(
            [("campaign_id", "=", self.campaign.id)]
        )

    def make_looked(self):
        push = (
            self.env["dealer.push"]
            .with_user(self.care)
            .create(
                {
                    "name": "Spring days",
                    "partner_ids": self.people.ids,
                    "template_id": self.env.ref(
                        "dealer_crm.mail_template_promotion"
                    ).id,
                    "campaign_id": self.campaign.id,
                    "company_id": self.branch.id,
                    "channel": "email",
                }
            )
        )
        push.action_preview()
        return push

    def needs_app(self):
        if "mailing.mailing" not in self.env:
            self.skipTest("mass_mailing is not installed")

    def test_without_the_app_the_button_is_not_there(self):
        if "mailing.mailing" in self.env:
            self.skipTest("mass_mailing is installed")
        push = self.make_looked()
        self.assertFalse(push.can_mail)
        with self.assertRaisesRegex(UserError, "Install"):
            push.action_make_mailing()

    def test_the_mailing_gets_who_consent_lets_through(self):
        self.needs_app()
        self.people[0]._note_consent(["email"], ["marketing"], "withdrawn", "call")
        push = self.make_looked()
        self.assertTrue(push.can_mail)
        action = push.action_make_mailing()
        mailing = self.env["mailing.mailing"].browse(action["res_id"])
        self.assertEqual(set(mailing._get_recipients()), set(self.people[1:].ids))
        self.assertEqual(mailing.campaign_id, self.campaign)

    def test_what_was_sent_comes_into_the_ledger_once(self):
        self.needs_app()
        push = self.make_looked()
        push.action_make_mailing()
        mailing = self.env["mailing.mailing"].browse(push.mailing_ref)
        mailing.action_send_mail()
        self.env["mailing.trace"].search(
            [("mass_mailing_id", "=", mailing.id)]
        ).trace_status = "sent"
        push.action_take_over()
        push.action_take_over()
        self.assertEqual(len(self.ledger()), 4)
        self.assertEqual((push.state, push.done_count), ("sent", 4))

    def test_a_mailing_not_sent_is_dropped(self):
        self.needs_app()
        push = self.make_looked()
        push.action_make_mailing()
        push.action_drop_mailing()
        self.assertEqual((push.state, push.mailing_ref), ("draft", 0))

    def test_nobody_names_a_mailing_by_hand(self):
        push = self.make_looked()
        with self.assertRaises(AccessError):
            push.mailing_ref = 7
