"""The showroom's last weeks: rota, registers, steps of the leads, reports, plans."""

from datetime import datetime, time, timedelta

import pytz
from odoo import fields
from odoo.fields import Command

ZONE = pytz.timezone("Asia/Shanghai")
DAYS_BACK = 20
#: Consultants of each branch, in the order of its rota.
TEAMS = (("sales1", "sales2"), ("sales3",))
POSTS = ("门口", "洽谈区")
VISITORS = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华"
FORMS = ("先生", "女士")
PURPOSES = ("look", "look", "consult", "buy", "look", "service", "consult", "delivery")
RESULTS = ("interested", "quoted", "left", "interested")
TALKS = (
    "看了展车，关注油耗和后排空间",
    "询问分期方案，留了电话",
    "路过看看，暂无购车计划",
    "对比两款配置，约周末再来",
    "带家人一起看车，试坐后排",
)
CALLS = ("电话咨询现车颜色", "问置换补贴政策", "询问保养价格", "问周末是否营业")
STEPS = {
    "O": "order",
    "H": "negotiation",
    "A": "test_drive",
    "B+": "product",
    "B": "needs",
    "C": "archived",
}
NEEDS = (
    ("家用通勤，接送孩子", "夫妻两人", "空间大、油耗低", "担心保养费用"),
    ("周末自驾出游", "本人", "后备箱大、动力足", "希望家人觉得体面"),
    ("公司用车，兼顾家用", "本人和司机", "舒适、可靠", "在意品牌形象"),
)
TARGETS = {
    "visit": 40,
    "contact": 120,
    "filed": 18,
    "test_drive": 12,
    "order": 6,
    "delivery": 5,
}


def load(env, companies, users, today):
    """Three weeks of a showroom; today's visitors come in by turn."""
    for company, logins in zip(companies, TEAMS, strict=True):
        team = [users[login] for login in logins]
        branch = env(context={**env.context, "allowed_company_ids": company.ids})
        _make_rotas(branch, company, team, today)
        _make_register(branch, company, team, today)
        _make_plans(branch, company, team, today)
    _move_leads(env)
    _analyse_needs(env)
    _close_deals(env, users)
    _plan_day(env, users, today)


def load_evening(env, companies, users, today):
    """What is written at the end of a day; after all contacts are there."""
    for company, logins in zip(companies, TEAMS, strict=True):
        for days in (3, 2, 1):
            day = today - timedelta(days=days)
            for login in logins:
                _report_day(env, users[login], users["salesmgr"], company, day, days)
        env["dealer.daily.brief"].with_user(users["salesmgr"]).create(
            {
                "date": today,
                "company_id": company.id,
                "arrangement": "上午各跟进两位H级客户，下午清点展车；晚间18:00夕会。",
            }
        )
        env["dealer.contact"]._plan_thanks(company)


def _make_rotas(env, company, team, today):
    rotas = env["dealer.rota"]
    for offset in range(-DAYS_BACK, 2):
        rotas |= rotas.create(
            {
                "date": today + timedelta(days=offset),
                "company_id": company.id,
                "line_ids": [
                    Command.create(
                        {"user_id": user.id, "sequence": n, "position": POSTS[n % 2]}
                    )
                    for n, user in enumerate(team)
                ],
            }
        )
    rotas.filtered(lambda rota: rota.date <= today).action_confirm()


def _make_register(env, company, team, today):
    """Past days are written down; today the first have left, the last are here."""
    models = env["fleet.vehicle.model"].search([])
    channels = env["dealer.lead.channel"].search([])
    rows, number = [], company.id * 1000
    for offset in range(-DAYS_BACK, 1):
        day = today + timedelta(days=offset)
        for turn in range(3 + (day.toordinal() + company.id) % 4):
            number += 1
            row = _prepare_visit(number, turn, day, team[turn % len(team)])
            row |= {
                "company_id": company.id,
                "vehicle_model_id": models[number % len(models)].id,
                "lead_channel_id": channels[number % len(channels)].id,
            }
            rows.append(row)
        rows.append(_prepare_call(number, day, team[0]) | {"company_id": company.id})
    now = fields.Datetime.now()
    rows = [row for row in rows if row.get("date_left", row["date"]) < now]
    present = _prepare_present(number, now, team[0])
    env["dealer.contact"].create(
        rows + [row | {"company_id": company.id} for row in present]
    )


def _prepare_present(number, now, user):
    """At whatever hour the sample is loaded: one visitor is served, one waits."""
    here = {"visit_result": False, "date_left": False}
    for offset, minutes in enumerate((25, 5), 1):
        start = now - timedelta(minutes=minutes)
        row = _prepare_visit(number + offset, 0, start.date(), user)
        row |= here | {"date": start, "purpose": "look", "content": False}
        served = offset == 1 and start + timedelta(minutes=4)
        yield row | {"date_served": served}


