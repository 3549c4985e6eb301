# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestWorkshopBoard(AftersalesCase):
    """The board of the workshop: its columns, its cards and what they cost."""

    def read_board(self, user):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.repair_order_action_board"
        )
        repairs = self.env["repair.order"].with_user(user)
        repairs = repairs.with_context(read_group_expand=True)
        domain = [
            "&",
            ("company_id", "=", self.branch.id),
            *literal_eval(action["domain"]),
        ]
        fields = (
            "license_plate",
            "promise_text",
            "promise_level",
            "board_flags",
            "technician_ids",
            "car_model_id",
            "partner_id",
            "work_summary",
        )
        return repairs.web_read_group(
            domain,
            groupby=["service_state"],
            aggregates=["__count"],
            auto_unfold=True,
            unfold_read_specification={
                name: {"fields": {"display_name": {}}} if "_id" in name else {}
                for name in fields
            },
        )["groups"]

    def get_columns(self):
        return {
            group["service_state"]: [row["id"] for row in group["__records"]]
            for group in self.read_board(self.advisor)
        }

    def test_all_columns_stand_in_the_order_of_the_work(self):
        self.make_repair()
        self.assertEqual(
            list(self.get_columns()),
            [
                "appointment",
                "received",
                "diagnosed",
                "approved",
                "in_work",
                "quality_check",
                "ready",
                "delivered",
            ],
        )

    def test_cars_of_today_only_are_delivered_on_the_board(self):
        today = self.make_repair(date_in="2026-03-10 01:00:00")
        today.action_deliver()
        self.make_repair("2026-03-08 04:00:00")
        self.make_repair().action_repair_cancel()
        columns = self.get_columns()
        self.assertEqual(columns["delivered"], today.ids)
        self.assertNotIn("cancelled", columns)

    def test_promise_is_a_countdown_in_words_and_colour(self):
        cases = (
            ("2026-03-10 03:15:00", "45 min late", "danger"),
            ("2026-03-10 04:30:00", "30 min left", "warning"),
        )
        for promised, text, level in cases:
            repair = self.make_repair(date_promised=promised)
            self.assertEqual((repair.promise_text, repair.promise_level), (text, level))
        later = self.make_repair(date_promised="2026-03-10 09:00:00")
        self.assertEqual(later.promise_level, "muted")
        later.action_deliver()
        self.assertFalse(later.promise_text)

    def test_many_cards_cost_as_many_queries_as_few(self):
        def make(count):
            for _index in range(count):
                self.make_repair(
                    date_promised="2026-03-10 09:00:00",
                    labor_ids=[
                        Command.create(
                            {"name": "Oil", "technician_id": self.technician.id}
                        )
                    ],
                )

        make(5)
        few = self.count_queries()
        make(25)
        self.assertLessEqual(self.count_queries(), few)

    def count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.read_board(self.advisor)
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOrderHints(AftersalesCase):
    """The panel beside the order."""

    def get_hints(self, repair, user):
        return repair.with_user(user).get_order_hints()

    def test_marks_of_the_customer_and_other_open_orders_are_told(self):
        self.customer.sudo().is_restricted = True
        other, repair = self.make_repair(), self.make_repair()
        hints = self.get_hints(repair, self.advisor)
        self.assertIn("danger", [hint["level"] for hint in hints])
        orders = [hint["id"] for hint in hints if hint["model"] == "repair.order"]
        self.assertEqual(orders, other.ids)

    def test_what_the_order_tells_itself_is_told_once(self):
        """A recall is one line; on the order it is none, though it is still open."""
        recall = self.env["dealer.recall"].create({"code": "R-1", "name": "Pump T"})
        self.env["dealer.recall.line"].create(
            {"recall_id": recall.id, "vin": self.car.vin_sn}
        )
        repair = self.make_repair().with_user(self.advisor)
        [hint] = self.get_hints_about(repair, "Pump T")
        repair.with_context(hint_id=hint["id"]).action_do_recall()
        self.assertTrue(self.car.has_open_recall)
        self.assertFalse(self.get_hints_about(repair, "Pump T"))

    def get_hints_about(self, repair, word):
        return [hint for hint in repair.get_order_hints() if word in hint["text"]]

    def test_order_does_not_speak_of_itself(self):
        repair = self.make_repair(date_promised="2026-03-10 09:00:00")
        texts = [hint["text"] for hint in self.get_hints(repair, self.advisor)]
        self.assertFalse([text for text in texts if repair.name in text])
