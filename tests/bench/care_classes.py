"""Classes, life cycle, value and segments of 100 000 customers beside plain SQL.

Each job is compared with the statement that a database would need at least: the same
facts for all customers, judged and written in one go.
"""

import time

import _common
from _volume import CARS, CUSTOMERS, last_id, make_cars

NAME = "Care classes"
ORDERS = 300_000
PHONE = "'138' || lpad((n::bigint * 7919 %% 99999989)::text, 8, '0')"

RAW_VALUE = """
    WITH visit AS (
        SELECT partner_id, date_delivered::date AS day, amount_total AS amount,
               COALESCE(service_kind, 'general') IN ('maintenance', 'general') AS paid
          FROM repair_order
         WHERE state = 'done' AND vehicle_id IS NOT NULL
     UNION ALL
        SELECT l.partner_id, r.date_delivered::date, 0,
               COALESCE(r.service_kind, 'general') IN ('maintenance', 'general')
          FROM dealer_vehicle_party l
          JOIN repair_order r ON r.vehicle_id = l.vehicle_id
         WHERE l.role = 'owner' AND r.partner_id <> l.partner_id AND r.state = 'done'
    ), fact AS (
        SELECT partner_id, max(day) AS last, min(day) AS first,
               count(DISTINCT day) AS days,
               count(DISTINCT day) FILTER (
                   WHERE paid AND day >= current_date - 365) AS visits,
               sum(amount) FILTER (
                   WHERE paid AND day >= current_date - 365) AS money
          FROM visit GROUP BY partner_id
    ), judged AS (
        SELECT partner_id, last, days,
               (last >= current_date - 90)::int * 4 + least(visits, 4)
               + least(money / 2500, 4)::int + 3 AS score
          FROM fact
    ), logged AS (
        INSERT INTO bench_log (partner_id, month, score)
        SELECT partner_id, date_trunc('month', current_date), score FROM judged
    )
    UPDATE res_partner p
       SET value_score = j.score, last_visit_on = j.last,
           value_class = CASE WHEN j.score >= 12 THEN 'a' WHEN j.score >= 8 THEN 'b'
                              ELSE 'c' END
      FROM judged j WHERE j.partner_id = p.id
"""
RAW_LIFECYCLE = """
    WITH visit AS (
        SELECT partner_id, max(date_delivered)::date AS last
          FROM (SELECT partner_id, date_delivered FROM repair_order
                 WHERE state = 'done' AND vehicle_id IS NOT NULL
             UNION ALL
                SELECT l.partner_id, r.date_delivered
                  FROM dealer_vehicle_party l
                  JOIN repair_order r ON r.vehicle_id = l.vehicle_id
                 WHERE l.role = 'owner' AND r.state = 'done') v
      GROUP BY partner_id
    ), owner AS (
        SELECT l.partner_id, count(*) AS cars, max(l.date_from) AS bought
          FROM dealer_vehicle_party l
          JOIN fleet_vehicle v ON v.id = l.vehicle_id
         WHERE l.role = 'owner' GROUP BY l.partner_id
    ), judged AS (
        SELECT p.id, CASE WHEN greatest(v.last, o.bought) < current_date - 365
                          THEN 'lost' WHEN greatest(v.last, o.bought)
                          < current_date - 180 THEN 'at_risk' ELSE 'active' END AS state
          FROM res_partner p
     LEFT JOIN visit v ON v.partner_id = p.id
     LEFT JOIN owner o ON o.partner_id = p.id
         WHERE p.file_state IS NOT NULL
    ), logged AS (
        INSERT INTO bench_log (partner_id, month, state)
        SELECT id, current_date, state FROM judged
    )
    UPDATE res_partner p SET lifecycle = judged.state
      FROM judged WHERE judged.id = p.id
"""
RAW_CLASS = """
    WITH owner AS (
        SELECT l.partner_id, count(DISTINCT l.vehicle_id) AS cars
          FROM dealer_vehicle_party l
          JOIN fleet_vehicle v ON v.id = l.vehicle_id
         WHERE l.role = 'owner' GROUP BY l.partner_id
    ), spent AS (
        SELECT partner_id, sum(amount_total) AS money FROM repair_order
         WHERE state = 'done' AND date_delivered >= current_date - 730
           AND service_kind IS DISTINCT FROM 'warranty' GROUP BY partner_id
    ), asked AS (
        SELECT partner_id, avg(score) AS score FROM dealer_callback
         WHERE is_scored GROUP BY partner_id
    )
    UPDATE res_partner p
       SET customer_class = CASE WHEN o.cars > 2 OR s.money > 50000 THEN 'vip'
                                 WHEN o.cars > 1 OR s.money > 10000 THEN 'loyal'
                                 WHEN o.cars > 0 OR s.money > 0 THEN 'new'
                                 ELSE 'prospect' END
      FROM res_partner q
 LEFT JOIN owner o ON o.partner_id = q.id
 LEFT JOIN spent s ON s.partner_id = q.id
 LEFT JOIN asked a ON a.partner_id = q.id
     WHERE q.id = p.id AND q.file_state IS NOT NULL
"""
FORGET = """
    UPDATE res_partner SET value_class = NULL, value_score = NULL, value_group = NULL,
           loyalty_score = NULL, loyalty_band = NULL, last_visit_on = NULL,
           visit_gap_days = NULL, visit_due_on = NULL, lifecycle = NULL,
           customer_class = NULL
"""