def _prepare_visit(number, turn, day, user):
    start = _to_utc(datetime.combine(day, time(9 + turn, number * 7 % 60)))
    has_phone = number % 5 < 3
    return {
        "channel": "visit",
        "direction": "in",
        "purpose": PURPOSES[number % len(PURPOSES)],
        "date": start,
        "date_served": start + timedelta(minutes=3),
        "date_left": start + timedelta(minutes=20 + number % 40),
        "user_id": user.id,
        "party_size": 1 + number % 3,
        "visitor_name": _get_name(number),
        "visitor_phone": f"15902{number % 1000000:06d}" if has_phone else False,
        "is_read_back": has_phone,
        "consent_answer": "given" if has_phone and number % 2 else "not_asked",
        "visit_result": RESULTS[number % len(RESULTS)],
        "content": TALKS[number % len(TALKS)],
    }


def _prepare_call(number, day, user):
    return {
        "channel": "phone",
        "direction": "in",
        "purpose": "consult",
        "date": _to_utc(datetime.combine(day, time(16, number % 60))),
        "user_id": user.id,
        "visitor_name": _get_name(number + 11),
        "visitor_phone": f"15903{number % 1000000:06d}",
        "is_read_back": True,
        "content": CALLS[number % len(CALLS)],
    }


def _get_name(number):
    return VISITORS[number * 5 % len(VISITORS)] + FORMS[number % 2]


def _make_plans(env, company, team, today):
    env["dealer.plan"].create(
        [
            {
                "user_id": user.id,
                "company_id": company.id,
                "period": "month",
                "date_from": today.replace(day=1),
                "line_ids": [
                    Command.create({"measure": key, "target": target})
                    for key, target in TARGETS.items()
                ],
            }
            for user in team
        ]
    )


def _move_leads(env):
    """Each lead stands where a customer of its grade usually is."""
    leads = env["crm.lead"].with_context(tracking_disable=True)
    source = env.ref("dealer_crm.source_showroom")
    for code, step in STEPS.items():
        stage = env.ref(f"dealer_crm.stage_{step}")
        found = leads.search([("grade_id.code", "=", code)])
        found.write(
            {"budget_min": 120000, "budget_max": 180000, "source_id": source.id}
        )
        found.write({"stage_id": stage.id})


def _analyse_needs(env):
    leads = env["crm.lead"].search(
        [("stage_id", "=", env.ref("dealer_crm.stage_negotiation").id)], limit=12
    )
    for number, lead in enumerate(leads):
        use, drivers, stated, hidden = NEEDS[number % len(NEEDS)]
        env["dealer.needs.analysis"].create(
            {
                "lead_id": lead.id,
                "user_id": lead.user_id.id,
                "use_note": use,
                "drivers": drivers,
                "stated_needs": stated,
                "hidden_needs": hidden,
                "is_read_back": True,
                "line_ids": [
                    Command.create(
                        {
                            "vehicle_model_id": lead.vehicle_model_id.id,
                            "reason": "空间和预算都合适",
                        }
                    )
                ],
            }
        )


def _close_deals(env, users):
    """Last week's won and lost leads, for the weekly session."""
    leads = env["crm.lead"].with_context(tracking_disable=True)
    open_leads = leads.search([("user_id", "=", users["sales1"].id)], order="id")
    open_leads = open_leads.filtered(lambda lead: not lead.grade_missing)
    reasons = env["crm.lost.reason"].search([])
    for number, lead in enumerate(open_leads[:4]):
        lead.action_set_lost(lost_reason_id=reasons[number % len(reasons)].id)
    for lead in open_leads[4:7]:
        lead.action_set_won()
    ordered = env.company.grade_ladder_id.grade_ids.filtered("is_order")
    open_leads[7:].filtered("phone")[:2].write(
        {
            "grade_id": ordered.id,
            "grade_reason": "已签合同，等待交车",
            "stage_id": env.ref("dealer_crm.stage_order").id,
        }
    )


def _plan_day(env, users, today):
    """Two test drives and two promised answers wait for the first consultant."""
    user = users["sales1"]
    leads = env["crm.lead"].search(
        [("user_id", "=", user.id), ("won_status", "=", "pending")], limit=4
    )
    for number, lead in enumerate(leads[:2]):
        start = _to_utc(datetime.combine(today, time(14 + number, 0)))
        env["calendar.event"].with_context(no_mail_to_attendees=True).create(
            {
                "name": f"试乘试驾 · {lead.contact_name or lead.name}",
                "start": start,
                "stop": start + timedelta(minutes=45),
                "user_id": user.id,
                "partner_ids": [Command.set(user.partner_id.ids)],
                "opportunity_id": lead.id,
            }
        )
    for number, lead in enumerate(leads[2:]):
        env["dealer.promise"].create(
            {
                "name": ("答复置换评估价", "确认现车颜色")[number],
                "lead_id": lead.id,
                "user_id": user.id,
                "date_due": today - timedelta(days=number),
            }
        )


def _report_day(env, user, manager, company, day, days):
    report = env["dealer.daily.report"].with_user(user)
    report = report.with_context(allowed_company_ids=company.ids).create(
        {"date": day, "company_id": company.id, "summary": "按计划完成跟进与接待。"}
    )
    report.action_submit()
    if days > 1:
        read = report.with_user(manager)
        read.instruction = "继续紧跟H级客户，明日上午汇报试驾安排。"
        read.action_approve()


def _to_utc(moment):
    return ZONE.localize(moment).astimezone(pytz.utc).replace(tzinfo=None)
