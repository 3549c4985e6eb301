"""Generate the sample dealership: ``python data/generate.py --help``."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from random import Random

# Loaded by file path, the modules beside this one would not be found.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import sample_contacts
import sample_dirt
import sample_people
import sample_service
import sample_words
from sample_identity import NumberPool
from sample_tables import TABLES, csv_bytes, text_rows, xlsx_bytes

HERE = Path(__file__).resolve().parent
DEFAULT_SEED = 4190


def build_values(today, seed=DEFAULT_SEED):
    """Return each table as rows of Python values (dates, numbers, text)."""
    # One stream per table: a change in one does not shuffle all the others.
    streams = {table: Random(f"{seed}/{table}") for table in TABLES}
    pool = NumberPool(Random(f"{seed}/numbers"))
    customers = sample_people.make_customers(streams["customers"], pool, today)
    cars = sample_people.make_vehicles(streams["vehicles"], pool, customers, today)
    parties = sample_people.make_parties(streams["parties"], customers, cars)
    repairs = sample_service.make_repairs(streams["repair_orders"], cars, today)
    repair_rows = [
        row for repair in repairs for row in sample_service.repair_rows(repair)
    ]
    leads = sample_contacts.make_leads(streams["leads"], pool, customers, today)
    answers = sample_contacts.make_answers(streams["callback_answers"], repairs, today)
    return {
        "vehicle_models": [
            {"name": name, "brand_id": sample_words.BRAND, "vehicle_type": "car"}
            for name in sample_words.MODELS
        ],
        "customers": [customer.row for customer in customers],
        "vehicles": [car.row for car in cars],
        "parties": parties,
        "repair_orders": repair_rows,
        "leads": leads,
        "callback_answers": answers,
        "dirt_customers": sample_dirt.customer_rows(),
        "dirt_vehicles": sample_dirt.vehicle_rows(customers, cars, today),
        "dirt_repair_orders": sample_dirt.repair_rows(cars, repairs, today),
    }


def build(today, seed=DEFAULT_SEED):
    """Return each table as rows of text, ready for ``load()`` of the model.

    Only ``callback_answers``, which no model imports, keeps lists and numbers.
    """
    values = build_values(today, seed)
    tables = {table: text_rows(table, rows) for table, rows in values.items()}
    tables["callback_answers"] = values["callback_answers"]
    return tables


def write(today, seed, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in build_values(today, seed).items():
        (folder / f"{table}.csv").write_bytes(csv_bytes(table, rows))
        (folder / f"{table}.xlsx").write_bytes(xlsx_bytes(table, rows, today))
        print(f"{table}: {len(rows)}")
    # Who reads the files later can tell which day they are recent for.
    stamp = json.dumps({"today": today.isoformat(), "seed": seed}, indent=2)
    (folder / "generated.json").write_text(stamp + "\n", encoding="utf-8")


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Generate the sample dealership.")
    parser.add_argument("--today", type=date.fromisoformat, default=date.today())
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--out", type=Path, default=HERE)
    options = parser.parse_args(arguments)
    write(options.today, options.seed, options.out)


if __name__ == "__main__":
    main()
