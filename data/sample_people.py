"""Customers, vehicles and the persons around a vehicle."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

import sample_identity as identity
import sample_words as words

CUSTOMER_COUNT = 300
COMPANY_COUNT = 25
VEHICLE_COUNT = 350
COMPANY_VEHICLES = 60
IMPORTED_COUNT = 10
OWNERLESS_PERSONS = 30


@dataclass
class Customer:
    row: dict
    branch: str
    birth: date | None

    @property
    def ref(self):
        return self.row["ref"]

    @property
    def is_company(self):
        return self.row["is_company"]


@dataclass
class Car:
    row: dict
    branch: str
    owner: Customer
    first_sale: date
    km_per_day: int
    loyalty: float
    bringers: list = field(default_factory=list)
    # where the counter of the instrument stood, and when; moves with each visit
    odometer: int = 0
    odometer_date: date | None = None
    last_out: date | None = None
    last_maintenance: date | None = None

    @property
    def vin(self):
        return self.row["vin_sn"]

    @property
    def bought(self):
        return self.row["purchase_date"]

    @property
    def energy(self):
        return words.MODELS[self.row["model_id"].partition("/")[2]][3]


def add_years(day, years):
    if (day.month, day.day) == (2, 29):
        # 29 February has no counterpart in most years.
        day -= timedelta(days=1)
    return day.replace(year=day.year + years)


def person_name(rng, male):
    given = words.GIVEN_MALE if male else words.GIVEN_FEMALE
    return rng.choice(words.SURNAMES) + rng.choice(given)


def _person_values(rng, pool, today):
    male = rng.random() < 0.6
    birth = today - timedelta(days=rng.randrange(27 * 366, 68 * 365))
    values = {
        "name": pool.take(lambda: person_name(rng, male)),
        "is_company": False,
        "phone": pool.mobile(),
        "gender": "male" if male else "female",
    }
    has_id = rng.random() < 0.7
    if has_id:
        values["id_document_type"] = "resident_id"
        values["id_number"] = identity.make_id(birth, male, rng.randrange(2, 1000))
    if has_id or rng.random() < 0.5:
        values["birthdate_date"] = birth
    return values, birth


def _company_values(rng, pool, serial):
    trade = rng.choice(words.COMPANY_TRADES)
    return {
        "name": f"{words.COMPANY_NAMES[serial]}{trade}有限公司",
        "is_company": True,
        "phone": pool.landline() if rng.random() < 0.6 else pool.mobile(),
        "vat": identity.make_uscc(rng.randrange(1000) * 100 + serial),
    }


def _address(rng, is_company):
    street = f"{rng.choice(words.STREETS)}{rng.randrange(1, 400)}号"
    if not is_company:
        block, floor = rng.randrange(1, 30), rng.randrange(1, 19)
        street += f"{rng.choice(words.ESTATES)}{block}幢{floor}0{rng.randrange(1, 5)}室"
    return street


def make_customers(rng, pool, today):
    company_places = set(rng.sample(range(CUSTOMER_COUNT), COMPANY_COUNT))
    customers = []
    for index in range(CUSTOMER_COUNT):
        is_company = index in company_places
        if is_company:
            serial = sum(customer.is_company for customer in customers)
            values, birth = _company_values(rng, pool, serial), None
        else:
            values, birth = _person_values(rng, pool, today)
        values["ref"] = f"C{index + 1:04d}"
        if is_company or rng.random() < 0.45:
            host = "example.com" if is_company else "example.cn"
            values["email"] = f"{values['ref'].lower()}@{host}"
        values["street"] = _address(rng, is_company)
        values["city"] = rng.choice(words.CITIES)
        branch = "E" if rng.random() < 0.6 else "W"
        values["company_id"] = words.BRANCHES[branch]
        values["country_id"] = "China"
        customers.append(Customer(values, branch, birth))
    return customers


def _owners(rng, customers):
    """One owner per vehicle: firms have several, a few persons have none."""
    companies = [customer for customer in customers if customer.is_company]
    persons = [customer for customer in customers if not customer.is_company]
    drivers = rng.sample(persons, len(persons) - OWNERLESS_PERSONS)
    owners = companies + rng.choices(companies, k=COMPANY_VEHICLES - len(companies))
    owners += drivers
    owners += rng.choices(drivers, k=VEHICLE_COUNT - len(owners))
    rng.shuffle(owners)
    return owners


def _purchase_age(rng):
    low, high = rng.choices(
        ((3, 365), (365, 3 * 365), (3 * 365, 5 * 365), (5 * 365, 8 * 365)),
        (18, 30, 25, 27),
    )[0]
    return rng.randrange(low, high)


def _origin_and_dates(rng, today, imported):
    """Origin, first registration, purchase by the present owner."""
    bought = today - timedelta(days=_purchase_age(rng))
    origin = rng.choices(("own_sale", "other_dealer", "trade_in"), (78, 12, 10))[0]
    used = origin == "trade_in" or (origin == "other_dealer" and rng.random() < 0.4)
    first_sale = bought
    oldest = today - timedelta(days=9 * 365)
    if used and not imported:
        first_sale = max(oldest, bought - timedelta(days=rng.randrange(400, 2000)))
    return origin, first_sale, bought


def _pick_model(rng, imported, first_sale, today):
    if imported:
        return words.IMPORTED_MODEL
    # The battery models have been on sale for five years only.
    recent = today - first_sale < timedelta(days=5 * 365)
    names = [name for name, model in words.MODELS.items() if recent or not model[3]]
    return rng.choices(names, [words.MODELS[name][2] for name in names])[0]


def _usage(rng, owner):
    if owner.is_company:
        return rng.choice(("official", "official", "commercial"))
    return "commercial" if rng.random() < 0.04 else "private"


def _vehicle_numbers(rng, pool, name, first_sale, plated):
    descriptor, _price, _share, energy, engine, gearbox = words.MODELS[name]
    # Cars sold in the first weeks of a year are often built in the year before.
    year = first_sale.year - (first_sale.month <= 2 and rng.random() < 0.5)
    maker = "WYZ" if name == words.IMPORTED_MODEL else "LYZ"
    serial = pool.serial()
    return {
        "vin_sn": identity.make_vin(maker, descriptor, year, "A", serial),
        "license_plate": pool.plate(energy) if plated else "",
        "engine_number": f"{engine}{pool.serial()}",
        "gearbox_number": f"{gearbox}{pool.serial()}" if gearbox else "",
    }


def _sale_values(rng, name, first_sale, bought):
    price = words.MODELS[name][1] + rng.randrange(-4, 9) * 1000
    if first_sale < bought:
        years = (bought - first_sale).days / 365
        price = round(price * 0.82**years, -2)
    energy = words.MODELS[name][3]
    return {
        "purchase_date": bought,
        "purchase_price": int(price),
        "warranty_end_date": add_years(first_sale, 4 if energy else 3),
        "warranty_end_odometer": 120000 if energy else 100000,
    }


def _make_car(rng, pool, today, owner, imported):
    origin, first_sale, bought = _origin_and_dates(rng, today, imported)
    name = _pick_model(rng, imported, first_sale, today)
    row = _vehicle_numbers(rng, pool, name, first_sale, (today - bought).days > 10)
    row |= _sale_values(rng, name, first_sale, bought)
    row |= {
        "model_id": f"{words.BRAND}/{name}",
        "owner_id": owner.ref,
        "color": rng.choice(words.COLORS),
        "usage": _usage(rng, owner),
        "origin": origin,
        "company_id": words.BRANCHES[owner.branch],
    }
    rate = rng.randrange(24, 54)
    # One car in eight never comes to the workshop; the others differ in loyalty.
    loyalty = 0 if rng.random() < 0.12 else rng.choice((0.5, 1, 1, 2, 3))
    car = Car(row, owner.branch, owner, first_sale, rate, loyalty)
    car.odometer = rng.randrange(5, 60) + (bought - first_sale).days * rate
    car.odometer_date = bought
    return car


def make_vehicles(rng, pool, customers, today):
    owners = _owners(rng, customers)
    imported = set(rng.sample(range(VEHICLE_COUNT), IMPORTED_COUNT))
    return [
        _make_car(rng, pool, today, owner, index in imported)
        for index, owner in enumerate(owners)
    ]


def _party(car, customer, role, date_from, date_to=None, price=None):
    return {
        "vehicle_id": car.vin,
        "partner_id": customer.ref,
        "role": role,
        "date_from": date_from,
        "date_to": date_to,
        "price": price,
    }


def _former_owners(rng, car, neighbours):
    """The chain of owners before the present one, none overlapping the next."""
    if car.first_sale == car.bought:
        return []
    end = car.bought - timedelta(days=rng.randrange(1, 20))
    bounds = [car.first_sale, end]
    if (end - car.first_sale).days > 1000 and rng.random() < 0.5:
        bounds.insert(1, car.first_sale + (end - car.first_sale) / 2)
    people = rng.sample(neighbours, len(bounds) - 1)
    price = int(car.row["purchase_price"] * 1.3)
    spans = zip(people, pairwise(bounds), strict=True)
    return [
        _party(car, person, "owner", start + timedelta(days=index), stop, price)
        for index, (person, (start, stop)) in enumerate(spans)
    ]


def _helpers(rng, car, neighbours, companies):
    rows = []
    chance = 0.7 if car.owner.is_company else 0.14
    if rng.random() < chance:
        role = "driver" if car.owner.is_company else rng.choice(("driver", "bringer"))
        person = rng.choice(neighbours)
        car.bringers.append(person)
        rows.append(_party(car, person, role, car.bought))
    if not car.owner.is_company and rng.random() < 0.06:
        payer = rng.choice(companies)
        rows.append(_party(car, payer, "payer", car.bought))
    return rows


def make_parties(rng, customers, cars):
    rows = []
    for car in cars:
        near = [
            customer
            for customer in customers
            if customer.branch == car.branch and customer is not car.owner
        ]
        persons = [customer for customer in near if not customer.is_company]
        companies = [customer for customer in near if customer.is_company]
        rows += _former_owners(rng, car, persons)
        rows += _helpers(rng, car, persons, companies)
    return rows
