"""What happened after the imports: callbacks made, called and answered."""

from datetime import datetime, timedelta

import pytz

ZONE = pytz.timezone("Asia/Shanghai")
QUESTIONS = ("overall", "advisor", "quality", "ontime", "explain", "clean")
HISTORY_DAYS = 100


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
        local = ZONE.localize(datetime.strptime(moment, "%Y-%m-%d %H:%M"))
        env["dealer.contact"].create(
            {
                **callback._prepare_contact_values(outcome, None),
                "user_id": caller.id,
                "date": local.astimezone(pytz.utc).replace(tzinfo=None),
            }
        )
