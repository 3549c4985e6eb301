"""Screens over one true record: customer form, quick search, vehicle list, Fleet."""

from ast import literal_eval

from _client import (
    alternate,
    get_specification,
    read_whole_tables,
    recorded,
    seconds_of,
)
from _volume import make_cars, make_volume

NAME = "One record"
LIST_LENGTH = 80
FLEET_ACTIONS = {
    "cars": ("fleet.vehicle", "fleet.fleet_vehicle_action"),
    "costs": ("fleet.vehicle.cost.report", "fleet.fleet_costs_reporting_action"),
    "odometer": ("fleet.vehicle.odometer", "fleet.fleet_vehicle_odometer_action"),
}


def run_core(env):
    """Core's own list of the same number of cars with the same readings."""
    brand = env["fleet.vehicle.model.brand"].create({"name": "Bench"})
    model = env["fleet.vehicle.model"].create({"name": "One", "brand_id": brand.id})
    car = env["fleet.vehicle"].create({"model_id": model.id})
    cars = make_cars(env, car)
    env.cr.execute("ANALYZE")
    vehicles = env["fleet.vehicle"]
    specification = get_specification(vehicles, kind="list") | {"odometer": {}}
    domain = [("id", "in", cars.ids[:LIST_LENGTH])]

    def open_list(_round):
        env.invalidate_all()
        vehicles.web_search_read(domain, specification, limit=LIST_LENGTH)

    return {"list": seconds_of(open_list, times=3)}


def run(env, report, core):
    before = measure_fleet(env)
    volume = make_volume(env)
    after = measure_fleet(env)
    for page in FLEET_ACTIONS:
        report.ratio(
            f"Fleet app, {page}: with customers' cars ÷ without",
            after[page] / before[page],
            1.5,
        )
    measure_list(env, report, volume, core)
    measure_form(env, report, volume)
    measure_search(env, report, volume)


def measure_fleet(env):
    """Seconds that the Fleet app's own pages take for 50 company cars."""
    if not env["fleet.vehicle"].search_count([("trade_state", "=", False)]):
        brand = env["fleet.vehicle.model.brand"].create({"name": "Fleet"})
        model = env["fleet.vehicle.model"].create({"name": "F", "brand_id": brand.id})
        cars = env["fleet.vehicle"].create([{"model_id": model.id}] * 50)
        for car in cars:
            car.write({"odometer": 100})
        kind = env["fleet.service.type"].create({"name": "B", "category": "service"})
        env["fleet.vehicle.log.services"].create(
            [
                {"vehicle_id": car.id, "amount": 10, "service_type_id": kind.id}
                for car in cars
            ]
        )
        env.cr.commit()
    user = env["res.users"].search([("login", "=", "bench-fleet")]) or make_user(
        env, "fleet", "fleet.fleet_group_manager"
    )
    return {
        page: seconds_of(opener(env, page, user), times=15) for page in FLEET_ACTIONS
    }


def opener(env, page, user):
    """A function that opens a page of the Fleet app as its menu does for its user."""
    model_name, xmlid = FLEET_ACTIONS[page]
    model = env[model_name].with_user(user)
    action = env.ref(xmlid)
    domain = env["ir.actions.act_window"]._for_xml_id(xmlid)["domain"] or "[]"
    domain = literal_eval(domain)
    if page == "costs":
        groups = ["vehicle_id"], ["cost:sum"]
        return lambda _round: model._read_group(domain, *groups)
    specification = get_specification(model, action.view_id.id, "list")

    def open_page(_round):
        env.invalidate_all()
        model.web_search_read(domain, specification, limit=LIST_LENGTH)

    return open_page


def measure_list(env, report, volume, core):
    """The vehicle list: constant queries, far cheaper than core's."""
    vehicles = env["fleet.vehicle"].with_user(make_user(env, "list"))
    view = env.ref("dealer_crm.fleet_vehicle_view_list").id
    specification = get_specification(vehicles, view, "list")

    def open_list(size):
        env.invalidate_all()
        vehicles.web_search_read(
            [("id", "in", volume.cars.ids[:size])], specification, limit=size
        )

    open_list(1)
    counts = {}
    for size in (8, LIST_LENGTH):
        with recorded() as sent:
            open_list(size)
        counts[size] = len(sent)
    seconds = seconds_of(lambda _round: open_list(LIST_LENGTH))
    report.note("vehicle list: queries", counts[LIST_LENGTH])
    report.check("vehicle list: constant queries", len(set(counts.values())) == 1)
    report.note("vehicle list: seconds", seconds)
    report.note("vehicle list: core's seconds", core["list"])
    report.ratio("vehicle list ÷ core's", seconds / core["list"], 1 / 20)


