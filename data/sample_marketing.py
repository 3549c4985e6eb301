"""Marketing of the sample dealership: a campaign, an event, members, a promotion."""

from datetime import datetime, time, timedelta

import pytz
from odoo.fields import Command

ZONE = pytz.timezone("Asia/Shanghai")
PLAN = {
    "market_analysis": "城东新区家庭用户增多，周边两家竞品本月上市新款插混车型。",
    "strategy": "老客户带新客户试驾，到店有礼；以到店和试驾为主要目标。",
    "creative": "“秋日开远一点”：两个周末的试乘试驾与亲子采摘。",
}
BUDGET = (
    # category, name, planned, actual
    ("advertising", "本地电台与社区灯箱", 40000, 38600),
    ("venue", "场地布置与采摘门票", 30000, 31200),
    ("gift", "到店礼与试驾礼", 20000, 21400),
    ("print", "邀请函与海报", 10000, 8800),
)
TASKS = (
    # phase, name, login, due in days
    ("prepare", "确定试驾路线与车辆", "sales1", -6),
    ("promote", "向老客户发出邀请", "care1", -3),
    ("execute", "现场接待与登记", "front1", 2),
    ("follow_up", "活动后三日内回访", "care1", 9),
)


def load(env, companies, users, today):
    """Fill the first branch's marketing."""
    branch = companies[0]
    campaign = _make_campaign(env, branch, users, today)
    customers = env["res.partner"].search(
        [("file_state", "!=", False), ("company_id", "in", (branch.id, False))],
        limit=6,
    )
    _make_event(env, branch, users, today, campaign, customers)
    _make_members(env, branch, today, customers)
    env["dealer.promotion"].create(
        {
            "name": "秋季养护工时八折",
            "percent": 20,
            "scope": "labor",
            "place": "repair",
            "date_start": today - timedelta(days=10),
            "date_end": today + timedelta(days=30),
            "campaign_id": campaign.id,
            "company_id": branch.id,
        }
    )
    models = env["fleet.vehicle.model"].search([], limit=3)
    env["dealer.interest"].create(
        [
            {
                "partner_id": customer.id,
                "vehicle_model_id": models[number % len(models)].id,
                "strength": str(1 + number % 3),
                "origin": "imported" if number % 2 else "entered",
                "company_id": branch.id,
            }
            for number, customer in enumerate(customers)
        ]
    )


def _make_campaign(env, branch, users, today):
    campaign = env["utm.campaign"].create(
        {
            "title": "秋季试驾周末",
            "company_id": branch.id,
            "user_id": users["salesmgr"].id,
            "date_begin": today - timedelta(days=7),
            "date_end": today + timedelta(days=7),
            "goal_leads": 20,
            "goal_visits": 40,
            "goal_orders": 4,
            "goal_revenue": 600000,
            "member_ids": [users[name].id for name in ("sales1", "care1", "front1")],
            "margin_entered": 130000,
            "budget_ids": _list_budget(),
            "task_ids": _list_tasks(users, today),
            **PLAN,
        }
    )
    campaign.with_user(users["salesmgr"]).action_submit()
    campaign.with_user(users["gm"]).action_approve()
    campaign.with_user(users["salesmgr"]).action_start()
    leads = env["crm.lead"].search(
        [("company_id", "=", branch.id), ("campaign_id", "=", False)], limit=8
    )
    leads.write({"campaign_id": campaign.id})
    return campaign


def _list_budget():
    return [
        Command.create(
            {
                "category": category,
                "name": name,
                "amount_planned": planned,
                "amount_actual": actual,
            }
        )
        for category, name, planned, actual in BUDGET
    ]


def _list_tasks(users, today):
    return [
        Command.create(
            {
                "phase": phase,
                "name": name,
                "user_id": users[login].id,
                "date_due": today + timedelta(days=days),
            }
        )
        for phase, name, login, days in TASKS
    ]


def _make_event(env, branch, users, today, campaign, customers):
    start = ZONE.localize(datetime.combine(today + timedelta(days=5), time(14)))
    event = env["dealer.club.event"].create(
        {
            "name": "车主沙龙：冬季行车安全",
            "kind": "salon",
            "date_begin": start.astimezone(pytz.utc).replace(tzinfo=None),
            "place": "展厅二层活动区",
            "seats": 30,
            "user_id": users["care1"].id,
            "campaign_id": campaign.id,
            "company_id": branch.id,
        }
    )
    event.action_open()
    for customer in customers[:4]:
        env["dealer.club.registration"].create(
            {"event_id": event.id, "partner_id": customer.id}
        )


def _make_members(env, branch, today, customers):
    for level, customer, days in (
        ("gold", customers[0], 100),
        ("silver", customers[1], 340),
        ("silver", customers[2], 370),
    ):
        env["dealer.membership"].create(
            {
                "partner_id": customer.id,
                "level_id": env.ref(f"dealer_aftersales.membership_level_{level}").id,
                "date_start": today - timedelta(days=days),
                "company_id": branch.id,
            }
        )
    branch.write({"points_system": "own"})
    env["dealer.points.line"].create(
        [
            {
                "partner_id": customer.id,
                "points": 100 * number,
                "note": "开业老客户赠送",
                "company_id": branch.id,
            }
            for number, customer in enumerate(customers[:3], 1)
        ]
    )