def run(env, report):
    make_owners(env)
    env.cr.execute(
        "CREATE TABLE bench_log (id serial PRIMARY KEY, partner_id int, month date,"
        " score int, state varchar, UNIQUE (partner_id, month))"
    )
    env.cr.commit()
    partners = env["res.partner"]
    for name, raw, job in (
        ("value and loyalty", RAW_VALUE, partners._cron_update_value),
        ("life cycle", RAW_LIFECYCLE, partners._cron_update_lifecycle),
        ("customer class", RAW_CLASS, partners._cron_update_customer_class),
    ):
        measure(env, report, name, raw, job)
    check_result(env, report)
    measure_segments(env, report)


def make_owners(env):
    """Customers with cars and orders spread over three years."""
    partner, car = _common.make_dealership(env)
    start = last_id(env, "res_partner")
    _common.copy_rows(env, "res_partner", partner.id, CUSTOMERS, phone=PHONE)
    make_cars(env, car, CARS, owner_id=f"{start} + 1 + n %% {CUSTOMERS}")
    first = last_id(env, "fleet_vehicle") - CARS
    _common.copy_rows(
        env,
        "dealer_vehicle_party",
        car.party_ids.id,
        CARS,
        vehicle_id=f"{first} + n",
        partner_id=f"{start} + 1 + n %% {CUSTOMERS}",
        date_from="DATE '2020-01-01' + n %% 2000",
    )
    repair = env["repair.order"].create(
        {
            "partner_id": partner.id,
            "vehicle_id": car.id,
            "date_in": "2000-01-01",
            "date_delivered": "2000-01-01",
        }
    )
    _common.copy_rows(
        env,
        "repair_order",
        repair.id,
        ORDERS,
        name="'CARE' || n",
        vehicle_id=f"{first} + 1 + n %% {CARS}",
        partner_id=f"{start} + 1 + n %% {CARS} %% {CUSTOMERS}",
        amount_total="(n %% 90) * 100",
        date_delivered="now()::timestamp - (n::bigint * 7919 %% 1095)"
        " * interval '1 day'",
    )
    env.cr.execute("ANALYZE")
    env.cr.commit()


def measure(env, report, name, raw, job):
    """A job that has all to do, beside plain SQL that has all to do."""
    seconds = []
    for work in (lambda: env.cr.execute(raw.replace("%%", "%")), job):
        env.cr.execute("TRUNCATE dealer_value_log, dealer_lifecycle_log, bench_log")
        env.cr.execute(FORGET)
        env.cr.commit()
        env.invalidate_all()
        start = time.perf_counter()
        work()
        env.cr.commit()
        seconds.append(time.perf_counter() - start)
    report.note(f"{name}: seconds of plain SQL", seconds[0])
    report.note(f"{name}: seconds of the job", seconds[1])
    report.ratio(f"{name}: job ÷ plain SQL", seconds[1] / seconds[0], 5)


def check_result(env, report):
    env["res.partner"]._cron_update_value()
    env.cr.execute(
        "SELECT count(*) FILTER (WHERE value_class IS NOT NULL), count(*)"
        " FROM res_partner WHERE file_state IS NOT NULL"
    )
    judged, files = env.cr.fetchone()
    report.check("every owner has a value class", judged >= CUSTOMERS)
    env.cr.execute("SELECT count(*) FROM dealer_value_log")
    report.check("and one line of the month", env.cr.fetchone()[0] == judged)
    start = time.perf_counter()
    env["res.partner"]._cron_update_value()
    report.note(
        "value and loyalty: seconds with nothing to do", time.perf_counter() - start
    )
    report.note("customer files", files)


def measure_segments(env, report):
    """Counting the members of all segments, beside one scan of cars and customers."""
    segments = env["dealer.segment"].search([])
    env.cr.execute("ANALYZE")
    env.invalidate_all()
    raw = min(_timed(lambda: _scan(env, len(segments))) for _round in range(3))
    own = min(_timed(lambda: _count(segments)) for _round in range(3))
    report.note("segments", len(segments))
    report.note("segments: seconds of one count per segment in plain SQL", raw)
    report.note("segments: seconds", own)
    report.ratio("segments ÷ plain SQL", own / raw, 5)


def _timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _scan(env, number):
    for _index in range(number // 2):
        env.cr.execute(
            "SELECT count(*) FROM fleet_vehicle WHERE active AND age_band = '2_5'"
            " AND trade_state = 'customer'"
        )
        env.cr.execute(
            "SELECT count(*) FROM res_partner WHERE active AND file_state IS NOT NULL"
            " AND value_class = 'a'"
        )


def _count(segments):
    segments.invalidate_recordset()
    return segments.mapped("member_count")