def measure_form(env, report, volume):
    """The customer form, beside core's partner form of a user without our rights."""
    partners = volume.partners
    busy, quiet = partners[0], partners[1]
    add_events(env, busy, 500)
    staff = make_user(env, "staff", "dealer_crm.group_sales_manager")
    plain = make_user(env, "plain", "sales_team.group_sale_manager")
    openers = {"ours": form_opener(env, staff), "core": form_opener(env, plain)}
    openers["ours"](partners[2])  # what is read once per process
    counts = {}
    for name, partner in (("quiet", quiet), ("busy", busy)):
        with recorded() as sent:
            openers["ours"](partner)
        counts[name] = len(sent)
    ids = partners.ids
    taken = alternate(
        {
            name: lambda n, call=call: call(partners.browse(ids[100 + n]))
            for name, call in openers.items()
        },
        times=25,
    )
    report.note("customer form: queries", counts["busy"])
    report.check(
        "customer form: as many queries with 500 events",
        counts["busy"] == counts["quiet"],
    )
    report.note("customer form: seconds", taken["ours"])
    report.ratio(
        "customer form ÷ core's partner form", taken["ours"] / taken["core"], 1.5
    )


def form_opener(env, user):
    partners = env["res.partner"].with_user(user).with_context(lang="en_US")
    view = env.ref("base.view_partner_form").id
    specification = get_specification(partners, view, "form")
    partners.browse(user.partner_id.id).web_read(specification)

    def open_form(partner):
        env.invalidate_all()
        partners.browse(partner.id).web_read(specification)

    return open_form


def add_events(env, partner, count):
    env["dealer.contact"].create(
        [{"partner_id": partner.id, "content": f"Call {n}"} for n in range(count)]
    )
    env.flush_all()
    env.cr.commit()


def measure_search(env, report, volume):
    """One box finds by the end of a VIN or plate and by a part of a phone."""
    cars, ids = volume.cars, volume.partners.ids
    user = make_user(env, "search", "dealer_crm.group_sales_manager")
    customers = env["res.partner"].with_user(user)
    view = env.ref("dealer_crm.res_partner_view_list").id
    specification = get_specification(customers, view, "list")

    def find(domain):
        env.invalidate_all()
        return customers.web_search_read(domain, specification, limit=LIST_LENGTH)

    typed = {
        "VIN tail": lambda n: cars[500 + n].vin_sn[-6:],
        "plate tail": lambda n: cars[500 + n].license_plate[-5:],
        "phone fragment": lambda n: volume.partners[500 + n].phone[3:10],
    }
    texts = {what: [get(n) for n in range(15)] for what, get in typed.items()}
    calls = {"primary key": lambda n: find([("id", "=", ids[n])])}
    for what in texts:
        calls[what] = lambda n, what=what: find(
            [("dealer_search", "ilike", texts[what][n])]
        )
    taken = alternate(calls)
    for what in texts:
        with recorded() as sent:
            found = calls[what](0)
        report.check(f"search by {what}: found", found["length"])
        report.check(
            f"search by {what}: no table read whole", not read_whole_tables(env, sent)
        )
        report.ratio(
            f"search by {what} ÷ read by primary key",
            taken[what] / taken["primary key"],
            3,
        )
    measure_reception(env, report, user, texts)


def measure_reception(env, report, user, texts):
    """The reception box, which asks for customers, cars and papers at once."""
    box = env["dealer.reception"].with_user(user)
    for what, values in texts.items():

        def ask(n, values=values):
            env.invalidate_all()
            return box.search_hits(values[n])

        with recorded() as sent:
            hits = ask(0)
        report.check(f"reception by {what}: found", hits)
        report.check(
            f"reception by {what}: no table read whole",
            not read_whole_tables(env, sent),
        )
        report.note(f"reception by {what}: seconds", seconds_of(ask))


def make_user(env, login, *groups):
    groups = groups or ("dealer_crm.group_sales_manager",)
    user = env["res.users"].create(
        {
            "name": login,
            "login": f"bench-{login}",
            "group_ids": [(4, env.ref(group).id) for group in groups]
            + [(4, env.ref("base.group_partner_manager").id)],
        }
    )
    env.cr.commit()
    return user
