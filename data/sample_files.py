"""The customer files after some months of work: profiles, verified and filed."""

CHANNELS = ("call", "wechat", "sms", "visit")
TIMES = ("morning", "noon", "afternoon", "evening", "weekend")
STYLES = ("direct", "detailed", "friendly", "reserved", "price")
FAMILIES = ("三口之家，孩子上小学", "二孩家庭，周末常出游", "与父母同住", "新婚")
HABITS = ("每天通勤约40公里", "周末自驾，长途较多", "市区短途代步", "常跑高速出差")


def load(env, users):
    """Every fifth file is a draft, every fifth verified, the others are filed.

    Half of the persons have a profile.
    """
    people = env["res.partner"].search([("file_state", "!=", False)], order="id")
    people = people.with_context(tracking_disable=True)
    _fill_profiles(env, people.filtered(lambda p: not p.is_company))
    checked = people.filtered(lambda p: p.id % 5)
    checked.with_user(users["salesmgr"]).action_verify_file()
    complete = checked.filtered(
        lambda p: p.id % 5 > 1 and not p._get_missing_labels(required_only=True)
    )
    complete.with_user(users["gm"]).action_file_customer()


def _fill_profiles(env, people):
    occupations = env["dealer.occupation"].search([])
    hobbies = env["dealer.hobby"].search([])
    services = env["dealer.service.interest"].search([])
    for number, person in enumerate(people):
        if number % 2:
            continue
        turn = number // 2
        person.write(
            {
                "wechat_id": f"wx_{person.ref}".lower(),
                "preferred_channel": CHANNELS[turn % len(CHANNELS)],
                "preferred_time": TIMES[turn % len(TIMES)],
                "communication_style": STYLES[turn % len(STYLES)],
                "occupation_id": occupations[turn % len(occupations)].id,
                "hobby_ids": [(4, hobbies[turn % len(hobbies)].id)],
                "service_interest_ids": [(4, services[turn % len(services)].id)],
                "family_note": FAMILIES[turn % len(FAMILIES)],
                "driving_note": HABITS[turn % len(HABITS)],
            }
        )
