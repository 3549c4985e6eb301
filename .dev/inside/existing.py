"""A database in use before our addons came: seed|check DB FILE -- OPTIONS.

``seed`` enters what a company has by then, tidy and untidy, and writes down what the
records say. ``check``, after the install, tells what is another than it was.
"""

import json
import sys
from pathlib import Path

from session import environment

#: What must say the same after the install, by model. (The last odometer of a car is
#: another question since: the newest reading, not the highest.)
KEPT = {
    "res.partner": ["name", "phone", "email", "vat", "active"],
    "crm.lead": ["name", "phone", "type", "active"],
    "account.move": ["name", "state", "amount_total", "payment_state"],
    "fleet.vehicle": ["license_plate", "vin_sn", "active"],
    "fleet.vehicle.odometer": ["value"],
    "sale.order": ["name", "state", "amount_total"],
}


def seed(env):
    """Partners with any phone, two cars with one VIN, an invoice, an order, leads."""
    people = [
        {"name": "Tidy Person", "phone": "13800138000", "email": "t@example.com"},
        {"name": "No Phone"},
        {"name": "Odd Phone", "phone": "ask reception"},
        {"name": "Same Phone", "phone": "+86 138 0013 8000"},
        {"name": "Company", "is_company": True, "vat": "not a code"},
    ]
    partners = env["res.partner"].create(people)
    brand = env["fleet.vehicle.model.brand"].create({"name": "Old Brand"})
    model = env["fleet.vehicle.model"].create({"name": "Old", "brand_id": brand.id})
    cars = [
        {"license_plate": "苏A00001", "vin_sn": "SAMEVIN"},
        {"license_plate": "苏 a-00001", "vin_sn": "SAMEVIN"},
        {"license_plate": False, "vin_sn": False},
    ]
    cars = env["fleet.vehicle"].create([{"model_id": model.id, **car} for car in cars])
    env["fleet.vehicle.odometer"].create(
        [
            {"vehicle_id": cars[0].id, "value": value, "date": day}
            for value, day in ((500, "2025-01-01"), (300, "2025-06-01"))
        ]
    )
    leads = [
        {"name": "Old lead", "phone": "xyz"},
        {"name": "Deal", "type": "opportunity"},
    ]
    env["crm.lead"].create([{**lead, "partner_id": partners[0].id} for lead in leads])
    product = env["product.product"].create({"name": "Old part", "list_price": 5})
    line = {"product_id": product.id, "product_uom_qty": 2}
    env["sale.order"].create(
        {"partner_id": partners[0].id, "order_line": [(0, 0, line)]}
    ).action_confirm()
    make_invoice(env, partners[4])


def make_invoice(env, partner):
    """A posted invoice, with the few accounts that it needs."""
    accounts = env["account.account"]
    income = accounts.create(
        {"name": "Income", "code": "XINC", "account_type": "income"}
    )
    debtors = accounts.create(
        {"name": "Debtors", "code": "XDEB", "account_type": "asset_receivable"}
    )
    partner.property_account_receivable_id = debtors
    journal = env["account.journal"].create(
        {"name": "Old Sales", "type": "sale", "code": "XSAL"}
    )
    line = {"name": "Work", "price_unit": 50, "account_id": income.id, "tax_ids": False}
    env["account.move"].create(
        {
            "move_type": "out_invoice",
            "partner_id": partner.id,
            "journal_id": journal.id,
            "invoice_line_ids": [(0, 0, line)],
        }
    ).action_post()


def describe(env):
    """{model: {id: values}} of all records, archived ones included."""
    described = {}
    for model, names in KEPT.items():
        records = env[model].with_context(active_test=False).search([], order="id")
        rows = records.read(names, load=False)
        described[model] = {str(row.pop("id")): row for row in rows}
    return described


def check(env, before):
    """:return: list of texts, empty when the records are what they were"""
    after = json.loads(json.dumps(describe(env), default=str))
    findings = [
        f"{model} {key}: {values} became {after[model].get(key)}"
        for model, rows in before.items()
        for key, values in rows.items()
        if after[model].get(key) != values
    ]
    if env["res.partner"].search_count([("file_state", "!=", False)]):
        findings.append("partners became customers by the install")
    if env["fleet.vehicle"].search_count([("trade_state", "!=", False)]):
        findings.append("company cars entered the trade by the install")
    return findings + use(env)


def use(env):
    """People go on working with the old records: write all that was written."""
    findings = []
    for model, names in KEPT.items():
        for record in env[model].search([], order="id desc", limit=20):
            name = names[0]
            try:
                with env.cr.savepoint():
                    if model != "account.move":
                        record.write({name: record[name]})
                    record.web_read({name: {}})
            except Exception as error:
                findings.append(f"{model} {record.id} cannot be used: {error}")
    return findings


def main(arguments):
    split = arguments.index("--")
    action, database, file = arguments[:split]
    path = Path(file)
    with environment(database, arguments[split + 1 :]) as env:
        if action == "seed":
            seed(env)
            text = json.dumps(describe(env), default=str)
        else:
            before = json.loads(path.read_text(encoding="utf-8"))
            text = json.dumps(check(env, before))
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
