# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import AFTER, ReportsCase

MARCH = (date(2026, 3, 1), date(2026, 3, 31))


@tagged("post_install", "-at_install")
@freeze_time(AFTER)
class TestChurnFigures(ReportsCase):
    """Churn, retention and active rate, counted by hand."""

    def get_kpi(self, code, period=MARCH):
        self.env.flush_all()
        kpi = self.env["dealer.kpi"].search([("code", "=", code)])
        return kpi._compute_lines(self.branch, *period)[0]

    def copy_rows(self, table, row_id, count, **values):
        """Copy one row; ``values`` are SQL over the counter n."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s",
            (table,),
        )
        names = [row[0] for row in self.env.cr.fetchall() if row[0] != "id"]
        columns = ", ".join(f'"{name}"' for name in names)
        picked = ", ".join(values.get(name, f't."{name}"') for name in names)
        self.env.cr.execute(
            f"INSERT INTO {table} ({columns}) SELECT {picked} FROM {table} t,"
            " generate_series(1, %s) n WHERE t.id = %s RETURNING id",
            (count, row_id),
        )
        ids = [row[0] for row in self.env.cr.fetchall()]
        self.env.invalidate_all()
        return ids

    def test_1600_visits_by_1200_cars_of_which_300_are_gone_are_25_percent(self):
        """The worked figure of domain.md 8, counted through the product."""
        car = self.make_car(owner_id=self.customer.id, company_id=self.branch.id)
        vin = "'LSVAA49J0B2' || lpad(n::text, 6, '0')"
        cars = self.copy_rows(
            "fleet_vehicle", car.id, 1200, vin_sn=vin, license_plate="NULL"
        )
        first = cars[0] - 1
        # September: 1 600 orders, 400 cars came twice
        repair = self.make_repair("2025-09-15 04:00:00", vehicle_id=car.id)
        self.copy_rows(
            "repair_order",
            repair.id,
            1600,
            name="'CHURN' || n",
            vehicle_id=f"{first} + 1 + (n - 1) %% 1200",
        )
        # 900 of them came again within six months, 100 only after that
        self.copy_rows(
            "repair_order",
            repair.id,
            1000,
            name="'AGAIN' || n",
            vehicle_id=f"{first} + n",
            date_delivered="CASE WHEN n <= 900 THEN TIMESTAMP '2026-03-31 04:00:00'"
            " ELSE TIMESTAMP '2026-04-01 04:00:00' END",
        )
        repair.write(
            {"date_in": "2020-01-01 01:00:00", "date_delivered": "2020-01-01 04:00:00"}
        )
        churn = self.get_kpi("churn_rate")
        self.assertEqual((churn["numerator"], churn["denominator"]), (300, 1200))
        self.assertEqual(churn["value"], 0.25)
        lost = self.env["dealer.visit.cohort"].browse(churn["record_ids"])
        self.assertEqual(set(lost.mapped("is_lost")), {True})
        self.assertEqual(set(map(str, lost.mapped("month"))), {"2025-09-01"})

    def test_months_of_the_branch(self):
        self.make_repair("2025-12-10 04:00:00")
        self.assertEqual(self.get_kpi("churn_rate")["denominator"], 0)
        self.assertIsNone(self.get_kpi("churn_rate")["value"])
        self.branch.churn_months = 3
        churn = self.get_kpi("churn_rate")
        self.assertEqual((churn["numerator"], churn["denominator"]), (1, 1))
        self.make_repair("2026-01-10 04:00:00")
        self.assertEqual(self.get_kpi("churn_rate")["value"], 0)

    def test_day_of_the_branch_decides_the_month(self):
        self.make_repair("2025-08-31 17:00:00")  # 1 September in Shanghai
        self.assertEqual(self.get_kpi("churn_rate")["denominator"], 1)

    def test_retention_and_active_rate(self):
        cars = [
            self.make_car(
                owner_id=self.customer.id,
                company_id=self.branch.id,
                purchase_date="2020-01-01",
            )
            for _index in range(5)
        ]
        self.env["fleet.vehicle"].search(
            [
                ("company_id", "=", self.branch.id),
                ("id", "not in", [c.id for c in cars]),
            ]
        ).company_id = False
        for car, day in (
            (cars[0], "2025-03-31"),  # active at the start only
            (cars[1], "2025-04-01"),  # active at start and end
            (cars[2], "2026-01-05"),  # active at start and end
            (cars[3], "2026-03-05"),  # new in March
        ):
            self.make_repair(f"{day} 04:00:00", vehicle_id=car.id)
        retention = self.get_kpi("retention_rate")
        self.assertEqual((retention["numerator"], retention["denominator"]), (2, 3))
        active = self.get_kpi("active_rate")
        self.assertEqual((active["numerator"], active["denominator"]), (3, 5))

    def test_other_branch_reads_nothing(self):
        self.car.company_id = self.branch
        self.make_repair("2026-01-05 04:00:00")
        self.env.flush_all()
        for model in ("dealer.visit.cohort", "dealer.service.base"):
            domain = [("vehicle_id", "=", self.car.id)]
            self.assertTrue(self.env[model].with_user(self.care).search(domain))
            north = self.env[model].with_user(self.care_north)
            self.assertFalse(north.search(domain))
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.technician).search(domain)


@tagged("post_install", "-at_install")
@freeze_time(AFTER)
class TestCustomerValue(ReportsCase):
    """Contribution and products of customers equal the invoices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["account.journal"].create(
            {"name": "Sales T", "code": "TSAL", "type": "sale"}
        )
        account = cls.env["account.account"]
        cls.income = account.create(
            {"name": "Income T", "code": "T4100", "account_type": "income"}
        )
        cls.receivable = account.create(
            {"name": "Owed T", "code": "T1100", "account_type": "asset_receivable"}
        )
        cls.customer.property_account_receivable_id = cls.receivable
        cls.categories = cls.env["product.category"].create(
            [{"name": "Parts T"}, {"name": "Work T"}]
        )
        cls.oil, cls.work = cls.env["product.product"].create(
            [
                {"name": "Oil", "categ_id": cls.categories[0].id, "standard_price": 40},
                {"name": "Hour", "categ_id": cls.categories[1].id, "type": "service"},
            ]
        )
        cls.branch.care_contact_cost = 5

    def invoice(self, *lines, kind="out_invoice", partner=None, post=True):
        invoice = self.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": (partner or self.customer).id,
                "invoice_date": "2026-02-10",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "quantity": quantity,
                            "price_unit": price,
                            "account_id": self.income.id,
                            "tax_ids": [],
                        }
                    )
                    for product, quantity, price in lines
                ],
            }
        )
        if post:
            invoice.action_post()
        return invoice

    def lines(self, *domain):
        self.env.flush_all()
        return self.env["dealer.customer.value"].search(
            [("partner_id", "=", self.customer.id), *domain]
        )

    def test_contribution_equals_hand_calculation(self):
        self.invoice((self.oil, 2, 100), (self.work, 1, 300))
        self.invoice((self.oil, 1, 100), kind="out_refund")
        self.invoice((self.oil, 9, 100), post=False)
        # revenue 500 − 100 = 400; cost 2·40 − 40 = 40; margin 360
        lines = self.lines()
        self.assertEqual(sum(lines.mapped("revenue")), 400)
        self.assertEqual(sum(lines.mapped("margin")), 360)
        for _index in range(3):
            self.env["dealer.contact"].create(
                {
                    "partner_id": self.customer.id,
                    "direction": "out",
                    "purpose": "care",
                    "content": "Hello",
                }
            )
        # less three contacts of 5
        self.assertEqual(sum(self.lines().mapped("margin")), 345)
        customer = self.customer.with_user(self.director)
        self.assertEqual(customer.lifetime_revenue, 400)
        self.assertEqual(customer.lifetime_margin, 345)

    def test_customers_by_product_equal_the_invoices(self):
        moves = self.invoice((self.oil, 2, 100), (self.work, 1, 300))
        moves |= self.invoice((self.work, 1, 50), kind="out_refund")
        other = self.make_customer("Other")
        other.property_account_receivable_id = self.receivable
        moves |= self.invoice((self.oil, 1, 70), partner=other)
        self.env.flush_all()
        rows = (
            self.env["dealer.customer.value"]
            .with_user(self.director)
            .formatted_read_group(
                [
                    ("kind", "!=", "care"),
                    ("partner_id", "in", (self.customer | other).ids),
                ],
                ["partner_id", "categ_id"],
                ["revenue:sum"],
            )
        )
        cells = {
            (row["partner_id"][0], row["categ_id"][0]): row["revenue:sum"]
            for row in rows
        }
        parts, work = self.categories.ids
        self.assertEqual(
            cells,
            {
                (self.customer.id, parts): 200,
                (self.customer.id, work): 250,
                (other.id, parts): 70,
            },
        )
        total = sum(moves.mapped("amount_untaxed_signed"))
        self.assertEqual(sum(cells.values()), total)

    def test_service_is_told_from_sales(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [
                    Command.create({"product_id": self.work.id, "price_unit": 10})
                ],
            }
        )
        self.make_repair(sale_order_id=order.id)
        invoice = self.invoice((self.work, 1, 10))
        invoice.invoice_line_ids.sale_line_ids = order.order_line
        self.assertEqual(self.lines().kind, "service")

    def test_money_is_for_finance_and_the_general_manager(self):
        self.invoice((self.oil, 1, 100))
        clerk = self.make_user("clerk", "account.group_account_invoice")
        for user in (self.director, clerk):
            self.assertEqual(self.customer.with_user(user).lifetime_revenue, 100)
            found = self.env["dealer.customer.value"].with_user(user)
            self.assertTrue(found.search([("partner_id", "=", self.customer.id)]))
        for user in (self.care, self.service_manager, self.manager, self.consultant):
            with self.assertRaises(AccessError):
                self.customer.with_user(user).read(["lifetime_revenue"])
            with self.assertRaises(AccessError):
                self.env["dealer.customer.value"].with_user(user).search([])

    def test_many_customers_cost_as_much_as_few(self):
        customers = self.customer
        for _index in range(8):
            customers |= self.make_customer()

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("lifetime_margin")
            return self.env.cr.sql_log_count - before

        count(customers)
        self.assertEqual(count(customers[:2]), count(customers))


