# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..models.dealer_card_handover import REMINDER
from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCardHandover(AftersalesCase):
    """After the first maintenance the negotiation card is the service's (FRM-03)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.make_lead(partner_id=cls.customer.id)
        cls.lead.action_set_won()
        cls.car.sales_user_id = cls.consultant
        cls.handovers = cls.env["dealer.card.handover"]

    def deliver(self, kind="maintenance", **values):
        order = self.make_repair(
            service_kind=kind, advisor_id=self.advisor.id, **values
        )
        order.with_user(self.advisor).action_deliver()
        return order

    def find(self, car=None):
        domain = [("vehicle_id", "=", (car or self.car).id)]
        return self.handovers.search(domain)

    def test_the_first_maintenance_makes_a_pending_one_and_the_second_none(self):
        order = self.deliver()
        made = self.find()
        self.assertEqual(
            (made.state, made.repair_id, made.lead_id, made.partner_id),
            ("pending", order, self.lead, self.customer),
        )
        self.assertEqual(
            (made.from_user_id, made.to_user_id), (self.consultant, self.advisor)
        )
        self.assertEqual(made.activity_search([REMINDER]).user_id, self.advisor)
        self.deliver()
        self.assertEqual(self.find(), made)

    def test_the_receiver_confirms_with_date_and_both_names(self):
        self.deliver()
        made = self.find()
        self.call(self.advisor, made._name, "action_confirm", made.ids)
        self.assertEqual(
            (made.state, str(made.date_confirmed), made.confirmed_by_id),
            ("confirmed", "2026-03-10 04:00:00", self.advisor),
        )
        self.assertEqual(made.from_user_id, self.consultant)
        self.assertEqual(self.car.advisor_id, self.advisor)
        self.assertFalse(made.activity_search([REMINDER]))

    def test_the_card_is_attached_as_pdf(self):
        self.deliver()
        made = self.find()
        self.assertFalse(made.attachment_id)
        with self.enter_registry_test_mode():
            cron = self.env.ref("dealer_aftersales.ir_cron_attach_cards")
            cron.method_direct_trigger()
        made.invalidate_recordset()
        self.assertEqual(made.attachment_id.mimetype, "application/pdf")
        self.assertEqual(made.attachment_id.res_id, made.id)

    def test_a_card_that_cannot_be_printed_stops_no_delivery(self):
        def fail(*_args, **_kwargs):
            raise ValueError("no printer")

        self.patch(type(self.env["ir.actions.report"]), "_render_qweb_pdf", fail)
        order = self.deliver()
        self.assertTrue(order.date_delivered)
        with self.assertLogs("odoo.addons.dealer_crm.tools.job_steps", "WARNING"):
            self.find().with_user(self.advisor).action_confirm()
        self.assertEqual(self.find().state, "confirmed")

    def test_only_receiver_and_manager_confirm(self):
        self.deliver()
        made = self.find()
        other = self.make_user("other", "dealer_aftersales.group_service_advisor")
        for user in (other, self.consultant, self.technician):
            with self.assertRaises(AccessError):
                made.with_user(user).action_confirm()
        made.with_user(self.service_manager).action_confirm()
        self.assertEqual(made.confirmed_by_id, self.service_manager)

    def test_others_do_not_even_read_it(self):
        self.deliver()
        other = self.make_user("other", "dealer_aftersales.group_service_advisor")
        readers = (self.advisor, self.consultant, self.service_manager, self.care)
        for user in readers:
            self.assertTrue(self.find().with_user(user).has_access("read"))
        for user in (other, self.technician, self.care_north):
            self.assertFalse(self.handovers.with_user(user).search([]))

    def test_nobody_writes_what_the_system_sets(self):
        self.deliver()
        made = self.find()
        for user in (self.advisor, self.service_manager):
            with self.assertRaises(AccessError):
                made.with_user(user).write({"state": "confirmed"})
            with self.assertRaises(AccessError):
                self.handovers.with_user(user).create(
                    {"vehicle_id": self.car.id, "company_id": self.branch.id}
                )

    def test_the_manager_names_another_receiver(self):
        self.deliver()
        made = self.find()
        other = self.make_user("other", "dealer_aftersales.group_service_advisor")
        made.with_user(self.service_manager).to_user_id = other
        self.assertEqual(made.activity_search([REMINDER]).user_id, other)
        made.with_user(other).action_confirm()
        self.assertEqual(self.car.advisor_id, other)
        with self.assert_refused(UserError, "confirmed already"):
            made.with_user(self.service_manager).to_user_id = self.advisor

    def test_taken_back_with_the_delivery_unless_confirmed(self):
        order = self.deliver()
        order.with_user(self.advisor).action_undo_delivery()
        self.assertFalse(self.find())
        order.with_user(self.advisor).action_deliver()
        made = self.find()
        made.with_user(self.advisor).action_confirm()
        order.with_user(self.advisor).action_undo_delivery()
        order.with_user(self.advisor).action_deliver()
        self.assertEqual(self.find(), made)

    def test_none_for_other_work_history_and_strange_cars(self):
        self.deliver("general")
        self.make_repair("2026-02-01 04:00:00", service_kind="maintenance")
        self.assertFalse(self.find())
        self.deliver()
        self.assertFalse(self.find(), "history had the first maintenance")
        stranger = self.make_car(owner_id=self.make_customer("Nobody's").id)
        self.deliver(vehicle_id=stranger.id, partner_id=stranger.owner_id.id)
        self.assertFalse(self.find(stranger))

    def test_the_card_of_a_former_owner_stays_his(self):
        self.deliver()
        self.car.owner_id = self.make_customer("New Owner")
        self.assertEqual(self.find().partner_id, self.customer)

    def test_deliveries_of_many_cost_as_many_queries_as_of_few(self):
        def count(number):
            orders = self.env["repair.order"]
            for _index in range(number):
                car = self.make_car(
                    owner_id=self.customer.id, sales_user_id=self.consultant.id
                )
                orders |= self.make_repair(
                    vehicle_id=car.id, service_kind="maintenance", advisor_id=False
                )
            orders.write({"state": "done"})
            orders.write({"date_delivered": NOW})
            self.handovers.search([("repair_id", "in", orders.ids)]).unlink()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            orders._get_first_maintenances()._get_card_leads()
            return self.env.cr.sql_log_count - before

        count(2)
        self.assertEqual(count(12), count(3))
