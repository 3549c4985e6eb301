# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Counters of smart buttons: what the button opens, under the rights of the user."""


def fill_counter(records, name, model, path, domain=(), aggregate="__count"):
    """Set the field ``name`` of ``records`` to the number of records behind it.

    One query for all records, under record rules; 0 where the user may not read
    ``model`` at all.

    :param str model: model that is counted
    :param str path: its many2one that leads to ``records``
    :param domain: further condition, as the action of the button has it
    :param str aggregate: what is counted, if not the records themselves
    """
    counted, counts = records.env[model], {}
    if records._origin and counted.has_access("read"):
        where = [(path, "in", records._origin.ids), *domain]
        groups = counted._read_group(where, [path], [aggregate])
        counts = {group.id: count for group, count in groups}
    for record in records:
        record[name] = counts.get(record._origin.id, 0)
