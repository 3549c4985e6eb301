"""Volume for the benchmarks, made set-based so that making it costs little."""

import time
from contextlib import contextmanager


class Watch:
    """Seconds of a block."""

    seconds = 0.0


@contextmanager
def timed():
    watch = Watch()
    start = time.perf_counter()
    yield watch
    watch.seconds = time.perf_counter() - start


def make_dealership(env):
    """One customer, one car and a warehouse to hang volume rows on."""
    company = env.company
    if not env["stock.warehouse"].search_count([("company_id", "=", company.id)]):
        env["stock.warehouse"].create({"name": "Bench", "company_id": company.id})
    brand = env["fleet.vehicle.model.brand"].create({"name": "Bench"})
    model = env["fleet.vehicle.model"].create({"name": "One", "brand_id": brand.id})
    partner = env["res.partner"].create(
        {"name": "Bench Customer", "phone": "13800138000", "file_state": "draft"}
    )
    car = env["fleet.vehicle"].create({"model_id": model.id, "owner_id": partner.id})
    return partner, car


def copy_rows(env, table, row_id, count, **expressions):
    """Copy one row ``count`` times; ``expressions`` are SQL over the counter ``n``."""
    env.flush_all()
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s",
        (table,),
    )
    columns = [row[0] for row in env.cr.fetchall() if row[0] != "id"]
    values = [expressions.get(column, f't."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    env.cr.execute(
        f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} "
        f"FROM {table} t, generate_series(1, %s) n WHERE t.id = %s",
        (count, row_id),
    )
    env.cr.execute(f"ANALYZE {table}")
    env.invalidate_all()
