"""The workshop beside core: orders opened, made and imported; nightly forecast."""

import _common
from _client import alternate, get_specification, recorded, seconds_of
from _workshop import Forecast, make_workshop

NAME = "Workshop"
FORM = "repair.view_repair_order_form"
IMPORTED = 1_000
CREATED = 40
PARTS = 3


def run_core(env):
    """Core's own orders on a database without our addons."""
    partner = env["res.partner"].create({"name": "Bench"})
    prepare_warehouse(env)
    products = make_parts(env)
    # the first one pays for caches that live as long as the process
    orders = [make_order(env, partner, products) for _n in range(16)]
    env.cr.commit()
    staff = make_user(env, "stock", "stock.group_stock_user")
    repairs = env["repair.order"].with_user(staff)
    specification = get_specification(repairs, env.ref(FORM).id)

    def open_form(number):
        env.invalidate_all()
        repairs.browse(orders[number + 1].id).web_read(specification)

    open_form(-1)
    return {
        "open": seconds_of(open_form),
        "create": seconds_to_create(env, {"partner_id": partner.id}),
        "import": seconds_to_import(env, ["name", "partner_id"], core_row),
    }


def prepare_warehouse(env):
    company = env.company
    if not env["stock.warehouse"].search_count([("company_id", "=", company.id)]):
        env["stock.warehouse"].create({"name": "Bench", "company_id": company.id})


def make_parts(env):
    return env["product.product"].create(
        [
            {"name": f"Part {n}", "type": "consu", "list_price": 100 + n}
            for n in range(PARTS)
        ]
    )


def make_order(env, partner, products, **values):
    """An order with parts; the columns of core's parts table are what is slow."""
    moves = [
        (0, 0, {"product_id": product.id, "repair_line_type": "add"})
        for product in products
    ]
    return env["repair.order"].create(
        {"partner_id": partner.id, "move_ids": moves, **values}
    )


def seconds_to_create(env, values):
    def create(_number):
        env.invalidate_all()
        env["repair.order"].create(values)
        env.flush_all()

    create(0)
    return seconds_of(create, times=CREATED)


def core_row(number):
    return [f"H{number}", "Bench"]


def seconds_to_import(env, columns, make_row):
    rows = [make_row(number) for number in range(IMPORTED)]
    with _common.timed() as watch:
        result = env["repair.order"].load(columns, rows)
        env.flush_all()
    if not result["ids"] or len(result["ids"]) != IMPORTED:
        raise RuntimeError(f"Import failed: {result['messages'][:2]}")
    return watch.seconds


def run(env, report, core):
    workshop = make_workshop(env)
    measure_order(env, report, workshop, core)
    measure_import(env, report, workshop, core)
    measure_forecast(env, report, workshop)


def measure_order(env, report, workshop, core):
    """An advisor opens and makes orders among 600 000."""
    user = make_user(env, "advisor", "dealer_aftersales.group_service_advisor")
    staff = env["repair.order"].with_user(user).env
    products = make_parts(env)
    for product in products:
        product.part_origin = "original"
    cars = workshop.cars
    orders = [
        make_order(
            env,
            car.owner_id,
            products,
            vehicle_id=car.id,
            odometer_in=150_000,
            labor_ids=[(0, 0, {"name": "Oil", "hours": 1, "price_unit": 150})] * 2,
        )
        for car in cars[:16]
    ]
    env.cr.commit()
    specification = get_specification(staff["repair.order"], env.ref(FORM).id)

    def open_form(number):
        env.invalidate_all()
        staff["repair.order"].browse(orders[number + 1].id).web_read(specification)

    open_form(-1)
    with recorded() as sent:
        open_form(0)
    report.note("order form: queries", len(sent))
    report.ratio("order form ÷ core's", seconds_of(open_form) / core["open"], 1.5)
    values = {"vehicle_id": cars[20].id, "odometer_in": 160_000}
    report.ratio(
        "order created ÷ core's", seconds_to_create(staff, values) / core["create"], 1.6
    )
    env.cr.commit()


def measure_import(env, report, workshop, core):
    """Closed history with car, readings and labour, beside core's two columns."""
    columns = ["name", "partner_id/.id", "vehicle_id/.id", "service_kind", "date_in"]
    columns += ["date_delivered", "odometer_in", "labor_ids/name", "labor_ids/hours"]
    cars = workshop.cars[1000 : 1000 + IMPORTED]
    cars.fetch(["owner_id"])

    def make_row(number):
        car = cars[number]
        moments = ["2019-05-06 01:00:00", "2019-05-06 08:00:00"]
        keys = [f"H{number}", str(car.owner_id.id), str(car.id), "general"]
        return [*keys, *moments, "900", "Brake", "1.2"]

    seconds = seconds_to_import(env, columns, make_row)
    report.note("history import: seconds", seconds)
    report.ratio("history import ÷ core's import", seconds / core["import"], 1 / 0.7)
    env.cr.commit()


def measure_forecast(env, report, workshop):
    """The nightly job over all cars, beside one raw statement of the same figures."""
    job = Forecast(env, workshop)
    taken = alternate({"raw": job.run_raw}, times=3)
    with _common.timed() as first:
        job.run_job()
    env.cr.commit()
    report.note("forecast: raw seconds", taken["raw"])
    report.note("forecast: seconds of the first night", first.seconds)
    report.ratio("forecast, first night ÷ raw", first.seconds / taken["raw"], 5)
    report.check("every car has its figures", job.count_missing() == 0)
    # cars without a rate of their own follow the average of the first night
    job.run_job()
    before = job.content()
    with _common.timed() as quiet:
        job.run_job()
    env.cr.commit()
    report.ratio("forecast, quiet night ÷ raw", quiet.seconds / taken["raw"], 5)
    report.check("a run after a quiet day changes nothing", job.content() == before)


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