@tagged("post_install", "-at_install")
@freeze_time(AFTER)
class TestLoyaltyResult(ReportsCase):
    """Band of the month before, measures, change."""

    def test_measures_and_change(self):
        # the car of the class was bought in this month: the month begins anew
        self.env["dealer.value.log"].search([]).unlink()
        with freeze_time("2026-02-10 04:00:00"):
            self.customer._refresh_value()
        before = self.customer.loyalty_score
        self.make_repair("2026-03-08 04:00:00", amount_parts_history=9000)
        for outcome in ("reached", "not_reached"):
            self.env["dealer.contact"].create(
                {
                    "partner_id": self.customer.id,
                    "direction": "out",
                    "purpose": "care",
                    "content": "Hello",
                    "outcome": outcome,
                    "date": "2026-03-05 04:00:00",
                }
            )
        self.customer._refresh_value()
        self.env.flush_all()
        result = self.env["dealer.loyalty.result"].with_user(self.care)
        line = result.search([("partner_id", "=", self.customer.id)])
        self.assertEqual((line.action_count, line.reached_count), (2, 1))
        self.assertEqual(line.previous_score, before)
        self.assertEqual(line.change, self.customer.loyalty_score - before)
        self.assertGreater(line.change, 0)
        self.assertTrue(line.has_action)
