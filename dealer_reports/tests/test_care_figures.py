# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReportsCase

FEBRUARY = (date(2026, 2, 1), date(2026, 2, 28))


@tagged("post_install", "-at_install")
class TestCareFigures(ReportsCase):
    """Plan kept, the call within 24 hours, channels and campaigns, from seeded rows."""

    def get_kpi(self, code):
        kpi = self.env["dealer.kpi"].search([("code", "=", code)])
        return kpi._compute_lines(self.branch, *FEBRUARY)[0]

    def log(self, lead=None, **values):
        return self.env["dealer.contact"].create(
            {
                "lead_id": lead.id if lead else False,
                "outcome": "reached",
                "content": "Talked",
                "user_id": self.consultant.id,
                "company_id": self.branch.id,
                **values,
            }
        )

    def follow_up(self, planned, done):
        lead = self.make_lead()
        lead.next_contact_date = planned
        return self.log(lead, date=f"{done} 04:00:00")

    def test_eight_of_ten_on_time_is_eighty_percent(self):
        before = self.get_kpi("plan_kept")
        self.assertEqual(before["denominator"], 0)
        self.assertIsNone(before["value"], "nothing due: a dash")
        for day in range(1, 9):
            self.follow_up(f"2026-02-{day + 10}", f"2026-02-{day + 9 + day % 2}")
        self.follow_up("2026-02-20", "2026-02-22")
        self.make_lead().next_contact_date = "2026-02-25"  # overdue in March
        self.follow_up("2026-03-02", "2026-02-27")  # due next month
        line = self.get_kpi("plan_kept")
        self.assertEqual((line["numerator"], line["denominator"]), (8, 10))
        self.assertAlmostEqual(line["value"], 0.8)
        self.assertEqual(len(line["record_ids"]), 8)

    def test_plan_of_today_and_of_closed_leads_is_not_due(self):
        self.make_lead().next_contact_date = "2026-03-10"
        lost = self.make_lead()
        lost.next_contact_date = "2026-02-25"
        lost.action_set_lost()
        plans = self.env["dealer.plan.kept"]
        self.assertFalse(plans.search([("company_id", "=", self.branch.id)]))

    def visit(self, hours, **values):
        """A visit of 9 February whose call was made so many hours later."""
        left = fields.Datetime.to_datetime("2026-02-09 04:00:00")
        visit = self.log(
            channel="visit",
            purpose="look",
            visitor_name="Sun Testa",
            visitor_phone=self.next_phone(),
            date=left - timedelta(hours=1),
            date_left=left,
            is_read_back=True,
        )
        due = left + timedelta(hours=24)
        visit.sudo().write({"call_state": "due", "call_due_at": due, **values})
        if hours:
            self.log(
                visitor_phone=visit.visitor_phone,
                channel="phone",
                date=left + timedelta(hours=hours),
            )
        return visit

    def test_call_after_twenty_hours_counts_after_thirty_not(self):
        self.visit(20)
        self.visit(30)
        self.visit(0)
        self.visit(0, call_state="withdrawn")
        line = self.get_kpi("follow_up_24h")
        self.assertEqual((line["numerator"], line["denominator"]), (1, 3))

    def make_channel(self, name="Auto Show"):
        source = self.env["utm.source"].create({"name": f"Source of {name}"})
        return self.env["dealer.lead.channel"].create(
            {"name": name, "source_id": source.id}
        )

    def order(self, lead, **values):
        partner = lead.partner_id or self.make_customer()
        lead.partner_id = partner
        order = self.env["sale.order"].create(
            {"partner_id": partner.id, "opportunity_id": lead.id}
        )
        order.action_confirm()
        if values:
            order.write(values)
        return order

    def test_channel_evaluation_equals_the_seeded_chain(self):
        channel, free = self.make_channel(), self.make_channel("Word of Mouth")
        leads = [self.make_lead(lead_channel_id=channel.id) for _number in range(5)]
        leads[0].write({"budget_max": 200000, "is_on_file": True})
        for _twice in range(2):
            self.log(leads[1], purpose="test_drive")
        for lead in leads[:2]:
            self.order(lead)
        leads[4].action_set_lost()
        self.order(self.make_lead(lead_channel_id=free.id))
        for month, amount in (("2026-02-17", 3000), ("2026-03-01", 1000)):
            self.env["dealer.lead.channel.cost"].create(
                {"channel_id": channel.id, "month": month, "amount": amount}
            )
        channel = channel.with_user(self.manager)
        names = ("lead_count", "filed_count", "drive_count", "order_count")
        self.assertEqual([channel[name] for name in names], [5, 1, 1, 2])
        self.assertIn("40.0", channel.order_rate)
        self.assertIn("4,000", channel.cost_total)
        self.assertIn("2,000", channel.cost_per_order)
        free = free.with_user(self.manager)
        self.assertEqual((free.cost_total, free.cost_per_order), ("–", "–"))
        self.assertEqual(free.order_count, 1)

    def test_channel_evaluation_of_a_month(self):
        channel = self.make_channel()
        lead = self.make_lead(lead_channel_id=channel.id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = '2026-03-05' WHERE id = %s", (lead.id,)
        )
        self.env["dealer.lead.channel.cost"].create(
            {"channel_id": channel.id, "month": "2026-02-17", "amount": 3000}
        )
        now = channel.with_user(self.manager).with_context(dealer_period="month")
        self.assertEqual((now.lead_count, now.cost_total), (1, "–"))
        before = now.with_context(dealer_period="last_month")
        self.assertEqual(before.lead_count, 0)
        self.assertIn("3,000", before.cost_total)
        action = now.action_view_leads()
        self.assertEqual(self.env["crm.lead"].search_count(action["domain"]), 1)

    def test_who_reads_no_leads_reads_the_channel_without_figures(self):
        channel = self.env.ref("dealer_crm.lead_channel_walk_in")
        clerk = self.make_user("clerk", "account.group_account_user")
        row = channel.with_user(clerk).read(["name", "lead_count"])[0]
        self.assertEqual(row["lead_count"], 0)

    def test_cost_of_a_month_stands_once(self):
        channel = self.make_channel()
        costs = self.env["dealer.lead.channel.cost"].with_user(self.manager)
        line = costs.create(
            {"channel_id": channel.id, "month": "2026-02-17", "amount": 1}
        )
        self.assertEqual(line.month, date(2026, 2, 1))
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as caught:
            costs.create({"channel_id": channel.id, "month": "2026-02-03", "amount": 2})
        self.assertIn("month_uniq", str(caught.exception))
        with self.assertRaises(AccessError):
            costs.with_user(self.consultant).search([])

    def test_campaign_report_equals_the_seeded_chain(self):
        """Four got it; two talked, one lead, one order; a stranger came by himself."""
        campaign = self.env["utm.campaign"].create({"title": "Spring"})
        people = [self.make_customer(f"Reader {number}") for number in range(4)]
        template = self.env.ref("dealer_crm.mail_template_brochure")
        rows = [{"partner_id": p.id, "company_id": self.branch.id} for p in people]
        contacts = self.env["dealer.contact"]
        sent = contacts._log_material(rows, template, "letter", "marketing", campaign)
        self.env.cr.execute(
            "UPDATE dealer_contact SET date = '2026-02-10 04:00:00' WHERE id = ANY(%s)",
            (sent.ids,),
        )
        contacts._log_material(rows[:1], template, "email", "marketing", campaign)
        self.log(partner_id=people[0].id, date="2026-02-12 04:00:00")
        self.log(partner_id=people[1].id, date="2026-02-12 04:00:00")
        self.log(partner_id=people[2].id, date="2026-02-01 04:00:00")  # before it
        self.log(
            partner_id=people[3].id, date="2026-02-12 04:00:00", outcome="not_reached"
        )
        lead = self.make_lead(partner_id=people[0].id, campaign_id=campaign.id)
        self.order(lead)
        self.make_lead(campaign_id=campaign.id)
        report = self.env["dealer.campaign.report"].with_user(self.manager)
        figures = report._read_group(
            [("campaign_id", "=", campaign.id)],
            [],
            [
                "sent_count:sum",
                "contact_count:sum",
                "lead_count:sum",
                "order_count:sum",
            ],
        )
        self.assertEqual(figures, [(4, 2, 2, 1)])

    def test_other_branch_and_consultants_see_no_campaign_figures(self):
        with self.assertRaises(AccessError):
            self.env["dealer.campaign.report"].with_user(self.consultant).search([])
        campaign = self.env["utm.campaign"].create({"title": "Spring"})
        rows = [{"partner_id": self.customer.id, "company_id": self.branch.id}]
        template = self.env.ref("dealer_crm.mail_template_news")
        contacts = self.env["dealer.contact"]
        contacts._log_material(rows, template, "sms", "marketing", campaign)
        report = self.env["dealer.campaign.report"].with_user(self.care_north)
        self.assertFalse(report.search([("campaign_id", "=", campaign.id)]))
