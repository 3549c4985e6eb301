"""The showroom's screens and jobs beside 100 000 leads and 1 000 000 ledger rows."""

import time

from _client import alternate, get_specification, recorded, seconds_of
from _leads import make_showroom

NAME = "Showroom"
PIPELINE = "crm.crm_case_kanban_view_leads"
LEAD_DOMAIN = [("type", "=", "opportunity")]
FEW, MANY = 1_000, 10_000
BY_ORM = 200


def run(env, report):
    leads, users = make_showroom(env)
    core = measure_pipeline(env, report)
    measure_screens(env, report, users, core)
    measure_progress(env, report, users)
    for job in (LapseJob, OverdueJob, ThanksJob):
        measure_job(env, report, job(env, leads))


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
    drawers = kanban_opener(env, staff, PIPELINE, ["grade_id"])
    drawers(0)
    seconds = seconds_of(drawers)
    report.ratio("drawers ÷ core's pipeline", seconds / taken["core"], 1.5)
    return taken["core"]


def kanban_opener(env, user, view, groupby, domain=()):
    """A function that opens a kanban as the web client does."""
    leads = env["crm.lead"].with_user(user).with_context(lang="en_US")
    specification = get_specification(leads, env.ref(view).id, "kanban")
    domain = [*LEAD_DOMAIN, *domain]

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


def measure_screens(env, report, users, core):
    """My day, the floor and the register: as many queries for few rows as for many."""
    manager = make_user(env, "manager", "dealer_crm.group_sales_manager")
    contacts = env["dealer.contact"].with_user(manager)
    view = env.ref("dealer_crm.dealer_contact_view_list_visits").id
    specification = get_specification(contacts, view, "list")

    def open_register(size):
        env.invalidate_all()
        found = contacts.web_search_read(
            [("is_register", "=", True), ("channel", "=", "visit")],
            specification,
            limit=size,
        )
        return len(found["records"])

    compare(report, "visit register", open_register, (8, 80))
    day = env["dealer.my.day"].with_user(users[0])
    floor = env["dealer.floor"].with_user(manager)
    compare_with_core(env, report, "my day", day.get_day, core)
    compare_with_core(env, report, "floor today", floor.get_today, core)


def compare(report, name, call, sizes):
    report.check(f"{name}: there are rows", call(sizes[0]) and call(sizes[-1]))
    counts = {size: count_queries(call, size) for size in sizes}
    report.note(f"{name}: queries", counts[sizes[-1]])
    report.check(f"{name}: constant queries", len(set(counts.values())) == 1)
    report.note(f"{name}: seconds", seconds_of(lambda _n: call(sizes[-1])))


def compare_with_core(env, report, name, method, core):
    """Screens that core does not have, beside its pipeline."""

    def call(_round):
        env.invalidate_all()
        method()

    call(0)
    report.note(f"{name}: queries", count_queries(call, 0))
    seconds = seconds_of(call, times=7)
    report.note(f"{name}: seconds", seconds)
    report.ratio(f"{name} ÷ core's pipeline", seconds / core, 1.5)


def measure_progress(env, report, users):
    """The progress table of one consultant and of ten; records come in thousands."""
    logs = env["dealer.grade.log"]
    month = env.company._get_dealer_today()

    def print_table(size):
        env.invalidate_all()
        return len(logs._get_progress_rows(users[:size], month))

    rows = print_table(10)
    one, ten = count_queries(print_table, 1), count_queries(print_table, 10)
    report.note("progress table: rows of ten consultants", rows)
    report.check("progress table: there are rows", rows)
    report.ratio("progress table: queries more for nine consultants", ten - one, 5)
    report.note("progress table: seconds", seconds_of(lambda _n: print_table(10)))


class LapseJob:
    """Grades whose window has passed."""

    name = "grade lapse"

    def __init__(self, env, leads):
        self.env, self.leads = env, leads

    def prepare(self, count):
        cr = self.env.cr
        cr.execute(
            "UPDATE crm_lead SET grade_lapsed_on = NULL, grade_date = current_date"
        )
        cr.execute(
            "UPDATE crm_lead SET grade_date = current_date - 999 WHERE id IN ("
            "SELECT l.id FROM crm_lead l JOIN dealer_grade g ON g.id = l.grade_id"
            " WHERE NOT COALESCE(g.is_order, FALSE) AND l.won_status = 'pending'"
            " LIMIT %s)",
            (count,),
        )
        cr.execute("DELETE FROM dealer_grade_log")
        settle(self.env, "crm_lead")

    def due(self):
        self.env.cr.execute(
            "SELECT count(*) FROM crm_lead WHERE grade_lapsed_on IS NOT NULL"
        )
        return self.env.cr.fetchone()[0]

    def run(self):
        self.env["crm.lead"]._cron_lapse_grades()

    def by_orm(self):
        today = self.env.company._get_dealer_today()
        logs = self.env["dealer.grade.log"]
        for lead in self.env["crm.lead"].browse(self.leads[-BY_ORM:]):
            lead.write({"grade_lapsed_on": today})
            logs.create(lead._prepare_grade_log_values({}, True))
        self.env.flush_all()


