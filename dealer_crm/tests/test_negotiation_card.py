# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .test_lead_stage import StageCase

CARD = "dealer_crm.report_negotiation_card"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestNegotiationCard(StageCase):
    def render(self, leads, report=CARD, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.consultant)
        return reports._render_qweb_html(report, leads.ids)[0].decode()

    def make_graded(self, code="a", **values):
        lead = self.make_full_lead(**values)
        lead.grade_id = self.env.ref(f"dealer_crm.grade_{code}")
        return lead

    def test_each_contact_is_a_row_in_its_order(self):
        lead = self.make_graded()
        for day, text in [(5, "Second talk"), (2, "First visit"), (9, "Last call")]:
            self.log_contact(
                lead, content=text, date=f"2026-03-0{day} 02:00:00", channel="phone"
            )
        html = self.render(lead)
        places = [html.index(x) for x in ("First visit", "Second talk", "Last call")]
        self.assertEqual(places, sorted(places))
        self.assertIn("– → A", html)
        self.assertIn("page-break-before", html)

    def test_needs_and_recommended_models_stand_on_it(self):
        lead = self.make_graded()
        self.env["dealer.needs.analysis"].with_user(self.consultant).create(
            {
                "lead_id": lead.id,
                "stated_needs": "Room for a dog",
                "line_ids": [
                    (0, 0, {"vehicle_model_id": self.car_model.id, "reason": "<Big>"})
                ],
            }
        )
        html = self.render(lead)
        for text in ("Room for a dog", self.car_model.display_name, "&lt;Big&gt;"):
            self.assertIn(text, html)

    def test_c_and_no_grade_print_the_short_card(self):
        cold, ungraded = self.make_graded("c"), self.make_full_lead()
        for lead in cold | ungraded:
            self.log_contact(lead, content="Told us his income")
            html = self.render(lead)
            self.assertIn("Customer Management Card", html)
            self.assertIn(lead.phone, html)
            self.assertNotIn("Told us his income", html)
            full = self.render(lead, "dealer_crm.report_negotiation_card_full")
            self.assertIn("Told us his income", full)

    def test_a_warm_lead_prints_short_by_its_own_button(self):
        lead = self.make_graded("h")
        self.assertNotIn("Customer Management Card", self.render(lead))
        short = self.render(lead, "dealer_crm.report_management_card")
        self.assertIn("Customer Management Card", short)

    def test_blank_card_has_lines_to_write_on(self):
        html = self.render(
            self.env["crm.lead"], "dealer_crm.report_negotiation_card_full"
        )
        for text in ("Negotiation Card", "Contact Log", "After the Sale"):
            self.assertIn(text, html)

    def test_many_cards_are_printed_at_once(self):
        leads = self.make_graded(contact_name="Zhao One")
        leads |= self.make_graded(contact_name="Zhao Two")
        html = self.render(leads)
        self.assertIn("Zhao One", html)
        self.assertIn("Zhao Two", html)

    def test_the_phone_is_masked_where_the_customers_form_masks_it(self):
        customer = self.make_customer(
            phone="13912340001", company_id=self.branch.id, user_id=self.manager.id
        )
        lead = self.make_graded(
            partner_id=customer.id, phone="13912340001", user_id=False
        )
        phones = customer.with_user(self.consultant)._get_visible_phones()
        self.assertNotEqual(phones[customer.id], "13912340001")
        self.assertNotIn("13912340001", self.render(lead))
        self.assertIn("13912340001", self.render(lead, user=self.manager))

    def test_others_leads_are_not_printed(self):
        rival = self.make_user("rival", "dealer_crm.group_sales_consultant")
        lead = self.make_graded()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.render(lead, user=rival)

    def test_a_won_lead_shows_what_came_after(self):
        customer = self.make_customer("Buyer", user_id=self.consultant.id)
        lead = self.make_graded(partner_id=customer.id)
        self.log_contact(lead, content="Before the sale", date="2026-03-01 02:00:00")
        lead.action_set_won()
        with freeze_time("2026-05-01 04:00:00"):
            self.env["dealer.contact"].create(
                {
                    "partner_id": customer.id,
                    "content": "Happy with the car",
                    "purpose": "care",
                    "user_id": self.consultant.id,
                }
            )
            again = self.make_full_lead(
                partner_id=customer.id, name="Second car", purchase_type="additional"
            )
            again.create_date = "2026-05-01 04:00:00"
        self.env.invalidate_all()
        seen = lead.with_user(self.consultant)
        self.assertEqual(
            seen.later_contact_ids.mapped("content"), ["Happy with the car"]
        )
        self.assertEqual(seen.repurchase_ids, again)
        html = self.render(lead)
        self.assertIn("Happy with the car", html)
        self.assertIn("Second car", html)
        self.assertIn("Owner", html)

    def test_an_open_lead_has_nothing_after_the_sale(self):
        customer = self.make_customer("Still looking")
        lead = self.make_graded(partner_id=customer.id)
        self.env["dealer.contact"].create({"partner_id": customer.id, "content": "Hm"})
        self.assertFalse(lead.later_contact_ids)
        self.assertNotIn("After the Sale", self.render(lead))
