"""Complaints and suggestions in every step, some of them late, of both branches."""

from datetime import timedelta

from odoo import fields

#: days ago, kind, level, channel, cause, how far, words, finding, remedy; - is empty
CASES = """
40 service normal phone process_waiting closed
    保养等了三个多小时，没有人告诉我原因 当天预约过多，未按工位排班
    赠送一次空调清洗
33 technical serious visit process_quality closed
    上周刚修的刹车异响又出现了 质检未做路试 免费返修并路试交车
26 price normal wechat process_price closed
    结算比报价多了四百元，没有人提前说明 追加项目未征得客户同意
    退还差价
21 parts normal phone part_missing closed
    配件订了两周还没有到 订货后未跟踪到货 加急订货并提供代步车
15 service normal online process_waiting confirmed
    预约了九点，十点半才接车 前台只有一名顾问 优先接车并致歉
9 technical serious phone process_quality agreed
    空调修完仍然不制冷 制冷剂泄漏点未查出 免费返修
6 service normal phone process_waiting investigated
    洗车等了一个小时 洗车工位人手不足 -
3 sales normal visit communication_promise answered
    提车时答应送的脚垫一直没有给 - -
1 technical critical phone - received
    高速上方向盘突然抖动得厉害，非常害怕 - -
0 service normal phone - received
    服务顾问说话不耐烦 - -
12 suggestion feedback sms - closed
    希望休息区增加充电插座 - -
4 suggestion feedback email - received
    建议周日也能办理保险 - -
1 need feedback wechat - received
    想了解冬季轮胎的寄存服务 - -
"""
ANSWER = "已电话向客户致歉，并告知处理人和时间"


def load(env, companies, users, today):
    """Enter the cases by the people who do so, then take their steps."""
    words = ["" if word == "-" else word for word in CASES.split()]
    cases = list(zip(*[iter(words)] * 9, strict=True))
    for company, login in zip(companies, ("care1", "care2"), strict=False):
        branch = env(context={**env.context, "allowed_company_ids": company.ids})
        taken = branch["repair.order"]
        for case in cases:
            start = fields.Datetime.now() - timedelta(days=int(case[0]), hours=1)
            repair = _find_repair(branch, company, start, taken)
            taken |= repair
            if repair:
                _enter(branch, repair, case, start, users[login])


def _find_repair(env, company, start, taken):
    """The last delivery before the complaint, each customer once."""
    return env["repair.order"].search(
        [
            ("company_id", "=", company.id),
            ("date_delivered", "<", start),
            ("vehicle_id", "!=", False),
            ("partner_id.is_company", "=", False),
            ("partner_id", "not in", taken.partner_id.ids),
        ],
        order="date_delivered desc, id",
        limit=1,
    )


def _enter(env, repair, case, start, user):
    _days, kind, level, channel, cause, goal, words, finding, remedy = case
    env = env(user=user, context={**env.context, "tracking_disable": True})
    complaint = env["dealer.complaint"].create(
        {
            "partner_id": repair.partner_id.id,
            "vehicle_id": repair.vehicle_id.id,
            "repair_id": kind in ("service", "technical", "price") and repair.id,
            "kind": kind,
            "level_id": env.ref(f"dealer_aftersales.complaint_level_{level}").id,
            "channel": channel,
            "content": words,
            "date_received": start,
            "user_id": user.id,
        }
    )
    if goal == "received":
        return
    complaint.write(
        {
            "answer": ANSWER,
            "investigation": finding,
            "cause_id": cause and env.ref(f"dealer_aftersales.cause_{cause}").id,
            "proposal": remedy,
            "remedy": remedy,
            "work_done": remedy and f"{remedy}，已完成",
            "confirmed_by": repair.partner_id.name,
            "confirm_channel": "call",
        }
    )
    complaint.write({"state": goal})
    _date_back(complaint, start)


def _date_back(complaint, start):
    """The steps of old cases were taken then, a day each."""
    moments = []
    for number, log in enumerate(complaint.sudo().log_ids.sorted("id")):
        moment = start + timedelta(hours=3 + 24 * number)
        moments.append(min(moment, fields.Datetime.now()))
        log.date = moments[-1]
    values = {"date_answered": moments[0]}
    if complaint.state in ("confirmed", "closed") and not complaint.is_feedback:
        values["date_confirmed"] = moments[-1]
    if complaint.state == "closed":
        values["date_closed"] = moments[-1]
    complaint.sudo().write(values)