class OverdueJob:
    """Contacts overdue for so long that the manager is told."""

    name = "overdue contacts"

    def __init__(self, env, leads):
        self.env, self.leads = env, leads
        self.kind = "dealer_crm.mail_activity_type_overdue_contact"
        env.company.lead_overdue_days = 3
        self.manager = env["res.users"].search([("login", "=", "bench-manager")])

    def prepare(self, count):
        cr = self.env.cr
        cr.execute(
            "UPDATE crm_lead SET overdue_alarm_on = NULL,"
            " next_contact_date = current_date + 5, response_due_at = NULL"
        )
        cr.execute(
            "UPDATE crm_lead SET next_contact_date = current_date - 30"
            " WHERE id = ANY(%s)",
            (list(self.leads[:count]),),
        )
        kind = self.env.ref(self.kind).id
        cr.execute("DELETE FROM mail_activity WHERE activity_type_id = %s", (kind,))
        settle(self.env, "crm_lead")

    def due(self):
        kind = self.env.ref(self.kind).id
        self.env.cr.execute(
            "SELECT count(*) FROM mail_activity WHERE activity_type_id = %s", (kind,)
        )
        return self.env.cr.fetchone()[0]

    def run(self):
        self.env["crm.lead"]._cron_watch_leads()

    def by_orm(self):
        today = self.env.company._get_dealer_today()
        for lead in self.env["crm.lead"].browse(self.leads[-BY_ORM:]):
            lead.write({"overdue_alarm_on": today})
            lead.activity_schedule(
                self.kind, date_deadline=today, user_id=self.manager.id
            )
        self.env.flush_all()


class ThanksJob:
    """Visits without an order, which get a letter and a call."""

    name = "letters and calls"

    def __init__(self, env, leads):
        self.env, self.leads = env, leads

    def prepare(self, count):
        cr = self.env.cr
        cr.execute(
            "UPDATE dealer_contact SET thanks_state = 'none', is_register = FALSE"
            " WHERE channel = 'visit'"
        )
        cr.execute(
            "UPDATE dealer_contact SET thanks_state = NULL, call_state = NULL,"
            " is_register = TRUE, is_counted = TRUE, visit_state = 'left',"
            " visitor_name = 'B' || id,"
            " visitor_phone = '137' || lpad(id::text, 8, '0'),"
            " date = now()::timestamp - (1 + id %% 140) * interval '1 hour'"
            " WHERE id IN (SELECT id"
            " FROM dealer_contact WHERE channel = 'visit' LIMIT %s)",
            (count,),
        )
        settle(self.env, "dealer_contact")

    def due(self):
        self.env.cr.execute(
            "SELECT count(*) FROM dealer_contact WHERE thanks_state IN ('due', 'none')"
            " AND is_register"
        )
        return self.env.cr.fetchone()[0]

    def run(self):
        self.env["dealer.contact"]._cron_plan_thanks()

    def by_orm(self):
        visits = self.env["dealer.contact"].search(
            [("channel", "=", "visit")], limit=BY_ORM
        )
        day = self.env.company._get_dealer_today()
        for visit in visits:
            visit.write({"thanks_state": "due", "call_state": "due"})
            for kind in ("thanks", "visit_call"):
                visit.lead_id.activity_schedule(
                    f"dealer_crm.mail_activity_type_{kind}",
                    date_deadline=day,
                    user_id=visit.user_id.id,
                )
        self.env.flush_all()


def settle(env, table):
    """Statistics and dead rows as on a database at work."""
    env.invalidate_all()
    env.cr.commit()
    env.cr.execute(f"ANALYZE {table}")
    env.cr.commit()


def measure_job(env, report, job):
    """Seconds per due record: for few and many, and beside one write per record."""
    per_record = {}
    for count in (FEW, MANY):
        job.prepare(count)
        seconds = seconds_once(job.run)
        report.check(f"{job.name}: {count} due are done", job.due() == count)
        per_record[count] = seconds / count
    report.note(f"{job.name}: seconds for {MANY}", per_record[MANY] * MANY)
    report.ratio(
        f"{job.name}: per record, {MANY} due ÷ {FEW} due",
        per_record[MANY] / per_record[FEW],
        2,
    )
    by_orm = seconds_once(job.by_orm) / BY_ORM
    env.cr.rollback()
    report.ratio(
        f"{job.name}: job ÷ one write per record", per_record[MANY] / by_orm, 1 / 5
    )
    before = job.due()
    job.run()
    report.check(f"{job.name}: run again it changes nothing", job.due() == before)
    env.cr.commit()


def seconds_once(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


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
