# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from dateutil.relativedelta import relativedelta
from lxml import etree
from odoo.tests import tagged
from odoo.tools.safe_eval import datetime, safe_eval, time

from .common import DealerCrmCase

ROLES = (
    "group_sales_consultant",
    "group_sales_manager",
    "group_general_manager",
    "group_dealer_user",
)
FOR_ALL = (
    "res.partner",
    "fleet.vehicle",
    "dealer.vehicle.party",
    "dealer.contact",
    "fleet.vehicle.odometer",
)
READ_VIEWS = {"list", "kanban", "form", "activity", "calendar"}


class Client:
    """Asks the server what the web client asks when a user opens an action."""

    def __init__(self, case, user, action):
        self.case, self.user, self.action = case, user, action
        self.model = action["res_model"]
        context = {"uid": user.id, "active_id": False, "active_ids": []}
        self.context = safe_eval(action["context"] or "{}", context)
        self.domain = safe_eval(action["domain"] or "[]", context)
        search_view = action["search_view_id"] or [False]
        views = [*action["views"], (search_view[0], "search")]
        answer = self.call("get_views", views, {"toolbar": True})
        self.fields = {
            model: description["fields"]
            for model, description in answer["models"].items()
        }
        self.archs = {
            kind: etree.fromstring(view["arch"])
            for kind, view in answer["views"].items()
        }

    def call(self, method, *args, **kwargs):
        records = self.case.env[self.model].with_context(**self.context)
        return self.case.call(self.user, records, method, *args, **kwargs)

    def open_all(self):
        """Open each view; returns how many records the lists showed."""
        for kind, arch in self.archs.items():
            if kind in READ_VIEWS:
                self.read_records(kind, arch)
            elif kind in ("pivot", "graph"):
                self.aggregate(arch)
            else:
                self.use_filters(arch)
        if self.context.get("group_by"):
            self.call("web_read_group", self.domain, self.context["group_by"])
        return self.call("search_count", self.domain)

    def read_records(self, kind, arch):
        specification = self.specify(arch, self.model)
        found = self.call("web_search_read", self.domain, specification, limit=80)
        if kind == "form":
            if arch.get("create", "1").lower() not in ("0", "false"):
                self.call("onchange", [], {}, [], specification)
            for values in found["records"][:1]:
                self.call("web_read", [values["id"]], specification)

    def specify(self, arch, model):
        specification = {}
        for node in self.own_fields(arch):
            field = self.fields[model][node.get("name")]
            specification[node.get("name")] = values = {}
            if field["type"] in ("one2many", "many2many"):
                values["fields"] = {"display_name": {}}
                for subview in node.iterchildren("list", "kanban", "form"):
                    values["fields"] |= self.specify(subview, field["relation"])
            elif field["type"] == "many2one":
                values["fields"] = {"display_name": {}}
        return specification

    def own_fields(self, arch):
        """Field nodes of this view, not those of the lists inside it."""
        inside = {
            node
            for field in arch.iter("field")
            for node in field.iterdescendants("field")
        }
        return [node for node in arch.iter("field") if node not in inside]

    def aggregate(self, arch):
        groupby, aggregates = [], ["__count"]
        for node in arch.iter("field"):
            name = node.get("name")
            if node.get("type") == "measure":
                aggregates.append(f"{name}:sum")
            elif self.fields[self.model][name]["type"] in ("date", "datetime"):
                groupby.append(f"{name}:{node.get('interval', 'month')}")
            else:
                groupby.append(name)
        self.call("formatted_read_group", self.domain, groupby, aggregates)

    def use_filters(self, arch):
        for node in arch.iter("filter"):
            if node.get("domain"):
                self.call("search_count", self.evaluate(node.get("domain")))
            group = self.evaluate(node.get("context") or "{}").get("group_by")
            if group:
                self.group(group)

    def group(self, group):
        kind = self.fields[self.model][group.split(":")[0]]["type"]
        if kind == "properties":  # the client offers each property, not the field
            return
        if kind in ("date", "datetime") and ":" not in group:
            group += ":month"
        self.call("formatted_read_group", self.domain, [group], ["__count"])

    def evaluate(self, text):
        return safe_eval(
            text,
            {
                "uid": self.user.id,
                "context_today": date.today,
                "datetime": datetime,
                "relativedelta": relativedelta,
                "time": time,
                "context": {},
            },
        )


