# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.addons.dealer_crm.tests.common import NOW, TODAY, DealerCrmCase

__all__ = ["NOW", "TODAY", "AftersalesCase"]


GROUP = "dealer_aftersales.group_"


class AftersalesCase(DealerCrmCase):
    """Workshop and customer care staff of two branches, and builders."""

    staff = {
        **DealerCrmCase.staff,
        "care": ("care", f"{GROUP}customer_relations", "branch"),
        "care_two": ("care_two", f"{GROUP}customer_relations", "branch"),
        "advisor": ("advisor", f"{GROUP}service_advisor", "branch"),
        "technician": ("technician", f"{GROUP}technician", "branch"),
        "service_manager": ("svcmgr", f"{GROUP}service_manager", "branch"),
        "care_north": ("care_north", f"{GROUP}customer_relations", "other_branch"),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_branch.partner_id.tz = "Asia/Shanghai"
        cls.make_warehouse(cls.branch)
        cls.make_warehouse(cls.other_branch)
        # The quality check before the delivery has its own tests.
        (cls.branch | cls.other_branch).quality_check_required = False
        # So have the cause and the complaint asked for after a bad answer.
        (cls.branch | cls.other_branch).finding_required = False
        cls.survey = cls.env.ref("dealer_aftersales.survey_after_service")
        cls.overall = cls.env.ref("dealer_aftersales.survey_question_overall")
        cls.advisor_question = cls.env.ref("dealer_aftersales.survey_question_advisor")
        # The policies of the database are others' business.
        cls.env["dealer.callback.policy"].search([]).active = False
        cls.customer = cls.make_customer("Li Owner")
        cls.car = cls.make_car(owner_id=cls.customer.id, license_plate="苏A12345")
        cls.policy = cls.make_policy()

    @classmethod
    def make_warehouse(cls, company):
        """The test runner makes one for new companies, production does not."""
        warehouses = cls.env["stock.warehouse"].sudo()
        if not warehouses.search_count([("company_id", "=", company.id)]):
            warehouses.create({"name": company.name, "company_id": company.id})

    @classmethod
    def make_policy(cls, model="repair.order", date_field="date_delivered", **values):
        field = cls.env["ir.model.fields"]._get(model, date_field)
        defaults = {
            "name": "Service call",
            "model_id": field.model_id.id,
            "date_field_id": field.id,
            "date_start": "2026-01-01",
            "survey_id": cls.survey.id,
        }
        if model == "repair.order":
            defaults["domain"] = "[('state', '=', 'done')]"
        return cls.env["dealer.callback.policy"].create(defaults | values)

    @classmethod
    def make_repair(cls, delivered=None, **values):
        """A repair order; with ``delivered`` (UTC) one that is history."""
        defaults = {"vehicle_id": cls.car.id, "partner_id": cls.customer.id}
        if delivered:
            moment = fields.Datetime.to_datetime(delivered)
            defaults["date_delivered"] = moment
            defaults["date_in"] = fields.Datetime.subtract(moment, hours=3)
        return cls.env["repair.order"].create(defaults | values)

    @classmethod
    def make_repairs(cls, count, delivered="2026-03-08 04:00:00"):
        moment = fields.Datetime.to_datetime(delivered)
        return cls.env["repair.order"].create(
            [
                {
                    "vehicle_id": cls.car.id,
                    "partner_id": cls.customer.id,
                    "date_delivered": moment,
                    "date_in": fields.Datetime.subtract(moment, hours=3),
                }
                for _index in range(count)
            ]
        )

    @classmethod
    def run_policy(cls, policy=None, company=None, limit=1000):
        """What the nightly job does for one policy and one branch."""
        return (policy or cls.policy)._make_callbacks(company or cls.branch, limit)

    @classmethod
    def make_callback(cls, delivered="2026-03-07 04:00:00", **repair_values):
        """The callback of a delivered order."""
        repair = cls.make_repair(delivered, **repair_values)
        made = cls.run_policy(company=repair.company_id)
        return made.filtered(lambda callback: callback.repair_id == repair)

    def run_cron(self):
        """The scheduled action itself, as the server starts it."""
        cron = self.env.ref("dealer_aftersales.ir_cron_make_callbacks")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def snapshot(self, *policies):
        """All that must be the same however the job was run."""
        callbacks = self.env["dealer.callback"].search(
            [("policy_id", "in", [policy.id for policy in policies])]
        )
        return sorted(
            (
                callback.policy_id.id,
                callback.source_id,
                callback.cycle_key,
                str(callback.date_due),
                str(callback.date_window_end),
                callback.user_id.id,
                callback.state,
                callback.partner_id.id,
            )
            for callback in callbacks
        )
