"""Survey rounds of the last months with answers: figures for the care board."""

from datetime import datetime, time, timedelta

import pytz

ZONE = pytz.timezone("Asia/Shanghai")
SERVICE = (
    "overall reception repair time price hint mobility friendly honest waiting_area "
    "car_clean"
).split()
SALES = (
    "overall advice test_drive contract handover surprise manner after_call showroom"
).split()
#: (score, recommendation, expectation, remark)
SAID = (
    (5, 10, 5, "服务顾问态度好，讲得很清楚"),
    (4, 9, 4, ""),
    (4, 8, 3, "整体可以，就是等太久了"),
    (5, 9, 4, "修得好，速度快"),
    (3, 6, 3, "价格不透明，配件没到还要再来一次"),
    (4, 7, 3, ""),
    (2, 3, 1, "没修好，回去还是响"),
    (5, 10, 4, "很专业"),
)


def load(env, users, companies, today):
    """Two rounds of the service survey and one of the sales survey per branch.

    Each asks about the months before: last month's round was asked last month, the
    other two this month.
    """
    this_month = max(today.replace(day=1), today - timedelta(days=5))
    last_month = _month_start(today, 1) + timedelta(days=9)
    for company, login in zip(companies, ("care1", "care2"), strict=True):
        for kind, oldest, newest, day in (
            ("service", 2, 2, last_month),
            ("service", 1, 1, this_month),
            ("sales", 12, 1, this_month),
        ):
            period = (_month_start(today, oldest), _month_start(today, newest))
            _run(env, company, users[login], kind, period, day)


def _month_start(today, back):
    month = today.year * 12 + today.month - 1 - back
    return today.replace(year=month // 12, month=month % 12 + 1, day=1)


def _run(env, company, caller, kind, period, day):
    """Draw a sample of the period and let most of the persons answer."""
    end = (period[1] + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    policy = env.ref(f"dealer_aftersales.policy_survey_{kind}")
    drawing = env["dealer.survey.round"].create(
        {
            "policy_id": policy.id,
            "company_id": company.id,
            "date_from": period[0],
            "date_to": end,
            "sample_percent": 25,
            "repeat_months": 0,
        }
    )
    if not drawing._get_members()[0]:
        return
    drawing.action_draw()
    drawing.callback_ids.write(
        {
            "date_due": day,
            "date_window_end": day + timedelta(days=14),
            "user_id": caller.id,
        }
    )
    codes = SERVICE if kind == "service" else SALES
    for number, callback in enumerate(drawing.callback_ids[:7]):
        if number == 4:
            _log(env, callback, "not_reached", day, number)
        else:
            _answer(env, callback, kind, number, codes, day)


def _answer(env, callback, kind, number, codes, day):
    base, nps, expectation, remark = SAID[number % len(SAID)]
    scores = {
        code: max(1, min(5, base + (number + place) % 3 - 1))
        for place, code in enumerate(codes)
    }
    scores |= {"overall": base, "nps": nps, "expectation": expectation}
    callback.save_answers(
        {
            env.ref(f"dealer_aftersales.survey_{kind}_{code}").id: value
            for code, value in scores.items()
        }
    )
    if callback._is_finding_needed():
        cause = env.ref("dealer_aftersales.cause_process_quality")
        callback.write({"cause_id": cause.id, "complaint_choice": "no"})
    _log(env, callback, "reached", day, number)
    callback._finish_questionnaire()
    if remark:
        callback.remark = remark


def _log(env, callback, outcome, day, number):
    moment = ZONE.localize(datetime.combine(day, time(10, number)))
    env["dealer.contact"].create(
        {
            **callback._prepare_contact_values(outcome, None),
            "user_id": callback.user_id.id,
            "date": moment.astimezone(pytz.utc).replace(tzinfo=None),
        }
    )
