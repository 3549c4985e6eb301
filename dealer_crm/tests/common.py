# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager

from odoo.addons.base.tests.common import BaseCommon
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import Form

from ..tools.vin import check_digit

#: Noon in Shanghai on a Tuesday: one day everywhere a test looks.
NOW = "2026-03-10 04:00:00"
TODAY = "2026-03-10"


def make_vin(number, head="LSVAA49J"):
    """A made-up VIN of a Chinese car of 2010 whose check digit fits."""
    vin = f"{head}0A2{number:06d}"
    return vin[:8] + check_digit(vin) + vin[9:]


class DealerCrmCase(BaseCommon):
    """Two branches with staff of each role, a model to sell, and builders."""

    #: Attribute of the class: login, group and the attribute with the branch.
    #: Made in one go, as Odoo takes a third of a second for one user alone.
    staff = {
        "consultant": ("consultant", "dealer_crm.group_sales_consultant", "branch"),
        "manager": ("manager", "dealer_crm.group_sales_manager", "branch"),
        "director": ("director", "dealer_crm.group_general_manager", "branch"),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env.company
        cls.branch.partner_id.tz = "Asia/Shanghai"
        cls.branch.grade_ladder_id = cls.env.ref("dealer_crm.ladder_default")
        cls.other_branch = cls.env["res.company"].create({"name": "Branch North"})
        cls._hire()
        cls.brand = cls.env["fleet.vehicle.model.brand"].create({"name": "Testbrand"})
        cls.car_model = cls.env["fleet.vehicle.model"].create(
            {"name": "Lavida T", "brand_id": cls.brand.id}
        )
        cls.vin_count = 700000
        cls.phone_count = 13900000000

    @classmethod
    def _hire(cls):
        values = [
            cls._prepare_user(login, groups, getattr(cls, branch))
            for login, groups, branch in cls.staff.values()
        ]
        for name, user in zip(
            cls.staff, cls.env["res.users"].create(values), strict=True
        ):
            setattr(cls, name, user)

    @classmethod
    def make_user(cls, login, groups, company=None):
        values = cls._prepare_user(login, groups, company or cls.branch)
        return cls.env["res.users"].create(values)

    @classmethod
    def _prepare_user(cls, login, groups, company):
        return {
            "login": f"test_{login}",
            "password": f"test_{login}",
            "email": "t.t@example.com",
            "name": login.title(),
            "tz": "Asia/Shanghai",
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [
                Command.set([cls.env.ref(group).id for group in groups.split(",")])
            ],
        }

    @classmethod
    def next_vin(cls):
        cls.vin_count += 1
        return make_vin(cls.vin_count)

    @classmethod
    def next_phone(cls):
        cls.phone_count += 1
        return str(cls.phone_count)

    @classmethod
    def make_customer(cls, name="Wang Testa", **values):
        values.setdefault("phone", cls.next_phone())
        return cls.env["res.partner"].create(
            {"name": name, "file_state": "draft", **values}
        )

    @classmethod
    def make_car(cls, **values):
        values.setdefault("vin_sn", cls.next_vin())
        return cls.env["fleet.vehicle"].create(
            {"model_id": cls.car_model.id, "trade_state": "customer", **values}
        )

    @classmethod
    def make_lead(cls, **values):
        """A lead with name, phone and model: a grade is possible."""
        defaults = {
            "name": "Asks for a Lavida",
            "type": "opportunity",
            "contact_name": "Zhao Testa",
            "phone": cls.next_phone(),
            "vehicle_model_id": cls.car_model.id,
            "user_id": cls.consultant.id,
            "company_id": cls.branch.id,
            "stage_id": cls.env.ref("dealer_crm.stage_contact").id,
        }
        return cls.env["crm.lead"].create(defaults | values)

    def log_contact(self, lead, user=None, **values):
        """Log a contact as the client does; by the lead's consultant."""
        contacts = self.env["dealer.contact"].with_user(user or self.consultant)
        values.setdefault("content", "Asked when he comes")
        return contacts.create({"lead_id": lead.id, **values})

    def enter_by_form(self, user, model, view, values, **context):
        """Fill a form field by field as ``user`` and save it."""
        records = self.env[model].with_user(user).with_context(**context)
        with Form(records, view=view) as form:
            for name, value in values.items():
                setattr(form, name, value)
        return form.record

    def enter_by_import(self, user, model, values, **context):
        """Import one row as ``user``; returns (record, messages)."""
        records = self.env[model].with_user(user).with_context(**context)
        result = records.load(list(values), [list(values.values())])
        texts = "\n".join(message["message"] for message in result["messages"])
        return records.browse(result["ids"] or []), texts

    @contextmanager
    def assert_refused(self, error, pattern):
        """Like assertRaisesRegex, but what was done before the refusal is undone."""
        with self.assertRaises(error) as caught:
            yield caught
        self.assertRegex(str(caught.exception), pattern)

    def call(self, user, model, method, *args, **kwargs):
        """Call a public method over the door that RPC clients use.

        ``model`` is a name, or an empty recordset that brings its context along.
        """
        records = self.env[model] if isinstance(model, str) else model
        return call_kw(records.with_user(user), method, args, kwargs)

    def tracked(self, records):
        """The records as outside of tests: their changes go to the chatter."""
        self.env.cr.precommit.run()  # what was made until here is no change
        return records.with_context(tracking_disable=False, mail_notrack=False)

    def get_tracked_values(self, record):
        """(field, old, new) of the record's chatter as text, oldest first."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        values = record.sudo().message_ids.tracking_value_ids.sorted("id")
        return [
            (
                value.field_id.name,
                value.old_value_char or "",
                value.new_value_char or "",
            )
            for value in values
        ]

    def assert_owner_lines(self, car, expected):
        """``expected``: (partner, from, to) of the owner lines, oldest first."""
        lines = car.party_ids.filtered(lambda p: p.role == "owner").sorted("id")
        self.assertEqual(
            [
                (
                    line.partner_id,
                    line.date_from and str(line.date_from),
                    line.date_to and str(line.date_to),
                )
                for line in lines
            ],
            expected,
        )
