"""Table import of 5 000 customers, beside Odoo's own import of the same records."""

import base64
import csv
import io

import _common

NAME = "Table import"
ROWS = 5_000
TITLES = ["客户编号", "姓名", "电话", "性别", "街道", "城市", "邮箱"]
COLUMNS = ["ref", "name", "phone", "gender", "street", "city", "email"]


def people():
    return [
        [
            f"B{n:05d}",
            f"客户{n}",
            f"139{n:08d}",
            "male" if n % 2 else "female",
            f"样例路{n}号",
            "南京市",
            f"b{n}@example.cn",
        ]
        for n in range(ROWS)
    ]


def make_table():
    stream = io.StringIO()
    csv.writer(stream).writerows([TITLES, *people()])
    return base64.b64encode(stream.getvalue().encode("gb18030"))


def measure_load(env):
    """Odoo's import as its client calls it, undone afterwards."""
    savepoint = env.cr.savepoint()
    loader = env["res.partner"].with_context(
        dealer_customer_file=True, tracking_disable=True, import_file=True
    )
    with _common.timed() as watch:
        result = loader.load(COLUMNS, people())
        env.flush_all()
    if not result["ids"]:
        raise RuntimeError(f"Import failed: {result['messages'][:2]}")
    savepoint.rollback()
    savepoint.close(rollback=False)
    env.invalidate_all()
    return watch.seconds


def measure_intake(env):
    """(seconds of upload and check, seconds of the import)"""
    with _common.timed() as checking:
        batch = env["dealer.import.batch"].create(
            {"kind": "customers", "file": make_table(), "file_name": "bench.csv"}
        )
        batch.action_check()
    batch.sudo().state = "importing"
    with _common.timed() as importing:
        while batch._import_chunk():
            pass
        env.flush_all()
    return batch, checking.seconds, importing.seconds


def run(env, report):
    admin = env.ref("base.user_admin")
    env = env(user=admin.id)
    load = measure_load(env)
    batch, checking, importing = measure_intake(env)
    report.note("Odoo's import, seconds", load)
    report.note("upload and check, seconds", checking)
    report.note("import, seconds", importing)
    report.ratio("import ÷ Odoo's import", importing / load, 1 / 0.7)
    report.ratio("all steps ÷ Odoo's import", (checking + importing) / load, 1 / 0.7)
    report.check("every row is in", batch.done_count == ROWS)
    with _common.timed() as again:
        batch.action_undo()
    report.note("undo, seconds", again.seconds)
    report.check("every row is out again", batch.state == "reverted")
