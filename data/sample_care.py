"""The care calendar: inspections, deliveries, birthdays and recalls of these days."""

from datetime import timedelta

#: Policies that begin so many days ago, so that their lists are not empty.
POLICIES = {
    "delivery_3": 45,
    "delivery_7": 45,
    "delivery_30": 60,
    "inspection_due": 30,
    "warranty_end": 30,
    "birthday": 30,
    "at_risk": 30,
    "lost": 30,
}
CARS = 24


def load(env, companies, users, today):
    """Inspection days that are near for some cars, then a night of the policies."""
    for company in companies:
        _make_days(env, company, today)
    policies = env["dealer.callback.policy"].union(
        *(env.ref(f"dealer_aftersales.policy_{name}") for name in POLICIES)
    )
    for policy, days in zip(policies, POLICIES.values(), strict=True):
        policy.date_start = today - timedelta(days=days)
        for company in companies:
            policy._make_callbacks(company, limit=20)
    # A gift that was fetched, as an example.
    birthday = env.ref("dealer_aftersales.policy_birthday")
    calls = env["dealer.callback"].search([("policy_id", "=", birthday.id)], limit=1)
    if calls:
        calls.with_user(users["care1"]).sudo().action_give_gift()


def _make_days(env, company, today):
    """Spread over two months."""
    cars = env["fleet.vehicle"].search(
        [("trade_state", "=", "customer"), ("company_id", "=", company.id)],
        order="id desc",
        limit=CARS,
    )
    for number, car in enumerate(cars):
        car.inspection_due_date = today + timedelta(days=20 + 3 * number)
