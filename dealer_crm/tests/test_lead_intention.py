# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase

REPORT = "dealer_crm.action_report_lead_intention"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLeadIntention(DealerCrmCase):
    """The purchase-intention form on paper, and the consent ticked on it."""

    def render(self, leads, user=None):
        report = self.env["ir.actions.report"].with_user(user or self.consultant)
        html, _kind = report._render_qweb_html(REPORT, leads.ids)
        return html.decode()

    def test_blank_form(self):
        html = self.render(self.env["crm.lead"])
        for text in ("Customer&#39;s Name", "Phone", "Model of Interest", "signature"):
            self.assertIn(text.replace("&#39;", "'"), html.replace("&#39;", "'"))
        self.assertIn("☐", html)
        self.assertNotIn("☑", html)

    def test_filled_form_has_all_fields(self):
        source = self.env["utm.source"].create({"name": "Motor show"})
        lead = self.make_lead(
            color_wish="Pearl White",
            budget_max=200000,
            source_id=source.id,
            email_from="zhao@example.com",
            city="Suzhou",
            has_trade_in=True,
            preferred_channel="wechat",
            purchase_date_expected="2026-04-01",
            description="Needs a child seat",
        )
        html = self.render(lead)
        for text in (
            "Zhao Testa",
            lead.phone,
            self.car_model.name,
            "Pearl White",
            "200,000",
            "Motor show",
            "zhao@example.com",
            "Suzhou",
            "☑ WeChat",
            "☐ SMS",
            "☑ Yes",
            "child seat",
            "Consultant",
        ):
            self.assertIn(text, html)

    def test_consent_box_as_ticked(self):
        lead = self.make_lead(consent_contact="given")
        self.assertIn("☑ I agree", " ".join(self.render(lead).split()))
        lead.consent_contact = "withdrawn"
        html = " ".join(self.render(lead).split())
        self.assertIn("☑ I do not agree", html)
        self.assertIn("☐ I agree", html)

    def test_typed_text_is_escaped(self):
        lead = self.make_lead(contact_name="<b>Zhao</b>", color_wish="<i>red</i>")
        html = self.render(lead)
        self.assertNotIn("<b>Zhao", html)
        self.assertNotIn("<i>red", html)

    def test_many_leads_many_pages(self):
        html = self.render(self.make_lead() + self.make_lead(contact_name="Qian"))
        self.assertIn("Qian", html)
        self.assertEqual(html.count("I do not agree"), 2)

    def test_foreign_leads_and_plain_users(self):
        lead = self.make_lead()
        other = self.make_user("other", "dealer_crm.group_sales_consultant")
        plain = self.make_user("plain", "base.group_user")
        for user in (other, plain):
            with self.assertRaises(AccessError):
                self.render(lead, user)
        with self.assertRaises(AccessError):
            self.render(self.env["crm.lead"], plain)

    def test_phone_is_masked_as_on_screen(self):
        customer = self.make_customer(
            phone="13912340001", company_id=self.branch.id, user_id=self.manager.id
        )
        lead = self.make_lead(
            partner_id=customer.id, phone="13912340001", user_id=False
        )
        self.assertNotIn("13912340001", self.render(lead))
        self.assertIn("13912340001", self.render(lead, self.manager))

    def test_consent_goes_to_the_customer_file(self):
        lead = self.make_lead(consent_contact="given")
        self.assertEqual(str(lead.consent_contact_on), "2026-03-10")
        customer = lead.with_user(self.consultant)._convert_to_customer()
        lines = customer.sudo().consent_ids
        self.assertEqual(
            set(lines.mapped("channel")), {"call", "sms", "email", "wechat"}
        )
        self.assertEqual(set(lines.mapped("state")), {"given"})
        lead.with_user(self.consultant).consent_contact = "withdrawn"
        current = customer.sudo().consent_ids.filtered("is_current")
        self.assertEqual(set(current.mapped("state")), {"withdrawn"})

    def test_yes_on_paper_replaces_no_earlier_no(self):
        customer = self.make_customer()
        customer._note_consent(["call"], ["marketing"], "withdrawn", "call")
        self.make_lead(partner_id=customer.id, consent_contact="given")
        current = customer.consent_ids.filtered("is_current")
        states = {line.channel: line.state for line in current}
        self.assertEqual((states["call"], states["sms"]), ("withdrawn", "given"))

    def test_day_of_consent_is_the_systems(self):
        lead = self.make_lead().with_user(self.consultant)
        with self.assert_refused(AccessError, "by the system"):
            lead.write({"consent_contact": "given", "consent_contact_on": NOW[:10]})
