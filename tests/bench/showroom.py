"""The showroom's screens and jobs beside 100 000 leads and 1 000 000 ledger rows."""

from _client import alternate, get_specification, recorded
from _leads import make_showroom

NAME = "Showroom"
PIPELINE = "crm.crm_case_kanban_view_leads"


def run(env, report):
    _leads, users = make_showroom(env)
    measure_pipeline(env, report)


def measure_pipeline(env, report):
    """Core's pipeline, opened by a user with our roles and by one without."""
    staff = make_user(env, "staff", "dealer_crm.group_sales_manager")
    plain = make_user(env, "plain", "sales_team.group_sale_manager")
    openers = {
        name: kanban_opener(env, user, PIPELINE, ["stage_id"])
        for name, user in (("ours", staff), ("core", plain))
    }
    for call in openers.values():
        call(0)
    taken = alternate(openers)
    report.note("pipeline: seconds", taken["ours"])
    report.ratio("pipeline ÷ core's", taken["ours"] / taken["core"], 1.5)


def kanban_opener(env, user, view, groupby, domain=()):
    """A function that opens a kanban as the web client does."""
    leads = env["crm.lead"].with_user(user).with_context(lang="en_US")
    specification = get_specification(leads, env.ref(view).id, "kanban")
    domain = [("type", "=", "opportunity"), *domain]

    def open_kanban(_round):
        env.invalidate_all()
        leads.web_read_group(
            domain,
            groupby,
            ["expected_revenue:sum"],
            auto_unfold=True,
            unfold_read_specification=specification,
            unfold_read_default_limit=80,
        )
        leads.read_progress_bar(
            domain,
            groupby[0],
            {
                "field": "activity_state",
                "colors": {"planned": "1", "today": "2", "overdue": "3"},
            },
        )

    return open_kanban


def count_queries(call, *arguments):
    with recorded() as sent:
        call(*arguments)
    return len(sent)


def make_user(env, login, group):
    user = env["res.users"].create(
        {
            "name": login,
            "login": f"bench-{login}",
            "group_ids": [(4, env.ref(group).id)],
        }
    )
    env.cr.commit()
    return user
