"""The caller's morning: the list of 2 000 open calls, a card with eight answers."""

from datetime import timedelta

import _common
from _client import alternate, get_specification, recorded, seconds_of
from odoo import fields

NAME = "Care calls"
FEW, MANY = 100, 2_000
PAGE = 80
ROUNDS = 15
QUESTIONS = 8


def run(env, report):
    policy, repair = prepare(env)
    caller = make_caller(env)
    found = {}
    for count in (FEW, MANY):
        _common.copy_rows(
            env,
            "repair_order",
            repair.id,
            count - sum(found),
            name=f"'BENCH/{count}/' || n",
        )
        policy._make_callbacks(env.company, MANY * 2)
        env.cr.commit()
        found[count] = measure_list(env, report, caller, count)
    report.check(
        "list of the day: the same queries for 100 and 2 000",
        found[FEW] >= found[MANY],
    )
    measure_card(env, report, policy, caller)


def prepare(env):
    """A policy on one delivered order; its questionnaire has eight questions."""
    partner, car = _common.make_dealership(env)
    env["dealer.callback.policy"].search([]).active = False
    moment = fields.Datetime.now() - timedelta(days=3)
    repair = env["repair.order"].create(
        {
            "partner_id": partner.id,
            "vehicle_id": car.id,
            "date_in": moment - timedelta(hours=3),
            "date_delivered": moment,
        }
    )
    policy = env.ref("dealer_aftersales.policy_after_service")
    policy.write({"active": True, "date_start": moment.date() - timedelta(days=30)})
    missing = QUESTIONS - len(policy.survey_id.question_ids)
    env["survey.question"].create(
        [
            {
                "survey_id": policy.survey_id.id,
                "sequence": 50 + number,
                "title": f"Point {number}",
                "question_type": "scale",
                "scale_min": 1,
                "scale_max": 5,
                "callback_measure": "part",
            }
            for number in range(missing)
        ]
    )
    env.cr.commit()
    return policy, repair


def make_caller(env):
    group = env.ref("dealer_aftersales.group_customer_relations")
    user = env["res.users"].create(
        {"name": "Caller", "login": "bench-caller", "group_ids": [(4, group.id)]}
    )
    env.cr.commit()
    return user


def measure_list(env, report, caller, count):
    """:return: how many queries the first page of the day's list takes"""
    calls = env["dealer.callback"].with_user(caller)
    view = env.ref("dealer_aftersales.dealer_callback_view_list").id
    specification = get_specification(calls, view, "list")
    domain = calls._get_my_list_domain()

    def open_list(_round=0):
        env.invalidate_all()
        return calls.web_search_read(domain, specification, limit=PAGE)

    open_list()  # what is read once per process
    with recorded() as sent:
        shown = open_list()
    report.check(f"list of {count}: all of them are there", shown["length"] >= count)
    report.note(f"list of {count}: queries", len(sent))
    report.note(f"list of {count}: seconds", seconds_of(open_list, times=ROUNDS))
    return len(sent)


def measure_card(env, report, policy, caller):
    """Both ways of the same eight answers, in turn on the same machine."""
    calls = policy.callback_ids.with_user(caller)
    questions = policy.survey_id.question_ids
    partner = calls[0].partner_id.sudo()
    answers = [{"question_id": question.id, "value": 4} for question in questions]

    def answer_survey(_round):
        env.invalidate_all()
        sheet = policy.survey_id._create_answer(partner=partner)
        for question in questions:
            sheet._save_lines(question, "4")
        sheet._mark_done()
        env.flush_all()

    def answer_card(index):
        env.invalidate_all()
        calls[index].web_save({"answers": answers}, {"score": {}})
        calls[index].action_save_answers()
        env.flush_all()

    taken = alternate({"survey": answer_survey, "card": answer_card}, ROUNDS)
    report.check("card: all eight are kept", calls[ROUNDS - 1].is_answered)
    report.note("card: seconds of a bare survey answer", taken["survey"])
    report.note("card: seconds of the card", taken["card"])
    ratio = taken["card"] / taken["survey"]
    report.ratio("card with 8 answers ÷ bare survey answer", ratio, 3)
