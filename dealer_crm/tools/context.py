# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def without_defaults(records, names):
    """The same records, whose context proposes nothing for the fields ``names``.

    For fields that the system sets: a client must not set them by ``default_*``.
    """
    refused = {f"default_{name}" for name in names}
    context = records.env.context
    if refused.isdisjoint(context):
        return records
    kept = {key: value for key, value in context.items() if key not in refused}
    return records.with_env(records.env(context=kept))
