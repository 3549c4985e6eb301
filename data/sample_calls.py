"""The callers' day: a promised time, a link under way, second calls, checked calls."""

from datetime import timedelta

DAYS_CHECKED = 14


def load(env, companies, users, today):
    _call(env, users)
    second = env.ref("dealer_aftersales.policy_second_call")
    second.date_start = today - timedelta(days=30)
    companies.check_copied_calls = 2  # few calls a day: two alike are shown already
    for company in companies:
        env["dealer.callback"]._draw_second_calls(company)
        second._make_all_callbacks(company)
        for days in range(1, DAYS_CHECKED):
            day = today - timedelta(days=days)
            env["dealer.callback.check"]._check_day(company, day)


def _call(env, users):
    """One customer asked for a later call, another one answers by himself."""
    caller = users["care1"]
    calls = env["dealer.callback"].with_user(caller)
    waiting = calls.search(
        [
            ("state", "=", "planned"),
            ("attempt_count", "=", 0),
            ("company_id", "=", caller.company_id.id),
            ("date_window_end", ">=", caller.company_id._get_dealer_today()),
        ],
        order="date_due, id",
        limit=2,
    )
    if len(waiting) < 2:
        return
    later, by_link = waiting
    later.attempt_note = "客户在开会，请稍后再打"
    later._promise(env.cr.now().replace(microsecond=0) + timedelta(hours=2))
    by_link.action_make_link()
