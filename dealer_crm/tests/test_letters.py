# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo.tests import tagged

from .common import DealerCrmCase

KINDS = ("news", "promotion", "brochure", "greeting")


@tagged("post_install", "-at_install")
class TestLetters(DealerCrmCase):
    """Four kinds of letters: complete sentences whatever is known of the reader."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.full = cls.make_customer("Wang Testa", gender="female")
        cls.make_car(owner_id=cls.full.id)
        cls.bare = cls.env["res.partner"].create({"name": "Li Testa"})

    def template(self, kind):
        return self.env.ref(f"dealer_crm.mail_template_{kind}")

    def letter(self, kind, partner, user=None):
        template = self.template(kind).with_user(user or self.consultant)
        body = template._render_letters(partner)[partner.id]
        return " ".join(re.sub(r"<[^>]+>", " ", body).split())

    def test_each_renders_without_blanks(self):
        for kind in KINDS:
            for partner in (self.full, self.bare):
                text = self.letter(kind, partner)
                self.assertIn(partner.name, text)
                self.assertIn(self.branch.name, text)
                self.assertIn(self.consultant.name, text)
                self.assertNotRegex(text, r"False|None|\s[,.:]|, ,|\{\{", kind)

    def test_what_is_known_is_said(self):
        self.assertIn("Ms. Wang Testa", self.letter("greeting", self.full))
        for kind in ("promotion", "greeting"):
            self.assertIn("Lavida T", self.letter(kind, self.full))
            self.assertNotIn("Lavida T", self.letter(kind, self.bare))

    def test_text_message_is_short_and_complete(self):
        for kind in KINDS:
            template = self.template(kind).with_user(self.consultant)
            texts = template._render_sms(self.full + self.bare)
            self.assertIn("Wang Testa", texts[self.full.id])
            self.assertIn("Li Testa", texts[self.bare.id])
            self.assertLess(len(texts[self.bare.id]), 200)

    def test_name_is_escaped(self):
        partner = self.make_customer("<b>Bold</b>")
        template = self.template("news").with_user(self.consultant)
        body = template._render_letters(partner)[partner.id]
        self.assertIn("&lt;b&gt;Bold", body)

    def test_what_was_sent_stands_in_the_ledger(self):
        contacts = self.env["dealer.contact"].with_user(self.consultant)
        campaign = self.env["utm.campaign"].create({"title": "Spring"})
        rows = [
            {"partner_id": partner.id, "company_id": self.branch.id}
            for partner in self.full + self.bare
        ]
        sent = contacts._log_material(
            rows, self.template("brochure"), "letter", "marketing", campaign
        )
        self.assertEqual(sent.partner_id, self.full + self.bare)
        self.assertEqual(sent.campaign_id, campaign)
        self.assertEqual(set(sent.mapped("direction")), {"out"})
        self.assertFalse(any(sent.mapped("is_register")))
        self.assertEqual(sent.user_id, self.consultant)
