"""The workshop's day: bays, appointments, orders in every state, policies, a recall."""

from datetime import datetime, time, timedelta

import pytz
from odoo.fields import Command

ZONE = pytz.timezone("Asia/Shanghai")
BAYS = (("机修1号工位", 1), ("机修2号工位", 1), ("钣喷工位", 1))
PARTS = (
    # name, price, origin, in stock
    ("机油 5W-30 4L", 268, "original", 40),
    ("机油滤清器", 45, "original", 60),
    ("空调滤芯", 85, "equivalent", 30),
    ("前刹车片", 368, "original", 6),
    ("蓄电池 60Ah", 620, "equivalent", 4),
    ("前保险杠", 1480, "remanufactured", 0),
)
#: One open order each: how far it has come, kind, concern, work, parts.
ORDERS = (
    ("received", "general", "冷车启动有异响", (("检查发动机异响", 0.5),), ()),
    (
        "diagnosed",
        "maintenance",
        "两万公里保养",
        (("常规保养", 1.0), ("更换空调滤芯", 0.3)),
        ("机油 5W-30 4L", "机油滤清器", "空调滤芯"),
    ),
    (
        "approved",
        "accident",
        "前保险杠碰撞变形",
        (("更换前保险杠", 2.5), ("喷漆", 4.0)),
        ("前保险杠",),
    ),
    ("in_work", "general", "刹车时有尖叫声", (("更换前刹车片", 1.2),), ("前刹车片",)),
    ("quality_check", "warranty", "空调不制冷", (("检修空调系统", 2.0),), ()),
    (
        "ready",
        "maintenance",
        "常规保养",
        (("常规保养", 1.0),),
        ("机油 5W-30 4L", "机油滤清器"),
    ),
)
#: Appointments of today and tomorrow: day, hour, kind, wish.
APPOINTMENTS = (
    (0, 9, "maintenance", "常规保养，顺便检查雨刮"),
    (0, 14, "general", "方向盘跑偏"),
    (0, 16, "maintenance", "首次保养"),
    (1, 9, "maintenance", "常规保养"),
    (1, 10, "general", "更换轮胎两条"),
)
INSURERS = ("安平财产保险（示例）", "恒信保险（示例）")
PREFIXES = {"compulsory": "JQ", "commercial": "SY"}
FLOW = ("diagnosed", "approved", "in_work", "quality_check", "ready")


def load(env, companies, users, today):
    """Fill the first branch's workshop; the second one has its bays."""
    for company in companies:
        _make_bays(env, company)
    company = companies[0]
    branch = env(context={**env.context, "allowed_company_ids": company.ids})
    parts = _make_parts(branch, company)
    cars = branch["fleet.vehicle"].search(
        [
            ("trade_state", "=", "customer"),
            ("company_id", "=", company.id),
            ("owner_id.is_company", "=", False),
            ("owner_id", "!=", False),
        ],
        order="id",
        limit=60,
    )
    _forecast(branch)
    _make_orders(branch, cars[:10], parts, users, today)
    _make_appointments(branch, cars[10:20], users, today)
    _make_policies(branch, cars[20:32], today)
    _make_contracts(branch, cars[32:40], today)
    _make_recall(branch, cars[36:44], today)
    _make_declined(branch, cars[44:50], users, today)
    _make_watched(branch, cars, users, today)


def _make_bays(env, company):
    env["dealer.service.bay"].create(
        [
            {"name": name, "capacity": capacity, "company_id": company.id, "color": n}
            for n, (name, capacity) in enumerate(BAYS, 1)
        ]
    )


def _make_parts(env, company):
    products = env["product.product"].create(
        [
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "list_price": price,
                "part_origin": origin,
            }
            for name, price, origin, _stock in PARTS
        ]
    )
    warehouse = env["stock.warehouse"].search(
        [("company_id", "=", company.id)], limit=1
    )
    for product, (_name, _price, _origin, stock) in zip(products, PARTS, strict=True):
        if stock:
            env["stock.quant"]._update_available_quantity(
                product, warehouse.lot_stock_id, stock
            )
    return {product.name: product for product in products}


def _forecast(env):
    """What the night would have done: mileage forecast, services that are due."""
    env["fleet.vehicle.model"]._update_km_per_day()
    cars = env["fleet.vehicle"].search([("trade_state", "!=", False)])
    cars._update_forecast()


def _make_orders(env, cars, parts, users, today):
    advisors = (users["advisor1"], users["advisor2"])
    technicians = (users["tech1"], users["tech2"])
    for number, (state, kind, concern, work, used) in enumerate(ORDERS):
        car = cars[number]
        hour = 8 + number
        orders = env["repair.order"].with_user(advisors[number % 2])
        repair = orders.create(
            {
                "vehicle_id": car.id,
                "service_kind": kind,
                "odometer_in": int(car.odometer) + 300 + 100 * number,
                "date_in": _moment(today, hour - 1),
                "date_promised": _moment(today, hour + 6),
                "concern_ids": [Command.create({"name": concern})],
                "labor_ids": _get_labor(work, technicians[number % 2]),
                "move_ids": _get_moves(parts[name] for name in used),
            }
        )
        _advance(repair, state)


def _get_labor(work, technician):
    return [
        Command.create(
            {
                "name": name,
                "hours": hours,
                "price_unit": 150,
                "technician_id": technician.id,
            }
        )
        for name, hours in work
    ]


