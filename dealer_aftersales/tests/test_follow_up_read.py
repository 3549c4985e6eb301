# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestFollowUpRead(AftersalesCase):
    """What the consultant wrote down is there for the service advisor later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.talk = cls.env["dealer.contact"].create(
            {
                "lead_id": cls.make_lead(partner_id=cls.customer.id).id,
                "user_id": cls.consultant.id,
                "content": "Drives to the mountains at weekends",
                "feedback": "Likes the high seat",
                "need_change": "Four-wheel drive",
            }
        )
        cls.car.advisor_id = cls.advisor
        cls.stranger = cls.make_user(
            "advisor_elsewhere", "dealer_aftersales.group_service_advisor"
        )

    def test_advisor_reads_the_talks_with_his_customer(self):
        talk = self.talk.with_user(self.advisor)
        self.assertEqual(
            talk.read(["content", "feedback", "need_change"])[0]["feedback"],
            "Likes the high seat",
        )
        found = self.env["dealer.contact"].with_user(self.advisor).search([])
        self.assertIn(self.talk, found)

    def test_advisor_changes_nothing_of_it(self):
        with self.assertRaises(AccessError):
            self.talk.with_user(self.advisor).content = "Something else"

    def test_other_advisors_read_nothing_of_it(self):
        with self.assertRaises(AccessError):
            self.talk.with_user(self.stranger).read(["content"])
        found = self.env["dealer.contact"].with_user(self.stranger).search([])
        self.assertNotIn(self.talk, found)

    def test_customer_relations_open_a_lead_and_count_no_quotations(self):
        care = self.make_user(
            "care_leads", "dealer_aftersales.group_customer_relations"
        )
        lead = self.talk.lead_id
        self.env["sale.order"].create(
            {"partner_id": self.customer.id, "opportunity_id": lead.id}
        )
        names = ["quotation_count", "sale_order_count", "sale_amount_total"]
        row = lead.with_user(care).read(names)[0]
        self.assertEqual([row[name] for name in names], [0, 0, 0])
        self.env.invalidate_all()
        self.assertEqual(lead.with_user(self.manager).quotation_count, 1)

    def test_advisors_do_not_read_the_showrooms_register(self):
        visits = self.env["dealer.contact"].create(
            [
                {
                    "channel": "visit",
                    "purpose": purpose,
                    "visitor_name": "Sun Testa",
                    "visitor_phone": "13800138000",
                    "user_id": self.consultant.id,
                }
                for purpose in ("look", "service")
            ]
        )
        domain = [("id", "in", visits.ids)]
        found = self.env["dealer.contact"].with_user(self.advisor).search(domain)
        self.assertEqual(found, visits[1])
