# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from itertools import product

from odoo.addons.dealer_aftersales.tools import service_state as steps
from odoo.tests import BaseCase, tagged


@tagged("post_install", "-at_install")
class TestServiceStateRules(BaseCase):
    """The states and their ways, without a database."""

    def test_each_state_stands_on_a_state_of_core(self):
        self.assertEqual(set(steps.CORE_STATE), set(steps.STATES))
        for core, state in steps.FIRST_OF_CORE.items():
            self.assertEqual(steps.CORE_STATE[state], core)

    def test_forward_enters_all_states_between(self):
        self.assertEqual(
            steps.get_path("received", "in_work"), ("diagnosed", "approved", "in_work")
        )
        self.assertEqual(steps.get_path("ready", "delivered"), ("delivered",))

    def test_back_goes_one_state_only(self):
        self.assertEqual(steps.get_path("quality_check", "in_work"), ("in_work",))
        self.assertEqual(steps.get_path("quality_check", "approved"), ())
        self.assertEqual(steps.get_path("delivered", "in_work"), ())

    def test_appointment_becomes_an_order_by_arrival(self):
        ways = [s for s in steps.STATES if steps.get_path("appointment", s)]
        self.assertEqual(ways, ["received", "cancelled"])

    def test_finished_orders_are_not_cancelled(self):
        for state in ("ready", "delivered", "cancelled"):
            self.assertEqual(steps.get_path(state, "cancelled"), ())

    def test_a_way_ends_at_its_target_and_never_at_its_source(self):
        for source, target in product(steps.STATES, repeat=2):
            path = steps.get_path(source, target)
            if path:
                self.assertEqual(path[-1], target)
                self.assertNotIn(source, path)
            if source == target:
                self.assertEqual(path, ())

    def test_core_is_followed_and_a_fitting_state_kept(self):
        for current, core in product((*steps.STATES, False), steps.FIRST_OF_CORE):
            state = steps.follow_core(current, core, True, False)
            self.assertEqual(steps.CORE_STATE[state], core)
            if steps.CORE_STATE.get(current) == core and current != "delivered":
                self.assertEqual(state, current)

    def test_delivery_and_arrival_decide(self):
        self.assertEqual(steps.follow_core(False, "draft", False, False), "appointment")
        self.assertEqual(steps.follow_core(False, "draft", True, False), "received")
        self.assertEqual(steps.follow_core("ready", "done", True, True), "delivered")
        self.assertEqual(steps.follow_core("delivered", "done", True, False), "ready")
        self.assertEqual(steps.follow_core("ready", "cancel", True, True), "cancelled")

    def test_state_before(self):
        self.assertIsNone(steps.get_before("appointment"))
        self.assertIsNone(steps.get_before("cancelled"))
        self.assertEqual(steps.get_before("delivered"), "ready")