@tagged("post_install", "-at_install")
class TestActionsOpen(DealerCrmCase):
    """BRF-03: every action opens for every role that has the menu."""

    def get_actions(self, user):
        root = self.env.ref("dealer_crm.dealer_menu_root")
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        actions, waiting = [], [root.id] if root.id in menus else []
        while waiting:
            menu = menus[waiting.pop()]
            waiting += menu["children"]
            if menu["action_model"] == "ir.actions.act_window":
                action = self.env["ir.actions.act_window"].browse(menu["action_id"])
                actions.append(action._get_action_dict())
        return actions

    def open_actions(self, group, company):
        user = self.make_user(f"{group}_{company.id}", f"dealer_crm.{group}", company)
        shown = {}
        for action in self.get_actions(user):
            shown[action["res_model"]] = Client(self, user, action).open_all()
        return shown

    def fill(self, user):
        lead = self.make_lead(
            grade_id=self.env.ref("dealer_crm.grade_a").id,
            partner_id=self.make_customer().id,
            user_id=user.id,
            next_contact_date="2020-01-01",
        )
        self.env["dealer.contact"].create(
            [
                {"lead_id": lead.id, "user_id": user.id},
                {"partner_id": lead.partner_id.id, "user_id": user.id},
            ]
        )
        lead.next_contact_date = "2020-01-01"
        car = self.make_car(owner_id=lead.partner_id.id)
        self.env["fleet.vehicle.odometer"].create({"vehicle_id": car.id, "value": 9})
        self.env["dealer.approval.log"].create(
            {
                "res_model": "crm.lead",
                "res_id": lead.id,
                "state_to": "submitted",
                "user_id": user.id,
                "company_id": self.branch.id,
            }
        )

    def test_each_role_opens_its_actions_with_data(self):
        self.fill(self.consultant)
        seen = {}
        for group in ROLES:
            shown = self.open_actions(group, self.branch)
            seen[group] = set(shown)
            for model in FOR_ALL:
                # staff without a role sees its own entries of the ledger only
                expected = (group, model) != ("group_dealer_user", "dealer.contact")
                self.assertEqual(bool(shown[model]), expected, f"{model} for {group}")
        self.assertNotIn("dealer.grade.ladder", seen["group_sales_consultant"])
        self.assertIn("dealer.grade.ladder", seen["group_sales_manager"])
        self.assertIn("dealer.approval.log", seen["group_general_manager"])
        self.assertNotIn("crm.lead", seen["group_dealer_user"])

    def test_consultant_opens_his_own_leads(self):
        """Lists of special work (referrals, grades due) may be empty."""
        self.fill(self.consultant)
        filled = {
            self.env.ref(f"dealer_crm.{name}").id
            for name in (
                "crm_lead_action_dealer",
                "crm_lead_action_due",
                "crm_lead_action_drawers",
                "dealer_grade_log_action",
            )
        }
        for action in self.get_actions(self.consultant):
            if action["res_model"] in ("crm.lead", "dealer.grade.log"):
                shown = Client(self, self.consultant, action).open_all()
                self.assertTrue(shown or action["id"] not in filled, action["name"])

    def test_each_role_opens_its_actions_without_data(self):
        for group in ROLES:
            shown = self.open_actions(group, self.other_branch)
            for model in ("dealer.contact", "dealer.grade.log"):
                self.assertFalse(shown.get(model))

    def test_staff_without_a_role_in_the_dealership_see_no_menu(self):
        user = self.make_user("clerk", "base.group_user,base.group_partner_manager")
        self.assertFalse(self.get_actions(user))
