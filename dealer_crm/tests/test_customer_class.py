# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..tools.customer_class import Facts, Limits, judge_class
from .common import DealerCrmCase

LIMITS = Limits(
    loyal_purchases=2,
    loyal_spending=10000,
    min_satisfaction=4,
    vip_purchases=3,
    vip_spending=50000,
    vip_years=8,
)


@tagged("post_install", "-at_install")
class TestCustomerClass(DealerCrmCase):
    """Prospect, new, loyal and VIP, at each boundary."""

    def judge(self, limits=LIMITS, **facts):
        return judge_class(Facts(**facts), limits)

    def test_boundaries(self):
        for expected, facts in (
            ("prospect", {}),
            ("prospect", {"satisfaction": 5.0}),
            ("new", {"purchases": 1}),
            ("new", {"spending": 0.01}),
            ("new", {"spending": 9999.99}),
            ("loyal", {"spending": 10000}),
            ("loyal", {"purchases": 2}),
            ("loyal", {"purchases": 2, "satisfaction": 4.0}),
            ("new", {"purchases": 2, "satisfaction": 3.99}),
            ("loyal", {"purchases": 2, "years": 7.99}),
            ("vip", {"purchases": 2, "years": 8}),
            ("new", {"purchases": 1, "years": 20}),
            ("vip", {"purchases": 3}),
            ("vip", {"purchases": 3, "satisfaction": 1.0}),
            ("loyal", {"spending": 49999.99}),
            ("vip", {"spending": 50000}),
        ):
            self.assertEqual(self.judge(**facts), expected, facts)

    def test_zero_switches_a_way_off(self):
        off = Limits(loyal_purchases=0, vip_purchases=0)
        self.assertEqual(self.judge(off, purchases=9, spending=1e6, years=30), "new")

    def test_more_of_anything_never_lowers_the_class(self):
        order = ("prospect", "new", "loyal", "vip")
        values = (0, 1, 2, 3, 8, 10000, 50000)
        for purchases in range(5):
            for years in values[:5]:
                ranks = [
                    order.index(
                        self.judge(purchases=purchases, years=years, spending=money)
                    )
                    for money in values
                ]
                self.assertEqual(ranks, sorted(ranks))

    def test_cars_make_the_class_at_once(self):
        customer = self.make_customer()
        self.assertEqual(customer.customer_class, "prospect")
        classes = []
        for _number in range(3):
            self.make_car(owner_id=customer.id)
            classes.append(customer.customer_class)
        self.assertEqual(classes, ["new", "loyal", "vip"])

    def test_car_of_elsewhere_is_no_purchase(self):
        customer = self.make_customer()
        self.make_car(owner_id=customer.id, origin="other_dealer")
        self.assertEqual(customer.customer_class, "prospect")

    def test_night_judges_by_the_settings_of_the_branch(self):
        customer = self.make_customer()
        self.make_car(owner_id=customer.id)
        self.branch.class_loyal_purchases = 1
        customer._refresh_customer_class()
        self.assertEqual(customer.customer_class, "loyal")
        self.assertEqual(customer._refresh_customer_class(), 0, "nothing to write")

    def test_negative_threshold_is_refused(self):
        with self.assertRaises(ValidationError):
            self.branch.class_vip_years = -1

    def test_nobody_writes_it_by_hand(self):
        customer = self.make_customer(user_id=self.consultant.id)
        with self.assertRaises(AccessError):
            customer.with_user(self.consultant).write({"customer_class": "vip"})

    def test_class_stands_on_the_overview(self):
        customer = self.make_customer()
        self.make_car(owner_id=customer.id)
        who = customer.with_user(self.manager).get_dealer_overview()["who"]
        self.assertIn("New Buyer", [name for name, _color in who["tags"]])

    def test_fifty_cost_the_queries_of_five(self):
        people = self.env["res.partner"].union(
            *(self.make_customer() for _number in range(50))
        )
        counts = []
        for group in (people[:5], people[:5], people):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            group._refresh_customer_class()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
        self.assertEqual(set(people.mapped("customer_class")), {"prospect"})
