"""What the sample dealership sells: models with their data, options, cars in stock."""

from datetime import timedelta

from sample_identity import make_vin
from sample_words import BRAND, COLORS, IMPORTED_MODEL, MODELS

ENERGY = {"": "gasoline", "F": "plug_in_hybrid_gasoline", "D": "electric"}
#: model: (series, class, body, drive, power kW, displacement ml, battery kWh, range)
SPECS = {
    "青禾 1.5L": ("青禾", "entry", "sedan", "fwd", 83, 1498, 0, 0),
    "青禾 1.5T": ("青禾", "entry", "sedan", "fwd", 118, 1497, 0, 0),
    "澄川 2.0T": ("澄川", "middle", "sedan", "fwd", 162, 1998, 0, 0),
    "砾原 2.0T 四驱": ("砾原", "middle", "suv", "awd", 162, 1998, 0, 0),
    "砾原 插混": ("砾原", "upper", "suv", "awd", 240, 1497, 18.3, 110),
    "知岸 E5": ("知岸", "middle", "sedan", "fwd", 150, 0, 58.5, 520),
    "知岸 E7": ("知岸", "upper", "suv", "awd", 220, 0, 82, 610),
    IMPORTED_MODEL: ("远航", "luxury", "suv", "awd", 250, 2995, 0, 0),
}
OPTIONS = (
    # code, name, price, models (none: all), not together with
    ("YQ-P01", "全景天窗", 8000, (), ()),
    ("YQ-S02", "真皮座椅", 6500, (), ()),
    ("YQ-A03", "高级音响", 4800, (), ()),
    (
        "YQ-R04",
        "车顶行李架",
        2600,
        ("砾原 2.0T 四驱", "砾原 插混", "知岸 E7"),
        ("YQ-P01",),
    ),
    ("YQ-D05", "智能驾驶包", 12000, ("知岸 E5", "知岸 E7"), ()),
)
# state, arrived days ago, expected in days
CARS = (
    ("in_stock", 3, None),
    ("in_stock", 18, None),
    ("in_stock", 40, None),
    ("in_stock", 66, None),
    ("in_stock", 97, None),
    ("in_stock", 11, None),
    ("in_transit", None, 4),
    ("in_transit", None, -3),
    ("ordered", None, 21),
    ("ordered", None, -6),
    ("demo", 120, None),
)


def specify_models(env):
    """Class, price, warranty and technical data of each model."""
    for name, spec in SPECS.items():
        series, grade, body, drive, power, displacement, battery, distance = spec
        _code, price, _share, energy, _engine, gearbox = MODELS[name]
        env["fleet.vehicle.model"].search(
            [("name", "=", name), ("brand_id.name", "=", BRAND)]
        ).with_context(tracking_disable=True).write(
            {
                "series": series,
                "vehicle_class": grade,
                "body_type": body,
                "drive_type": drive,
                "power": power,
                "displacement": displacement,
                "battery_capacity": battery,
                "vehicle_range": distance,
                "default_fuel_type": ENERGY[energy],
                "transmission": "automatic" if gearbox else False,
                "seats": 5,
                "doors": 5 if body == "suv" else 4,
                "list_price": price,
                "warranty_months": 48,
                "warranty_km": 120000,
            }
        )


def load(env, companies, users, today):
    """Options, and cars of every state in both branches; one is allocated."""
    options = _make_options(env)
    supplier = env["res.partner"].create(
        {"name": "远桥汽车销售有限公司", "is_company": True}
    )
    models = env["fleet.vehicle.model"].search([("name", "in", list(SPECS))])
    cars = env["fleet.vehicle"].with_context(tracking_disable=True)
    for branch, company in enumerate(companies[:2]):
        cars |= cars.create(
            [
                {
                    **_prepare_car(models, options, company, branch, index, today),
                    "supplier_id": supplier.id,
                }
                for index in range(len(CARS))
            ]
        )
    _allocate_one(env, cars, users["sales1"])


def _make_options(env):
    options = env["dealer.vehicle.option"]
    for code, name, price, model_names, excluded in OPTIONS:
        options |= options.create(
            {
                "code": code,
                "name": name,
                "price": price,
                "model_ids": env["fleet.vehicle.model"]
                .search([("name", "in", model_names)])
                .ids,
                "incompatible_ids": options.filtered(lambda o: o.code in excluded).ids,  # noqa: B023
            }
        )
    return options


def _prepare_car(models, options, company, branch, index, today):
    state, arrived, expected = CARS[index]
    model = models[(index * 3 + branch) % len(models)]
    maker = "WYZ" if model.name == IMPORTED_MODEL else "LYZ"
    descriptor = MODELS[model.name][0]
    # without roof rails: they exclude the panoramic roof
    fitting = options.filtered(
        lambda o: not o.incompatible_ids and (not o.model_ids or model in o.model_ids)
    )
    ordered = today - timedelta(arrived or 30) - timedelta(25)
    return {
        "model_id": model.id,
        "vin_sn": make_vin(
            maker, descriptor, today.year, "A", 900100 + branch * 50 + index
        ),
        "trade_state": state,
        "origin": "own_sale",
        "company_id": company.id,
        "color": COLORS[(index + branch) % len(COLORS)],
        "arrival_date": today - timedelta(arrived) if arrived else False,
        "eta_date": today + timedelta(expected) if expected else False,
        "option_ids": fitting[: index % 3].ids,
        "purchase_cost": round(model.list_price * 0.92, -2),
        "purchase_order_number": f"CG{ordered:%y%m}{branch + 1}{index:03d}",
        "purchase_order_date": ordered,
    }


def _allocate_one(env, cars, consultant):
    lead = env["crm.lead"].search(
        [("user_id", "=", consultant.id), ("type", "=", "opportunity")], limit=1
    )
    car = cars.filtered(
        lambda c: c.trade_state == "in_stock" and c.company_id == lead.company_id
    )[:1]
    if car:
        car.with_user(consultant)._allocate(lead=lead)
