# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the showroom's forms print: builders of test_prints.py."""

from odoo import Command
from odoo.tests import freeze_time

LONG = "雨花台区软件大道东侧远桥科技园区第十八幢临街商铺" * 15
EARLIER = "2026-03-05 04:00:00"
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    b"WjR9awAAAABJRU5ErkJggg=="
)


class ShowroomForms:
    """Mixin: (records, texts that must be on paper) per model, or per form.

    The first record has what is required, the second everything and long text.
    """

    def setUp(self):
        super().setUp()
        self.built = {}

    def build_once(self, name):
        """Several forms of a model print the same records."""
        if name not in self.built:
            self.built[name] = getattr(self, name)()
        return self.built[name]

    def make_entries(self, **values):
        """Two lines of a register: a name only, and a customer of the other branch."""
        customer = self.make_customer("吴二", company_id=False, street=LONG)
        full = {
            "visitor_name": "吴二",
            "visitor_phone": self.next_phone(),
            "visitor_address": LONG,
            "partner_id": customer.id,
            "vehicle_model_id": self.car_model.id,
            "company_id": self.other_branch.id,
            "user_id": self.director.id,
            "content": LONG,
        }
        bare = {"visitor_name": "周一", "company_id": self.branch.id}
        contacts = self.env["dealer.contact"].with_user(self.director)
        return contacts.create([{**values, **line} for line in (bare, full)]).sudo()

    def build_dealer_contact(self):
        return self.make_entries(channel="visit", purpose="look"), ["周一", "吴二"]

    def build_report_visitor_flow(self):
        visits, _names = self.build_once("build_dealer_contact")
        return visits, visits.company_id.mapped("name")

    def build_report_call_register(self):
        calls = self.make_entries(channel="phone", direction="in", purpose="consult")
        return calls, ["周一", "吴二", LONG]

    def build_dealer_rota(self):
        turn = {"user_id": self.consultant.id, "position": LONG, "time_from": 9}
        rotas = self.env["dealer.rota"].create(
            [
                {"company_id": self.other_branch.id},
                {
                    "company_id": self.branch.id,
                    "note": LONG,
                    "line_ids": [Command.create({**turn, "time_to": 17.5})],
                },
            ]
        )
        rotas[1].action_confirm()
        return rotas, [*rotas.company_id.mapped("name"), LONG, "17:30"]

    def build_dealer_daily_report(self):
        full = self.make_lead(name="钱二想要朗逸", contact_name="钱二", street=LONG)
        self.log_contact(full, content=LONG)
        plan = {"name": f"预约{LONG}", "lead_id": full.id, "time": 9.5}
        day = {"date": "2026-03-09", "user_id": self.consultant.id}
        reports = self.env["dealer.daily.report"].create(
            [
                {"user_id": self.manager.id},
                {**day, "instruction": LONG, "line_ids": [Command.create(plan)]},
                {
                    "user_id": self.consultant.id,
                    "summary": LONG,
                    "problem": LONG,
                    "instruction": LONG,
                },
            ]
        )
        self.env["dealer.daily.brief"].create(
            {
                "arrangement": LONG,
                "company_id": self.branch.id,
                "user_id": self.manager.id,
            }
        )
        self.env["calendar.event"].with_user(self.consultant).create(
            {
                "name": f"试驾{LONG}",
                "location": LONG,
                "start": "2026-03-10 06:00:00",
                "stop": "2026-03-10 07:00:00",
            }
        )
        bare, before, full = reports
        return bare | full | before, [self.manager.name, self.consultant.name, LONG]

    def build_report_morning_pack(self):
        reports, texts = self.build_once("build_dealer_daily_report")
        return reports, [*texts, f"试驾{LONG}", f"预约{LONG}", "14:00"]

    def build_report_evening_pack(self):
        reports, texts = self.build_once("build_dealer_daily_report")
        return reports, [*texts, "钱二"]

    def build_dealer_grade_progress(self):
        lead = self.make_lead(name="郑一想要朗逸", contact_name="郑一")
        grade = self.env.ref("dealer_crm.grade_b")
        lead.write({"grade_id": grade.id, "grade_reason": LONG})
        wizards = self.env["dealer.grade.progress"].with_user(self.director)
        values = [{"month": "2020-01-01"}, {"user_ids": self.consultant.ids}]
        return wizards.create(values), ["2020-01", "2026-03", "郑一", LONG]

    def build_dealer_grade_review(self):
        values = {
            "user_id": self.consultant.id,
            "company_id": self.branch.id,
            "counted_on": EARLIER,
        }
        grade = self.env.ref("dealer_crm.grade_b")
        line = {"grade_id": grade.id, "lead_count": 4711, "overdue_count": 3}
        reviews = self.env["dealer.grade.review"].create(
            [
                {**values, "month": "2026-01-01"},
                {
                    **values,
                    "month": "2026-02-01",
                    "line_ids": [Command.create(line)],
                    "findings": LONG,
                    "consultant_confirmed_on": EARLIER,
                    "manager_confirmed_on": EARLIER,
                    "manager_id": self.manager.id,
                },
                {**values, "month": "2026-02-01", "company_id": self.other_branch.id},
            ]
        )
        return reviews, [self.consultant.name, self.manager.name, "4711", LONG]

    def build_dealer_needs_analysis(self):
        bare = self.make_lead(contact_name="冯一")
        full = self.make_lead(contact_name="陈二")
        model = {"vehicle_model_id": self.car_model.id, "reason": LONG}
        analyses = self.env["dealer.needs.analysis"].create(
            [
                {"lead_id": bare.id, "stated_needs": "安静"},
                {
                    "lead_id": full.id,
                    "usage": "private",
                    "use_note": LONG,
                    "drivers": LONG,
                    "budget_min": 90000,
                    "budget_max": 150000,
                    "payment_way": "instalment",
                    "purchase_date_expected": "2026-05-01",
                    "vehicle_id": self.make_car(license_plate="苏A30003").id,
                    "has_trade_in": True,
                    "competitor": LONG,
                    "stated_needs": LONG,
                    "hidden_needs": LONG,
                    "key_questions": LONG,
                    "line_ids": [Command.create(model)],
                    "is_read_back": True,
                },
            ]
        )
        return analyses, ["冯一", "陈二", "安静", "苏A30003", LONG]

    def build_dealer_sales_session(self):
        lead = self.make_lead(name="褚二想要朗逸")
        with freeze_time(EARLIER):
            lead.action_set_lost(
                lost_reason_id=self.env["crm.lost.reason"].create({"name": LONG}).id
            )
        measure = {"user_id": self.manager.id, "date_due": "2026-03-20"}
        sessions = self.env["dealer.sales.session"].create(
            [
                {"company_id": self.other_branch.id, "week_start": "2026-03-02"},
                {
                    "company_id": self.branch.id,
                    "week_start": "2026-03-02",
                    "user_id": self.manager.id,
                    "attendee_ids": [Command.set(self.consultant.ids)],
                    "minutes": LONG,
                    "lessons": LONG,
                    "action_ids": [Command.create({**measure, "name": f"措施{LONG}"})],
                },
            ]
        )
        sessions[1].line_ids.note = LONG
        return sessions, ["褚二想要朗逸", self.manager.name, f"措施{LONG}"]

    def build_dealer_appointment(self):
        """A visit of each branch: what is required, and everything."""
        self.other_branch.resource_calendar_id = False
        bay = {"name": LONG, "company_id": self.other_branch.id}
        wash = self.env.ref("dealer_aftersales.service_option_wash")
        north = self.make_car(license_plate="苏A30012", company_id=self.other_branch.id)
        visits = self.env["dealer.appointment"].create(
            [
                {
                    "vehicle_id": self.make_car(license_plate="苏A30011").id,
                    "company_id": self.branch.id,
                    "date_start": "2026-04-01 02:00:00",
                },
                {
                    "vehicle_id": north.id,
                    "partner_id": self.make_customer("沈二", company_id=False).id,
                    "company_id": self.other_branch.id,
                    "bay_id": self.env["dealer.service.bay"].create(bay).id,
                    "advisor_id": self.director.id,
                    "date_start": "2026-04-01 02:00:00",
                    "request": LONG,
                    "option_ids": [Command.set(wash.ids)],
                },
            ]
        )
        return visits, ["苏A30011", "苏A30012", "沈二", "10:00", LONG]

    def build_dealer_push_line(self):
        bare = self.make_customer("卫一", street="后街一号")
        full = self.make_customer("蒋二", gender="female", city="南京", street=LONG)
        self.make_car(owner_id=full.id)
        push = self.env["dealer.push"].create(
            {
                "name": LONG,
                "partner_ids": [Command.set((bare | full).ids)],
                "channel": "letter",
                "template_id": self.env.ref("dealer_crm.mail_template_promotion").id,
                "company_id": self.branch.id,
            }
        )
        push.action_preview()
        return push.line_ids.sorted("id"), ["卫一", "蒋二", LONG]

    def build_report_service_plan(self):
        """A car nothing is known of, and one with a plan and long item names."""
        item = {"name": f"机油{LONG}", "is_main": True, "months": 6, "km": 10000}
        self.env["dealer.maintenance.plan"].create(
            {
                "name": "长计划",
                "model_ids": [Command.set(self.car_model.ids)],
                "line_ids": [Command.create({**item, "price": 480})],
            }
        )
        customer = self.make_customer("杨二", company_id=False)
        bare = self.make_car(company_id=self.branch.id)
        full = self.make_car(
            owner_id=customer.id,
            license_plate="苏A30009",
            origin="own_sale",
            purchase_date="2026-01-10",
            company_id=self.branch.id,
        )
        north = self.make_car(company_id=self.other_branch.id)
        return bare | full | north, [bare.vin_sn, "苏A30009", "杨二", f"机油{LONG}"]

    def build_dealer_sanbao_watch(self):
        """A car with one short repair, and one with a long story."""
        cars = self.env["fleet.vehicle"]
        for plate, name in (("苏A30021", "沈一"), ("苏A30022", "韩二")):
            owner = self.make_customer(name, company_id=False)
            cars |= self.make_car(
                owner_id=owner.id,
                license_plate=plate,
                usage="private",
                purchase_date="2025-10-01",
            )
        self.make_repair(
            "2025-11-01 04:00:00", vehicle_id=cars[0].id, service_kind="warranty"
        )
        for month in ("2025-11", "2025-12", "2026-01", "2026-02"):
            self.make_repair(
                f"{month}-20 04:00:00",
                vehicle_id=cars[1].id,
                date_in=f"{month}-12 04:00:00",
                service_kind="warranty",
                concern_ids=[Command.create({"name": f"变速箱异响{LONG}"})],
            )
        watch = self.env["dealer.sanbao.watch"]
        watch._update_cars(cars)
        rows = watch.search([("vehicle_id", "in", cars.ids)], order="vehicle_id")
        return rows, ["苏A30021", "苏A30022", "韩二", "变速箱异响"]

    def build_report_settlement(self):
        """An order with nothing on it, one with a line of each kind per payer."""
        bare = self.make_repair(partner_id=False)
        full = self.make_repair(
            partner_id=self.make_customer("沈二", street=LONG).id,
            service_kind="accident",
            claim_number=f"案号{LONG}",
            deductible=50,
            parts_history=LONG,
        )
        lines = [{"name": LONG, "hours": 2, "price_unit": 80}]
        lines += [{"name": f"拖车{LONG}", "kind": "fee", "payer": "customer"}]
        lines += [{"name": "内部洗车", "payer": "internal"}]
        self.env["dealer.repair.labor"].create(
            [{"repair_id": full.id, **line} for line in lines]
        )
        part = self.env["product.product"].create(
            {"name": "雨刮片总成", "list_price": 9, "part_origin": "original"}
        )
        self.env["stock.move"].create(
            {
                "repair_id": full.id,
                "repair_line_type": "add",
                "product_id": part.id,
                "product_uom_qty": 2,
                "payer": "warranty",
            }
        )
        return bare | full, [bare.name, full.name, LONG, "雨刮片总成", "内部洗车"]

    def build_dealer_repair_estimate(self):
        orders, _texts = self.build_once("build_report_settlement")
        full = orders[1]
        full.action_send_estimate()
        bare = self.make_repair(
            labor_ids=[Command.create({"name": "检查", "price_unit": 1})]
        )
        bare.action_send_estimate()
        bare.action_estimate_approved("signature", signature=PIXEL, signed_by="沈一")
        estimates = (bare | full).estimate_ids
        return estimates, [*estimates.mapped("name"), LONG, "沈一"]
