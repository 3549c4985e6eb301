# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval

from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLeadOrigin(DealerCrmCase):
    """Leads of the website keep their campaign (MKT-08); buyers first (MKT-10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.utm = {
            "campaign_id": cls.env["utm.campaign"].create({"title": "Web T"}).id,
            "medium_id": cls.env["utm.medium"].create({"name": "Banner T"}).id,
            "source_id": cls.env["utm.source"].create({"name": "Portal T"}).id,
        }

    def make_web_lead(self, **values):
        """As the form of the website makes it: a visitor nobody knows, with sudo."""
        leads = self.env["crm.lead"].with_user(self.env.ref("base.public_user")).sudo()
        lead = leads.create(
            {
                "name": "Form of the website",
                "contact_name": "Visitor",
                "phone": "13911113333",
                "type": "lead",
                "company_id": self.branch.id,
                **self.utm,
                **values,
            }
        )
        return lead.with_user(self.manager)

    def assert_origin(self, record):
        found = {name: record[name].id for name in self.utm}
        self.assertEqual(found, self.utm)

    def test_web_lead_keeps_campaign_medium_and_source(self):
        self.assert_origin(self.make_web_lead())

    def test_conversion_and_quotation_keep_them(self):
        lead = self.make_web_lead()
        customer = self.make_customer("Visitor")
        lead.convert_opportunity(customer, user_ids=self.consultant.ids)
        self.assert_origin(lead)
        action = lead.action_new_quotation()
        orders = self.env["sale.order"].with_context(**action["context"])
        self.assert_origin(orders.create({"partner_id": customer.id}))

    def test_merge_keeps_them(self):
        lead = self.make_web_lead(type="opportunity", user_id=self.consultant.id)
        other = self.make_lead(phone="13911113333", source_id=False)
        kept = (lead.sudo() | other).merge_opportunity()
        self.assert_origin(kept)

    def test_buyers_stand_by_grade_then_score(self):
        grades = {
            code: self.env.ref(f"dealer_crm.grade_{code}") for code in ("h", "a", "c")
        }
        made = {}
        for key, grade, score in (
            ("cold", "c", 90),
            ("warm", "a", 20),
            ("warmer", "a", 60),
            ("hot", "h", 10),
        ):
            lead = self.make_lead(name=key, grade_id=grades[grade].id)
            lead.write({"probability": score})
            made[key] = lead
        none = self.make_lead(name="none")
        none.grade_id = False
        action = self.env.ref("dealer_crm.crm_lead_action_buyers")
        view = self.env.ref("dealer_crm.crm_lead_view_list_buyers")
        order = view.arch.split('default_order="')[1].split('"')[0]
        domain = [("id", "in", [lead.id for lead in [*made.values(), none]])]
        leads = self.env["crm.lead"].with_user(self.consultant)
        found = leads.search(
            [*literal_eval(action.domain), *domain], order=order
        ).mapped("name")
        self.assertEqual(found, ["hot", "warmer", "warm", "cold"])
        hot = leads.search([("grade_id.code", "in", ("H", "A")), *domain])
        self.assertEqual(len(hot), 3)
