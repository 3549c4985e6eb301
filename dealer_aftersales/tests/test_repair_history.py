# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import file_path, mute_logger

from .common import NOW, AftersalesCase

COLUMNS = [
    "name",
    "vehicle_id",
    "partner_id",
    "bringer_id",
    "service_kind",
    "date_in",
    "date_promised",
    "date_delivered",
    "odometer_in",
    "odometer_out",
    "advisor_id",
    "company_id",
    "parts_history",
    "amount_parts_history",
    "concern_ids/name",
    "labor_ids/name",
    "labor_ids/hours",
    "labor_ids/price_unit",
]


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRepairHistory(AftersalesCase):
    """Taking over service history with Odoo's own import."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service_manager.company_ids |= cls.other_branch

    def row(self, number, day="2026-02-10", **values):
        defaults = {
            "name": f"RO/T/{number:03d}",
            "vehicle_id": self.car.vin_sn,
            "partner_id": self.customer.ref,
            "service_kind": "maintenance",
            "date_in": f"{day} 09:00:00",
            "date_delivered": f"{day} 12:00:00",
            "odometer_in": "20000",
            "odometer_out": "20003",
            "advisor_id": self.advisor.login,
            "company_id": self.branch.name,
            "parts_history": "Filter x1",
            "amount_parts_history": "85",
            "concern_ids/name": "Oil is due",
            "labor_ids/name": "Oil change",
            "labor_ids/hours": "0.5",
            "labor_ids/price_unit": "150",
        }
        return [(defaults | values).get(name, "") for name in COLUMNS]

    def further_work(self, name):
        """A row that goes on with the order before it."""
        values = {"labor_ids/name": name, "labor_ids/hours": "1"}
        return [values.get(column, "") for column in COLUMNS]

    def load(self, *rows):
        repairs = (
            self.env["repair.order"]
            .with_user(self.service_manager)
            .with_context(
                tz="Asia/Shanghai",
                allowed_company_ids=[self.branch.id, self.other_branch.id],
            )
        )
        return repairs.load(COLUMNS, [list(row) for row in rows])

    def messages(self, result, kind="error"):
        return [
            (message["rows"]["from"], message["message"])
            for message in result["messages"]
            if message["type"] == kind
        ]

    def load_good(self, *rows):
        result = self.load(*rows)
        self.assertFalse(self.messages(result))
        return self.env["repair.order"].browse(result["ids"])

    def test_delivered_order_arrives_closed_and_moves_nothing(self):
        moves = self.env["stock.move"].search_count([])
        [repair] = self.load_good(self.row(1), self.further_work("Brake check"))
        self.assertEqual(repair.state, "done")
        self.assertEqual(repair.name, "RO/T/001")
        self.assertFalse(repair.sale_order_id)
        self.assertFalse(repair.move_ids)
        self.assertEqual(self.env["stock.move"].search_count([]), moves)
        self.assertEqual(repair.labor_ids.mapped("name"), ["Oil change", "Brake check"])
        self.assertEqual((repair.amount_labor, repair.amount_parts), (75, 85))
        self.assertEqual(repair.amount_total, 160)

    def test_history_logs_readings_and_the_last_visit(self):
        repair = self.load_good(
            self.row(1), self.row(2, "2026-03-01", odometer_in="21000", odometer_out="")
        )[0]
        self.assertEqual(
            repair.odometer_ids.sorted("value").mapped("value"), [20000, 20003]
        )
        self.assertEqual(str(repair.odometer_ids[0].date), "2026-02-10")
        self.assertEqual(self.car.odometer, 21000)
        self.assertEqual(str(self.car.last_visit_date), "2026-03-01")

    def test_order_goes_to_the_warehouse_of_its_branch(self):
        (self.car.owner_id | self.customer).company_id = self.other_branch
        self.car.company_id = self.other_branch
        repair = self.load_good(self.row(1, company_id=self.other_branch.name))
        self.assertEqual(repair.company_id, self.other_branch)
        self.assertEqual(repair.picking_type_id.company_id, self.other_branch)

    def test_branch_without_warehouse_is_named(self):
        self.env["stock.picking.type"].search(
            [
                ("company_id", "=", self.other_branch.id),
                ("code", "=", "repair_operation"),
            ]
        ).active = False
        with self.assertRaisesRegex(UserError, "Branch North has no warehouse"):
            self.make_repair(company_id=self.other_branch.id)
        result = self.load(self.row(1, company_id=self.other_branch.name))
        [(line, text)] = self.messages(result)
        self.assertEqual(line, 0)
        self.assertIn("Branch North has no warehouse", text)

    def test_falling_odometer_is_imported_and_set_aside(self):
        result = self.load(
            self.row(1),
            self.further_work("Brake check"),
            self.row(2, "2026-03-01", odometer_in="15000", odometer_out=""),
        )
        self.assertEqual(len(result["ids"]), 2)
        [(line, text)] = self.messages(result, "warning")
        self.assertEqual(line, 2)
        self.assertIn("15000 km of order RO/T/002", text)
        falling = self.env["repair.order"].browse(result["ids"][1])
        self.assertEqual(falling.odometer_ids.state, "quarantined")
        self.assertEqual(self.car.odometer, 20003)

    def test_two_delivered_orders_of_one_day_are_in_order(self):
        result = self.load(
            self.row(1), self.row(2, odometer_in="20003", odometer_out="20004")
        )
        self.assertFalse(result["messages"])

    def test_bad_row_among_good_ones_is_named_and_nothing_is_saved(self):
        before = self.env["repair.order"].search_count([])
        bad = {"date_delivered": "2026-02-10 08:00:00"}
        with mute_logger("odoo.sql_db"):
            result = self.load(
                self.row(1),
                self.further_work("Brake check"),
                self.row(2, **bad),
                self.row(3, odometer_in="20100", odometer_out="20101"),
            )
        [(line, text)] = self.messages(result)
        self.assertEqual(line, 2)
        self.assertIn("RO/T/002 is delivered before", text)
        self.assertFalse(result["ids"])
        self.assertEqual(self.env["repair.order"].search_count([]), before)
        self.assertFalse(self.car.odometer_ids)

    def test_two_bad_rows_are_both_named(self):
        with mute_logger("odoo.sql_db"):
            result = self.load(
                self.row(1, odometer_out="1"),
                self.row(2),
                self.row(3, odometer_in="-5", odometer_out=""),
            )
        self.assertEqual([line for line, _text in self.messages(result)], [0, 2])

    def test_unknown_car_is_named(self):
        result = self.load(self.row(1, vehicle_id="LSVAA49J0A2999999"))
        [(_line, text)] = self.messages(result)
        self.assertIn("LSVAA49J0A2999999", text)

    def test_template_of_the_import_can_be_fetched(self):
        [template] = self.env["repair.order"].get_import_templates()
        path = template["template"].removeprefix("/")
        self.assertTrue(file_path(path))

    def test_cost_of_an_order_does_not_grow(self):
        costs = []
        for start, count in ((0, 5), (10, 10), (40, 40)):
            rows = [
                self.row(start + n, odometer_in="20000", odometer_out="")
                for n in range(count)
            ]
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.load_good(*rows)
            self.env.flush_all()
            costs.append((count, self.env.cr.sql_log_count - before))
        (small, cheap), (large, dear) = costs[1:]
        self.assertLessEqual((dear - cheap) / (large - small), 8)

    def test_order_without_arrival_came_on_the_day_of_delivery(self):
        repair = self.load_good(self.row(50, date_in="", odometer_out=""))
        self.assertEqual(repair.date_in, repair.date_delivered)
        self.assertEqual(str(repair.odometer_ids.date), "2026-02-10")
