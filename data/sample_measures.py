"""Corrective and preventive measures of the first branch, in each state, and a plan."""

from datetime import timedelta

from odoo.fields import Command

MODEL = "dealer.corrective.action"
ROLES = {
    "svcmgr": "service_manager",
    "advisor1": "service_advisor",
    "care1": "customer_relations",
    "tech1": "technical_expert",
}
#: how far it came, problem, days begun before today, days to its due date, words
MEASURES = (
    (
        "draft",
        "price",
        2,
        20,
        "结算前逐项向客户说明费用",
        "service_level",
        "客户取车时才知道费用比预估高。",
        "接待时只说总价，追加项目没有逐项说明。",
        "每次追加项目先打电话确认，结算时对照报价逐项说明。",
    ),
    (
        "submitted",
        "parts_missing",
        6,
        14,
        "常用备件设最低库存",
        "product",
        "多位客户因缺件二次到店。",
        "机油滤清器、刹车片没有最低库存。",
        "备件主管每周一核对二十种常用备件，低于最低库存当天订货。",
    ),
    (
        "running",
        "wait_time",
        25,
        -4,
        "上午预约错峰，等待超过半小时主动告知",
        "after_sales",
        "上午九点到十点客户集中，等待时间长。",
        "预约没有按工位能力分配。",
        "每个时段最多预约三台；服务顾问在约定时间前十五分钟告知进度。",
    ),
    (
        "done",
        "not_fixed",
        40,
        -8,
        "制动维修后必须路试",
        "after_sales",
        "制动异响的车交车后仍有异响。",
        "维修后没有路试，质检只看了安装。",
        "制动类维修完工后由质检员路试并签字。",
    ),
)


def load(env, companies, users, today):
    """A plan with measures, drawn from the callbacks that named the problem."""
    company = companies[0]
    branch = env(
        context={**env.context, "allowed_company_ids": company.ids},
        user=users["care1"].id,
    )
    plan = branch["dealer.improvement.plan"].create(
        {
            "name": "提升维修满意度",
            "goal": "两个季度内“对本次维修满意度”达到 4.6 分。",
            "date_from": today.replace(day=1) - timedelta(days=31),
            "date_to": today + timedelta(days=90),
            "question_id": env.ref("dealer_aftersales.survey_question_overall").id,
            "target": 4.6,
            "company_id": company.id,
        }
    )
    for row in MEASURES:
        measure = _make_measure(branch, company, users, today, row)
        measure.plan_id = plan
        _move(measure, users, row[0])
    env[MODEL].with_context(lang=users["svcmgr"].lang)._propose_for_month(
        company, (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    )


def _make_measure(env, company, users, today, row):
    _state, code, begun, due, name, category, problem, analysis, text = row
    issue = env["dealer.callback.issue"].search([("code", "=", code)])
    calls = env["dealer.callback"].search(
        [("company_id", "=", company.id), ("issue_ids", "in", issue.ids)], limit=3
    )
    measure = env[MODEL]._make_from(
        company,
        callbacks=calls,
        name=name,
        category=category,
        issue_id=issue.id,
        cause_id=False,
        effect_kind="issue",
        description=problem,
        analysis=analysis,
        measure_text=text,
        responsible_id=users["advisor1"].id,
        supervisor_id=users["svcmgr"].id,
        date_due=today + timedelta(days=due),
        member_ids=[
            Command.create({"user_id": users[login].id, "role": role})
            for login, role in ROLES.items()
        ],
    )
    measure.sudo().date_begun = today - timedelta(days=begun)
    return measure


def _move(measure, users, state):
    """Each step by its person, as the days went."""
    if state == "draft":
        return
    measure.action_submit()
    if state == "submitted":
        return
    measure.with_user(users["gm"]).action_approve()
    progress = measure.env["dealer.corrective.action.progress"]
    progress.with_user(users["advisor1"]).create(
        {"action_id": measure.id, "percent": 50, "text": "已在早会上布置，本周试行"}
    )
    if state == "running":
        return
    measure.with_user(users["advisor1"]).action_done()
