"""What happened after the imports: callbacks made, called and answered."""

from datetime import datetime, time, timedelta

import pytz

ZONE = pytz.timezone("Asia/Shanghai")
QUESTIONS = ("overall", "advisor", "quality", "ontime", "explain", "clean")
HISTORY_DAYS = 100
SAID = (
    "发送了车型配置表，客户在和家人商量",
    "询问置换补贴，约本周末到店看车",
    "关心保险和上牌费用，已说明",
    "对比竞品油耗，已发实测数据",
    "客户出差，下周再联系",
)


def load(env, companies, users, tables, today):
    """Run the after-service policy over the last months and fill in the answers."""
    policy = env.ref("dealer_aftersales.policy_after_service")
    policy.write(
        {
            "date_start": today - timedelta(days=HISTORY_DAYS - 3),
            "user_ids": [(6, 0, [users["care1"].id, users["care2"].id])],
        }
    )
    for company in companies:
        policy._make_callbacks(company, limit=10000)
    _answer(env, users, policy, tables["callback_answers"])
    for company in companies:
        env["dealer.callback"]._close_finished(company)
    _follow_up(env, today)


def _follow_up(env, today):
    """Each lead was talked to some days ago: some contacts are due, some overdue."""
    leads = env["crm.lead"].search([("user_id.login", "like", "sales")], order="id")
    values = []
    for number, lead in enumerate(leads):
        interval = lead.grade_id.contact_interval or 1
        days = number % (interval + 3)
        moment = datetime.combine(today - timedelta(days=days), time(10, number % 60))
        moment = min(moment, datetime.now(ZONE).replace(tzinfo=None))
        values.append(
            {
                "lead_id": lead.id,
                "channel": ("phone", "wechat", "visit")[number % 3],
                "outcome": "reached" if number % 5 else "not_reached",
                "content": SAID[number % len(SAID)],
                "date": _to_utc(moment),
                "next_contact_date": today + timedelta(days=interval - days),
                "user_id": lead.user_id.id,
            }
        )
    env["dealer.contact"].create(values)


def _to_utc(moment):
    return ZONE.localize(moment).astimezone(pytz.utc).replace(tzinfo=None)


def _answer(env, users, policy, rows):
    questions = {
        code: env.ref(f"dealer_aftersales.survey_question_{code}").id
        for code in QUESTIONS
    }
    issues = {issue.code: issue.id for issue in env["dealer.callback.issue"].search([])}
    callbacks = {
        callback.repair_id.name: callback
        for callback in env["dealer.callback"].search([("policy_id", "=", policy.id)])
    }
    callers = {users[login].company_id: users[login] for login in ("care1", "care2")}
    for row in rows:
        callback = callbacks.get(row["repair_order"])
        if not callback:
            continue
        _log_attempts(env, callback, row, callers[callback.company_id])
        scores = {questions[code]: row[code] for code in QUESTIONS if row[code] != ""}
        if scores:
            callback.save_answers(scores)
        callback.write(
            {
                "issue_ids": [(6, 0, [issues[code] for code in row["issues"]])],
                "remark": row["remark"],
            }
        )
        callback._finish_questionnaire()


def _log_attempts(env, callback, row, caller):
    for attempt in row["attempts"]:
        moment, outcome = attempt.rsplit(" ", 1)
        local = datetime.strptime(moment, "%Y-%m-%d %H:%M")
        env["dealer.contact"].create(
            {
                **callback._prepare_contact_values(outcome, None),
                "user_id": caller.id,
                "date": _to_utc(local),
            }
        )
