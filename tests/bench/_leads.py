"""A busy showroom: 100 000 leads, 1 000 000 ledger rows, their planned contacts."""

import _common
from _volume import last_id

LEADS = 100_000
CONTACTS = 1_000_000
#: Leads with a decided grade: a hundred in the drawers of each consultant.
DECIDED = 2_000
CONSULTANTS = 20

PHONE = "'139' || lpad((n::bigint * 7919 %% 99999989)::text, 8, '0')"


def make_showroom(env):
    """Leads over all open steps, grades and consultants, written set-based.

    :return: (ids of the leads, the consultants)
    """
    _partner, car = _common.make_dealership(env)
    users = make_consultants(env)
    lead = env["crm.lead"].create(
        {
            "name": "Bench",
            "type": "opportunity",
            "contact_name": "Bench",
            "phone": "13900139000",
            "vehicle_model_id": car.model_id.id,
            "user_id": users[0].id,
            "company_id": env.company.id,
        }
    )
    env.flush_all()
    first = last_id(env, "crm_lead") + 1
    _common.copy_rows(env, "crm_lead", lead.id, LEADS, **lead_expressions(env, users))
    leads = range(first, first + LEADS)
    make_activities(env, lead, first, users)
    make_contacts(env, lead, first, users)
    make_grade_logs(env, lead, first, users)
    env.cr.execute("ANALYZE")
    env.cr.commit()
    return leads, users


def make_consultants(env):
    group = env.ref("dealer_crm.group_sales_consultant").id
    return env["res.users"].create(
        [
            {
                "name": f"Consultant {n}",
                "login": f"bench-consultant-{n}",
                "group_ids": [(4, group)],
            }
            for n in range(CONSULTANTS)
        ]
    )


def lead_expressions(env, users):
    stages = env["crm.stage"].search([("is_won", "=", False), ("fold", "=", False)])
    grades = env.company.grade_ladder_id.grade_ids
    return {
        "name": "'线索' || n",
        "contact_name": "'潜客' || n",
        "phone": PHONE,
        "phone_sanitized": f"'+86' || {PHONE}",
        "stage_id": pick(stages.ids),
        "grade_id": pick(grades.ids),
        "grade_date": "current_date - n %% 40",
        "user_id": pick(users.ids),
        "next_contact_date": "current_date - 3 + n %% 60",
        "purchase_date_expected": "current_date + n %% 150",
        "create_date": "now() - n * interval '5 minute'",
    }


def pick(ids):
    """SQL that goes through ``ids`` with the counter n."""
    return f"(ARRAY{list(ids)})[1 + n %% {len(ids)}]"


def make_activities(env, lead, first, users):
    """The planned contact of each lead."""
    lead.next_contact_date = env.company._get_dealer_today()
    env.flush_all()
    activity = lead.activity_ids[:1]
    _common.copy_rows(
        env,
        "mail_activity",
        activity.id,
        LEADS,
        res_id=f"{first} + n - 1",
        user_id=pick(users.ids),
        date_deadline="current_date - 3 + n %% 60",
    )


def make_grade_logs(env, lead, first, users):
    """The decision on each lead's grade, this month or the one before."""
    grades = env.company.grade_ladder_id.grade_ids
    log = env["dealer.grade.log"].create(
        {
            "lead_id": lead.id,
            "user_id": users[0].id,
            "consultant_id": users[0].id,
            "grade_to_id": grades[0].id,
            "company_id": env.company.id,
        }
    )
    _common.copy_rows(
        env,
        "dealer_grade_log",
        log.id,
        DECIDED,
        lead_id=f"{first} + n - 1",
        consultant_id=pick(users.ids),
        grade_to_id=pick(grades.ids),
        date="now() - (n %% 40) * interval '1 day'",
    )


def make_contacts(env, lead, first, users):
    contact = env["dealer.contact"].create(
        {
            "lead_id": lead.id,
            "content": "Bench",
            "purpose": "follow_up",
            "user_id": users[0].id,
        }
    )
    _common.copy_rows(
        env,
        "dealer_contact",
        contact.id,
        CONTACTS,
        lead_id=f"{first} + n %% {LEADS}",
        user_id=pick(users.ids),
        date="now() - n * interval '1 minute'",
        channel="CASE WHEN n %% 5 = 0 THEN 'visit' ELSE 'phone' END",
        direction="CASE WHEN n %% 5 = 0 THEN 'in' ELSE 'out' END",
        purpose="CASE WHEN n %% 5 = 0 THEN 'look' ELSE 'follow_up' END",
        is_register="n %% 5 = 0",
        is_counted="n %% 5 = 0",
        visit_state="CASE WHEN n %% 5 = 0 THEN 'left' END",
    )
