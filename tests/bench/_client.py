"""What the web client asks for: specifications of views, queries and their plans."""

import time
from contextlib import contextmanager
from statistics import median
from unittest.mock import patch

from lxml import etree
from odoo.sql_db import Cursor

#: Tables of which no screen may read every row.
BIG_TABLES = (
    "res_partner",
    "fleet_vehicle",
    "fleet_vehicle_odometer",
    "dealer_vehicle_party",
    "dealer_contact",
)


def get_specification(model, view_id=False, kind="form"):
    """The fields that the web client names when it opens this view."""
    views = model.get_views([(view_id, kind)], {"load_filters": False})
    arch = etree.fromstring(views["views"][kind]["arch"])
    return _specify(model.env, model._name, arch)


def _specify(env, model_name, node):
    fields = env[model_name]._fields
    result = {}
    for element in _own_fields(node):
        name = element.get("name")
        if element.get("widget") == "handle" or name not in fields:
            continue
        result[name] = _specify_field(env, fields[name], element)
    return result


def _own_fields(node):
    """Field elements of this view, not those of views inside its fields."""
    for child in node:
        if child.tag == "field":
            yield child
        elif isinstance(child.tag, str):
            yield from _own_fields(child)


def _specify_field(env, field, element):
    if field.type in ("many2one", "reference"):
        return {"fields": {"display_name": {}}}
    if field.type not in ("one2many", "many2many"):
        return {}
    views = [view for view in element if view.tag in ("list", "kanban")]
    if not views:
        return {"fields": {"display_name": {}}}
    return {"fields": _specify(env, field.comodel_name, views[0]), "limit": 40}


def seconds_of(call, times=15):
    """Median seconds of ``call(i)``, each on a cold ORM cache."""
    taken = []
    for index in range(times):
        start = time.perf_counter()
        call(index)
        taken.append(time.perf_counter() - start)
    return median(taken)


def alternate(calls, times=15):
    """Median seconds of several calls taken in turn: all meet the same machine.

    :param dict calls: name → function of the round
    """
    taken = {name: [] for name in calls}
    for index in range(times):
        for name, call in calls.items():
            start = time.perf_counter()
            call(index)
            taken[name].append(time.perf_counter() - start)
    return {name: median(values) for name, values in taken.items()}


@contextmanager
def recorded():
    """The statements that the block sends, as (query, parameters)."""
    sent, execute = [], Cursor.execute

    def spy(cursor, query, params=None, **options):
        sent.append((query, params))
        return execute(cursor, query, params, **options)

    with patch.object(Cursor, "execute", spy):
        yield sent


def read_whole_tables(env, statements):
    """Names of big tables that one of the statements reads from end to end."""
    found = set()
    for query, params in statements:
        for line in _plan(env, query, params):
            if "Seq Scan on " in line:
                found.add(line.split("Seq Scan on ")[1].split()[0].strip('"'))
    return sorted(found & set(BIG_TABLES))


def _plan(env, query, params):
    text = getattr(query, "code", query)
    if not text.lstrip().upper().startswith(("SELECT", "WITH")):
        return []
    values = getattr(query, "params", params)
    env.cr.execute("EXPLAIN " + text, values or None)
    return [row[0] for row in env.cr.fetchall()]