def _get_moves(products):
    return [
        Command.create(
            {
                "product_id": product.id,
                "product_uom_qty": 1,
                "repair_line_type": "add",
            }
        )
        for product in products
    ]


def _advance(repair, state):
    """As the advisor would do it, step by step, until the order stands at ``state``."""
    for step in FLOW[: FLOW.index(state) + 1] if state in FLOW else ():
        if step == "approved":
            _approve(repair)
        elif step == "ready":
            _inspect(repair)
        if repair.service_state != step:
            repair.service_state = step


def _approve(repair):
    repair.action_send_estimate()
    if repair.estimate_state == "to_approve":
        repair.action_estimate_approved("in_person")


def _inspect(repair):
    """Every point of the last check is in order."""
    for inspection in repair.inspection_ids.filtered(lambda i: i.kind == "quality"):
        inspection.line_ids.filtered(lambda line: not line.result).result = "ok"


def _make_appointments(env, cars, users, today):
    for number, (days, hour, kind, wish) in enumerate(APPOINTMENTS):
        day = today + timedelta(days=days)
        start = _moment(day, hour)
        env["dealer.appointment"].with_user(users["advisor1"]).create(
            {
                "vehicle_id": cars[number].id,
                "date_start": start,
                "date_stop": start + timedelta(hours=1),
                "service_kind": kind,
                "request": wish,
                "advisor_id": users[("advisor1", "advisor2")[number % 2]].id,
            }
        )
    env["dealer.appointment"].create(
        {
            "vehicle_id": cars[7].id,
            "service_kind": "maintenance",
            "request": "希望周末保养，请回电确认时间",
            "state": "requested",
            "source": "phone",
        }
    )


def _make_policies(env, cars, today):
    insurers = env["res.partner"].create(
        [{"name": name, "is_company": True} for name in INSURERS]
    )
    values = []
    for number, car in enumerate(cars):
        start = today - timedelta(days=365 - 12 * number)
        for kind, premium in (("compulsory", 950), ("commercial", 3200)):
            values.append(
                {
                    "name": f"{PREFIXES[kind]}{today.year}{car.id:06d}",
                    "kind": kind,
                    "vehicle_id": car.id,
                    "partner_id": car.owner_id.id,
                    "insurer_id": insurers[number % 2].id,
                    "date_start": start,
                    "date_end": start + timedelta(days=365),
                    "premium": premium,
                    "sold_here": number % 3 != 0,
                }
            )
    env["dealer.insurance.policy"].create(values)


def _make_contracts(env, cars, today):
    kind = env["dealer.service.contract.type"].search(
        [("kind", "=", "services")], limit=1
    ) or env["dealer.service.contract.type"].create(
        {
            "name": "基础保养套餐（2次）",
            "kind": "services",
            "service_count": 2,
            "months": 24,
        }
    )
    env["dealer.service.contract"].create(
        [
            {
                "type_id": kind.id,
                "vehicle_id": car.id,
                "partner_id": car.owner_id.id,
                "date_start": today - timedelta(days=30 * number),
            }
            for number, car in enumerate(cars)
        ]
    )


def _make_recall(env, cars, today):
    env["dealer.recall"].create(
        {
            "code": f"R{today.year}-001",
            "name": "燃油泵固定螺栓检查",
            "date": today - timedelta(days=20),
            "description": "检查并按规定力矩紧固燃油泵固定螺栓。",
            "line_ids": [
                Command.create({"vin": car.vin_sn}) for car in cars if car.vin_sn
            ],
        }
    )


def _make_declined(env, cars, users, today):
    work = (("更换前刹车片", 548), ("更换蓄电池", 720), ("四轮定位", 260))
    env["dealer.declined.work"].create(
        [
            {
                "name": work[number % 3][0],
                "amount": work[number % 3][1],
                "vehicle_id": car.id,
                "partner_id": car.owner_id.id,
                "advisor_id": users["advisor1"].id,
                "date": today - timedelta(days=40 + 10 * number),
                "date_due": today + timedelta(days=20 * (number - 2)),
                "odometer": int(car.odometer),
            }
            for number, car in enumerate(cars)
        ]
    )


def _make_watched(env, cars, users, today):
    """A young car that came back for the same fault: the Three Guarantees watch."""
    young = cars.filtered(
        lambda v: v.usage == "private"
        and v.purchase_date
        and today - timedelta(days=700) < v.purchase_date < today - timedelta(days=120)
    )[:1]
    symptom = env["dealer.symptom"].search([("is_safety", "=", False)], limit=1)
    for days, length in ((100, 9), (60, 11), (25, 7)) if young else ():
        env["repair.order"].create(
            {
                "vehicle_id": young.id,
                "service_kind": "warranty",
                "advisor_id": users["advisor1"].id,
                "date_in": _moment(today - timedelta(days=days), 9),
                "date_delivered": _moment(today - timedelta(days=days - length), 16),
                "concern_ids": [
                    Command.create({"name": "变速时顿挫", "symptom_id": symptom.id})
                ],
                "labor_ids": [Command.create({"name": "检修变速器", "hours": 3.0})],
            }
        )
    env["dealer.sanbao.watch"]._update_cars(young)


def _moment(day, hour):
    """An hour of the branch's day, in UTC as it is stored."""
    local = ZONE.localize(datetime.combine(day, time(hour)))
    return local.astimezone(pytz.utc).replace(tzinfo=None)
