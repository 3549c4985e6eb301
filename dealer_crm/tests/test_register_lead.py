# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .register_common import RegisterCase

PHONE = "13800138000"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRegisterLead(RegisterCase):
    """A line becomes a lead that knows all it says; the sources add up."""

    def ready_line(self, **values):
        defaults = {
            "visitor_name": "Sun Testa",
            "visitor_phone": PHONE,
            "is_read_back": True,
            "user_id": self.li.id,
        }
        return self.visit(self.li, **defaults | values)

    def test_what_is_missing_for_a_lead_is_named(self):
        for kind in (self.visit, self.phone_call):
            line = kind(self.li, visitor_name="Sun Testa", user_id=self.li.id)
            with self.assert_refused(UserError, "Still missing: Visitor's Phone"):
                line.action_make_lead()
            line = kind(self.li, visitor_phone=PHONE, user_id=self.li.id)
            with self.assert_refused(UserError, "Still missing: Visitor\\."):
                line.action_make_lead()

    def test_phone_is_read_back_before_the_lead(self):
        line = self.ready_line(is_read_back=False)
        with self.assert_refused(ValidationError, "[Rr]ead"):
            line.action_make_lead()
        with self.assert_refused(ValidationError, "[Rr]ead"):
            line._make_lead()

    def test_lead_takes_everything_over(self):
        channel = self.env.ref("dealer_crm.lead_channel_social")
        line = self.ready_line(
            lead_channel_id=channel.id,
            visitor_address="88 Test Road",
            vehicle_model_id=self.car_model.id,
            consent_answer="given",
            is_repeat=True,
        )
        line.action_make_lead()
        self.assertRecordValues(
            line.lead_id,
            [
                {
                    "contact_name": "Sun Testa",
                    "phone": PHONE,
                    "street": "88 Test Road",
                    "lead_channel_id": channel.id,
                    "source_id": self.env.ref("dealer_crm.source_online").id,
                    "vehicle_model_id": self.car_model.id,
                    "consent_contact": "given",
                    "is_repeat_visitor": True,
                    "user_id": self.li.id,
                }
            ],
        )
        self.assertTrue(line.is_same_day_entry)

    def test_visitors_come_by_the_showroom_unless_said_otherwise(self):
        line = self.ready_line()
        line.action_make_lead()
        source = self.env.ref("dealer_crm.source_showroom")
        self.assertEqual(line.lead_id.source_id, source)

    def test_call_is_filed_with_the_same_fields(self):
        call = self.phone_call(
            self.li, visitor_name="Sun Testa", visitor_phone=PHONE, is_read_back=True
        )
        call.action_make_lead()
        with self.assert_refused(ValidationError, "Model of Interest, Budget"):
            call.lead_id.action_put_on_file()
        call.lead_id.write(
            {"vehicle_model_id": self.car_model.id, "budget_max": 200000}
        )
        call.lead_id.action_put_on_file()
        self.assertTrue(call.lead_id.is_on_file)

    def test_earlier_lines_of_the_phone_follow_to_the_lead(self):
        with freeze_time("2026-03-09 04:00:00"):
            first = self.visit(
                self.li,
                visitor_phone=PHONE,
                date="2026-03-09 04:00:00",
                user_id=self.li.id,
            )
        line = self.ready_line()
        line.action_make_lead()
        self.assertEqual(first.lead_id, line.lead_id)
        self.assertEqual(
            (first.is_same_day_entry, line.is_same_day_entry), (False, True)
        )

    def test_lead_made_on_another_day_is_no_same_day_entry(self):
        line = self.ready_line()
        with freeze_time("2026-03-10 16:30:00"):
            line.action_make_lead()
        self.assertFalse(line.is_same_day_entry)

    def test_receptionist_makes_no_lead(self):
        line = self.ready_line()
        with self.assertRaises(AccessError):
            line.with_user(self.front).action_make_lead()

    def test_channel_decides_the_source_and_seven_are_shipped(self):
        names = ("advert", "show", "social", "search", "customer", "partner", "walk_in")
        channels = [self.env.ref(f"dealer_crm.lead_channel_{name}") for name in names]
        for channel in channels:
            lead = self.make_lead(lead_channel_id=channel.id)
            self.assertEqual(lead.source_id, channel.source_id)
        lead.source_id = self.env.ref("dealer_crm.source_event")
        self.assertFalse(lead.lead_channel_id)

    def test_staffs_leads_always_have_a_source_and_keep_one(self):
        leads = self.env["crm.lead"].with_user(self.li)
        lead = leads.create({"name": "By hand", "source_id": False})
        self.assertEqual(lead.source_id, self.env.ref("dealer_crm.source_showroom"))
        with self.assert_refused(ValidationError, "Source"):
            lead.source_id = False
        lead, texts = self.enter_by_import(self.li, "crm.lead", {"name": "Imported"})
        self.assertTrue(lead.source_id, texts)

    def test_mail_comes_online_and_other_teams_are_left_alone(self):
        lead = self.env["crm.lead"].message_new({"subject": "A car", "from": "a@b.cn"})
        self.assertEqual(lead.source_id, self.env.ref("dealer_crm.source_online"))
        seller = self.make_user("seller", "sales_team.group_sale_salesman")
        lead = self.env["crm.lead"].with_user(seller).create({"name": "Software"})
        self.assertFalse(lead.source_id)

    def test_source_report_equals_the_numbers_seeded(self):
        seeded = {"showroom": (3, 2), "event": (2, 0), "referral": (1, 1)}
        made = self.env["crm.lead"]
        for name, (count, won) in seeded.items():
            source = self.env.ref(f"dealer_crm.source_{name}")
            leads = self.env["crm.lead"].union(
                *(self.make_lead(source_id=source.id) for _number in range(count))
            )
            leads[:won].action_set_won()
            made |= leads
        rows = made.formatted_read_group(
            [("id", "in", made.ids)], ["source_id", "won_status"], ["__count"]
        )
        found = {
            (row["source_id"][0], row["won_status"]): row["__count"] for row in rows
        }
        for name, (count, won) in seeded.items():
            source = self.env.ref(f"dealer_crm.source_{name}").id
            self.assertEqual(found.get((source, "won"), 0), won)
            self.assertEqual(found.get((source, "pending"), 0), count - won)
