# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLifecycle(DealerCrmCase):
    """From prospect to owner and on to the next car, one line of log per step."""

    def steps(self, partner):
        """(from, to, event) of the log, oldest first."""
        logs = self.env["dealer.lifecycle.log"].search(
            [("partner_id", "=", partner.id)], order="id"
        )
        return [(log.state_from, log.state_to, log.event) for log in logs]

    def make_order(self, partner, **values):
        """A quotation of the partner's lead."""
        lead = self.make_lead(partner_id=partner.id)
        return self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "opportunity_id": lead.id,
                "user_id": self.consultant.id,
                **values,
            }
        )

    def make_purchase(self, partner, day, **values):
        return self.make_car(owner_id=partner.id, purchase_date=day, **values)

    def test_new_file_is_a_prospect(self):
        customer = self.make_customer()
        self.assertEqual(customer.lifecycle, "prospect")
        self.assertEqual(self.steps(customer), [(False, "prospect", "file")])

    def test_partner_without_file_has_none(self):
        partner = self.env["res.partner"].create({"name": "Accounting only"})
        self.make_lead(partner_id=partner.id)
        self.assertFalse(partner.lifecycle)
        partner.phone = self.next_phone()
        partner.with_user(self.consultant).action_open_customer_file()
        self.assertEqual(partner.lifecycle, "prospect")

    def test_order_delivery_and_second_purchase(self):
        customer = self.make_customer()
        self.make_order(customer).with_user(self.consultant).action_confirm()
        self.assertEqual(customer.lifecycle, "order")
        with freeze_time("2026-03-20 04:00:00"):
            self.make_purchase(customer, "2026-03-20")
            self.assertEqual(customer.lifecycle, "owner")
        with freeze_time("2026-06-01 04:00:00"):
            self.make_order(customer).action_confirm()
            self.assertEqual(customer.lifecycle, "order")
        with freeze_time("2026-06-20 04:00:00"):
            self.make_purchase(customer, "2026-06-20")
        self.assertEqual(
            self.steps(customer),
            [
                (False, "prospect", "file"),
                ("prospect", "order", "order"),
                ("order", "owner", "car"),
                ("owner", "order", "order"),
                ("order", "repurchase", "car"),
            ],
        )

    def test_quotation_is_no_order_and_a_cancelled_one_goes_back(self):
        customer = self.make_customer()
        order = self.make_order(customer)
        self.assertEqual(customer.lifecycle, "prospect")
        order.action_confirm()
        order._action_cancel()
        self.assertEqual(customer.lifecycle, "prospect")
        self.assertEqual(len(self.steps(customer)), 3)

    def test_sale_of_accessories_is_no_car_order(self):
        customer = self.make_customer()
        order = self.env["sale.order"].create({"partner_id": customer.id})
        order.action_confirm()
        self.assertEqual(customer.lifecycle, "prospect")

    def test_sold_car_loses_the_customer_and_a_lead_wins_him_back(self):
        customer = self.make_customer()
        car = self.make_purchase(customer, "2025-12-01")
        buyer = self.make_customer("Next Owner")
        car.with_user(self.manager).owner_id = buyer
        self.assertEqual((customer.lifecycle, buyer.lifecycle), ("lost", "owner"))
        lead = self.make_lead(partner_id=customer.id)
        self.assertEqual(customer.lifecycle, "prospect")
        lead.action_set_lost()
        self.assertEqual(customer.lifecycle, "lost")

    def test_car_of_another_dealer_is_owned_but_no_purchase_here(self):
        customer = self.make_customer()
        self.make_purchase(customer, "2025-12-01", origin="other_dealer")
        self.make_purchase(customer, "2026-01-01", origin="own_sale")
        self.assertEqual(customer.lifecycle, "owner")

    def test_car_not_delivered_yet_makes_no_owner(self):
        customer = self.make_customer()
        car = self.make_purchase(customer, "2026-03-01", trade_state="sold")
        self.assertEqual(customer.lifecycle, "prospect")
        car.trade_state = "customer"
        self.assertEqual(customer.lifecycle, "owner")

    def test_clients_do_not_write_it(self):
        customer = self.make_customer()
        partners = self.env["res.partner"].with_user(self.director)
        with self.assertRaises(AccessError):
            customer.with_user(self.director).write({"lifecycle": "lost"})
        with self.assertRaises(AccessError):
            partners.create({"name": "X", "lifecycle": "lost"})
        new = partners.with_context(default_lifecycle="lost").create({"name": "X"})
        self.assertFalse(new.lifecycle)
        logs = self.env["dealer.lifecycle.log"].with_user(self.director)
        values = {
            "partner_id": customer.id,
            "date": NOW,
            "state_to": "lost",
            "event": "time",
        }
        with self.assertRaises(AccessError):
            logs.create(values)
        log = logs.search([("partner_id", "=", customer.id)])
        with self.assertRaises(AccessError):
            log.write({"state_to": "lost"})
        with self.assertRaises(AccessError):
            log.unlink()

    def test_log_is_for_the_branch(self):
        customer = self.make_customer(company_id=self.other_branch.id)
        logs = self.env["dealer.lifecycle.log"].with_user(self.consultant)
        self.assertFalse(logs.search([("partner_id", "=", customer.id)]))
        own = self.make_customer()
        action = own.with_user(self.consultant).action_view_lifecycle()
        self.assertEqual(len(logs.search(action["domain"])), 1)

    def test_accountant_confirms_orders_as_before(self):
        clerk = self.make_user(
            "clerk", "account.group_account_invoice,sales_team.group_sale_salesman"
        )
        customer = self.make_customer()
        order = self.make_order(customer, user_id=clerk.id)
        order.with_user(clerk).action_confirm()
        self.assertEqual(customer.lifecycle, "order")

    def test_job_is_the_same_twice_and_in_pieces(self):
        customers = self.env["res.partner"].union(
            *(self.make_customer() for _index in range(4))
        )
        self.make_purchase(customers[0], "2026-03-01")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET lifecycle = NULL WHERE id IN %s",
            [tuple(customers.ids)],
        )
        self.env.invalidate_all()
        self.assertEqual(customers[:2]._refresh_lifecycle("time"), 2)
        cron = self.env.ref("dealer_crm.ir_cron_update_lifecycle")
        for _run in range(2):
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(
            customers.mapped("lifecycle"), ["owner", "prospect", "prospect", "prospect"]
        )
        self.assertEqual([len(self.steps(c)) for c in customers], [3, 2, 2, 2])

    def test_cost_is_the_same_for_few_and_many(self):
        customers = self.env["res.partner"].union(
            *(self.make_customer() for _index in range(50))
        )
        customers._refresh_lifecycle("time")
        costs = []
        for some in (customers[:5], customers):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._refresh_lifecycle("time")
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(costs[0], costs[1])
