"""What the sales and the callback desk wrote down: leads and callback answers."""

from datetime import datetime, time, timedelta

import sample_words as words
from sample_people import person_name

LEAD_COUNT = 150
NO_GRADE_COUNT = 15
KNOWN_CUSTOMER_LEADS = 35
# grade: (number of leads, first and last day of the expected purchase)
GRADES = {
    "H": (15, 0, 7),
    "A": (40, 8, 30),
    "B+": (35, 31, 60),
    "B": (25, 61, 90),
    "C": (20, 91, 240),
}
FIRST_ANSWER, LAST_ANSWER = 100, 4
QUESTIONS = ("overall", "advisor", "quality", "ontime", "explain", "clean")
SOMETIMES_ASKED = ("ontime", "explain", "clean")


def _lead_plan(rng):
    """Grade and days to the purchase of each lead, boundary days included."""
    plan = []
    for grade, (count, first, last) in GRADES.items():
        days = [first, last] + [rng.randint(first, last) for _i in range(count - 2)]
        plan += [(grade, offset) for offset in days]
    plan += [("", rng.randint(0, 120)) for _index in range(NO_GRADE_COUNT)]
    rng.shuffle(plan)
    return plan


def _lead_contact(rng, pool, customer):
    if customer:
        row = customer.row
        return row["name"], row["ref"], row["phone"], customer.branch
    name = pool.take(lambda: person_name(rng, rng.random() < 0.6))
    return name, "", pool.mobile(), "E" if rng.random() < 0.6 else "W"


def _make_lead(rng, pool, customer, grade, day):
    contact, ref, phone, branch = _lead_contact(rng, pool, customer)
    model = rng.choice([name for name in words.MODELS if name != words.IMPORTED_MODEL])
    row = {
        "name": f"{contact} {model}",
        "type": "opportunity",
        "contact_name": contact,
        "partner_id": ref,
        "phone": phone,
        "vehicle_model_id": f"{words.BRAND}/{model}",
        "purchase_date_expected": day,
        "grade_id": grade,
        "user_id": rng.choice(words.CONSULTANTS[branch]),
        "company_id": words.BRANCHES[branch],
        "expected_revenue": words.MODELS[model][1],
        "description": rng.choice(words.LEAD_NOTES),
    }
    if not grade:
        if rng.random() < 0.5:
            row |= {"phone": ""}
        else:
            row |= {
                "name": f"{contact} 来店咨询",
                "vehicle_model_id": "",
                "expected_revenue": 0,
            }
    return row


def make_leads(rng, pool, customers, today):
    persons = [customer for customer in customers if not customer.is_company]
    known = rng.sample(persons, KNOWN_CUSTOMER_LEADS)
    leads = []
    for grade, offset in _lead_plan(rng):
        # A known customer has a phone on file, so he never stays without a grade.
        customer = known.pop() if grade and known else None
        day = today + timedelta(days=offset)
        leads.append(_make_lead(rng, pool, customer, grade, day))
    rng.shuffle(leads)
    return leads


def _attempts(rng, first_day, today, reached):
    """Calls on different days, none later than yesterday."""
    left = (today - first_day).days
    wanted = rng.choices((1, 2, 3), (70, 20, 10))[0] if reached else 3
    outcomes = [
        rng.choice(("not_reached", "not_reached", "call_later"))
        for _index in range(min(wanted, left))
    ]
    if reached:
        outcomes[-1] = "reached"
    elif rng.random() < 0.3:
        outcomes = ["wrong_number"]
    attempts = []
    for offset, outcome in enumerate(outcomes):
        minutes = rng.choice((9 * 60 + 30, 15 * 60)) + rng.randrange(0, 120, 5)
        day = datetime.combine(first_day + timedelta(days=offset), time())
        attempts.append(f"{day + timedelta(minutes=minutes):%Y-%m-%d %H:%M} {outcome}")
    return attempts


def _overall(rng, repair):
    """Late cars and one of the advisors get the lower marks."""
    weights = [66, 26, 5, 2, 1]
    if repair.delivered > repair.promised:
        weights = [42, 32, 14, 8, 4]
    elif repair.advisor == "advisor2":
        weights = [60, 29, 6, 3, 2]
    return rng.choices((5, 4, 3, 2, 1), weights)[0]


def _scores(rng, overall, issues):
    scores = {"overall": overall}
    for question in QUESTIONS[1:]:
        if question in SOMETIMES_ASKED and rng.random() < 0.12:
            continue
        near = overall + rng.choice((-1, 0, 0, 0, 0, 1))
        scores[question] = min(5, max(1, near))
    for issue in issues:
        scores[words.ISSUES[issue][0]] = rng.choice((1, 2))
    return scores


def _issues(rng, repair, overall):
    if overall > 3:
        return []
    issues = rng.sample(list(words.ISSUES), rng.choice((1, 1, 2)))
    if repair.delivered > repair.promised and "wait_time" not in issues:
        issues[0] = "wait_time"
    return issues


def _answer(rng, repair):
    overall = _overall(rng, repair)
    issues = _issues(rng, repair, overall)
    remark = "；".join(words.ISSUES[issue][1] for issue in issues)
    if not remark and rng.random() < 0.2:
        remark = rng.choice(words.PRAISES)
    return _scores(rng, overall, issues) | {"issues": issues, "remark": remark}


def make_answers(rng, repairs, today):
    answers = []
    for repair in repairs:
        age = (today - repair.delivered.date()).days if repair.delivered else 0
        if not LAST_ANSWER <= age <= FIRST_ANSWER:
            continue
        first_day = repair.delivered.date() + timedelta(days=3)
        row = {"repair_order": repair.name, "attempts": [], "issues": [], "remark": ""}
        chance = rng.random()
        if chance < 0.92:
            reached = chance < 0.81
            row["attempts"] = _attempts(rng, first_day, today, reached)
            if reached:
                row |= _answer(rng, repair)
        answers.append({question: "" for question in QUESTIONS} | row)
    return answers
