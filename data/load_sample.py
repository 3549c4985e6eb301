"""Load the sample dealership into a database that has the three addons.

Runs inside an Odoo environment of the superuser: ``main(env, lang)``. Safe to call
again: it does nothing where the sample is loaded already.
"""

import sys
from datetime import datetime
from pathlib import Path

import pytz

sys.path.insert(0, str(Path(__file__).resolve().parent))

import generate
import sample_calls
import sample_care
import sample_complaint
import sample_files
import sample_history
import sample_marketing
import sample_measures
import sample_satisfaction
import sample_showroom
import sample_stock
import sample_value
import sample_workshop

BRANCHES = ("远桥汽车城东店", "远桥汽车城西店")
ZONE = "Asia/Shanghai"
PASSWORD = "dealer"

# login: (name in English, name in Chinese, role, branch: 0 east, 1 west, None both)
USERS = {
    "gm": ("General Manager", "总经理", "dealer_crm.group_general_manager", None),
    "salesmgr": ("Sales Manager", "销售经理", "dealer_crm.group_sales_manager", None),
    "front1": ("Receptionist", "前台接待", "dealer_crm.group_receptionist", 0),
    "sales1": ("Sales Consultant", "销售顾问", "dealer_crm.group_sales_consultant", 0),
    "sales2": ("Sales Consultant", "销售顾问", "dealer_crm.group_sales_consultant", 0),
    "sales3": ("Sales Consultant", "销售顾问", "dealer_crm.group_sales_consultant", 1),
    "svcmgr": (
        "Service Manager",
        "服务经理",
        "dealer_aftersales.group_service_manager",
        None,
    ),
    "advisor1": (
        "Service Advisor",
        "服务顾问",
        "dealer_aftersales.group_service_advisor",
        0,
    ),
    "advisor2": (
        "Service Advisor",
        "服务顾问",
        "dealer_aftersales.group_service_advisor",
        0,
    ),
    "advisor3": (
        "Service Advisor",
        "服务顾问",
        "dealer_aftersales.group_service_advisor",
        1,
    ),
    "tech1": ("Technician", "技师", "dealer_aftersales.group_technician", 0),
    "tech2": ("Technician", "技师", "dealer_aftersales.group_technician", 0),
    "tech3": ("Technician", "技师", "dealer_aftersales.group_technician", 1),
    "care1": (
        "Customer Relations",
        "客户关系顾问",
        "dealer_aftersales.group_customer_relations",
        0,
    ),
    "care2": (
        "Customer Relations",
        "客户关系顾问",
        "dealer_aftersales.group_customer_relations",
        1,
    ),
    "finance": ("Accountant", "财务", "account.group_account_invoice", None),
}
PERSONS = {
    "gm": "顾明远",
    "salesmgr": "施雅琴",
    "front1": "叶晚晴",
    "sales1": "陆子安",
    "sales2": "何文清",
    "sales3": "孟书恒",
    "svcmgr": "梁思齐",
    "advisor1": "许嘉禾",
    "advisor2": "严亦舟",
    "advisor3": "温若初",
    "tech1": "邵一鸣",
    "tech2": "汤致远",
    "tech3": "姜怀瑾",
    "care1": "柳知微",
    "care2": "程念慈",
    "finance": "宋清和",
}
LOADS = (
    # table, model, context
    ("customers", "res.partner", {"dealer_customer_file": True}),
    ("vehicles", "fleet.vehicle", {"default_trade_state": "customer"}),
    ("parties", "dealer.vehicle.party", {}),
    ("repair_orders", "repair.order", {}),
    ("leads", "crm.lead", {}),
)


def main(env, lang="zh_CN"):
    """Make branches, users and records; return what a starter needs to know.

    :return: dict with ``users`` (role, login, password) and ``look_at`` (texts)
    :raises RuntimeError: when a row of the sample is refused, with the message
    """
    # A new country must not install its chart of accounts in the middle of the load.
    env = env(context={**env.context, "install_mode": True, "lang": lang})
    companies = _prepare_branches(env, lang)
    if not env["res.users"].search_count([("login", "=", "care1")]):
        users = _create_users(env, companies, lang)
        today = datetime.now(pytz.timezone(ZONE)).date()
        tables = generate.build(today)
        _load_tables(env, companies, tables, lang)
        sample_files.load(env, users)
        sample_showroom.load(env, companies, users, today)
        sample_history.load(env, companies, users, tables, today)
        sample_calls.load(env, companies, users, today)
        sample_satisfaction.load(env, users, companies, today)
        sample_stock.load(env, companies, users, today)
        sample_workshop.load(env, companies, users, today)
        sample_care.load(env, companies, users, today)
        sample_measures.load(env, companies, users, today)
        sample_complaint.load(env, companies, users, today)
        sample_value.load(env)
        sample_marketing.load(env, companies, users, today)
        sample_showroom.load_evening(env, companies, users, today)
    return {"users": _list_users(lang), "look_at": _list_sights(lang)}


def _prepare_branches(env, lang):
    """The first company becomes the first branch; a second one is made beside it."""
    companies = env["res.company"].search([], order="id")
    if companies[0].name not in BRANCHES:
        currency = env.ref("base.CNY")
        currency.active = True
        companies[0].write({"name": BRANCHES[0], "country_id": env.ref("base.cn").id})
        # An empty company may still change its currency.
        companies[0].currency_id = currency
        # Odoo made the price list before the company had its currency.
        env["product.pricelist"].search([]).currency_id = currency
    if len(companies) == 1:
        companies |= env["res.company"].create(
            {
                "name": BRANCHES[1],
                "country_id": env.ref("base.cn").id,
                "currency_id": companies[0].currency_id.id,
            }
        )
    for number, company in enumerate(companies, 1):
        _furnish_branch(env, company, number, lang)
    return companies


def _furnish_branch(env, company, number, lang):
    """Address, time zone and the warehouse without which nothing can be repaired."""
    company.write(
        {
            "street": f"云帆大道{number}8号",
            "city": "南京市",
            "phone": f"025-5550000{number}",
        }
    )
    company.partner_id.write({"tz": ZONE, "lang": lang})
    company.resource_calendar_id = _make_opening_hours(env, company)
    if not env["stock.warehouse"].search_count([("company_id", "=", company.id)]):
        env["stock.warehouse"].create(
            {
                "name": company.name,
                "code": f"WH{company.id}",
                "company_id": company.id,
                "partner_id": company.partner_id.id,
            }
        )


def _make_opening_hours(env, company):
    """A dealership is open every day of the week, Sunday as well."""
    hours = [
        {"name": name, "dayofweek": str(day), "hour_from": first, "hour_to": last}
        for day in range(7)
        for name, first, last in (("上午", 8.5, 12), ("下午", 12, 18))
    ]
    return env["resource.calendar"].create(
        {
            "name": f"{company.name} 营业时间",
            "company_id": company.id,
            "tz": ZONE,
            "attendance_ids": [(5, 0, 0), *((0, 0, line) for line in hours)],
        }
    )


def _create_users(env, companies, lang):
    users = {}
    for login, (_english, _chinese, group, branch) in USERS.items():
        own = companies if branch is None else companies[branch]
        users[login] = (
            env["res.users"]
            .with_context(no_reset_password=True, mail_create_nosubscribe=True)
            .create(
                {
                    "name": PERSONS[login],
                    "login": login,
                    "password": PASSWORD,
                    "email": f"{login}@example.com",
                    "lang": lang,
                    "tz": ZONE,
                    "company_id": own[0].id,
                    "company_ids": [(6, 0, own.ids)],
                    "group_ids": [
                        (4, env.ref("base.group_user").id),
                        (4, env.ref(group).id),
                    ],
                }
            )
        )
        # Without a log-in on record the first browser would set its own time zone.
        env["res.users.log"].with_user(users[login]).sudo().create({})
    env.ref("base.user_admin").write(
        {"company_ids": [(6, 0, companies.ids)], "lang": lang, "tz": ZONE}
    )
    return users


def _load_tables(env, companies, tables, lang):
    """Odoo's own import, table by table, as a person would do it."""
    brand = tables["vehicle_models"][0]["brand_id"]
    env["fleet.vehicle.model.brand"].create({"name": brand})
    _load(env["fleet.vehicle.model"], tables["vehicle_models"])
    sample_stock.specify_models(env)
    for table, model, context in LOADS:
        loader = env[model].with_context(
            tracking_disable=True,
            tz=ZONE,
            lang=lang,
            allowed_company_ids=companies.ids,
            **context,
        )
        _load(loader, _localize(env, lang, tables[table]))


def _localize(env, lang, rows):
    """Countries are found by their name in the language of the import."""
    china = env.ref("base.cn").with_context(lang=lang).name
    return [
        {**row, "country_id": china} if row.get("country_id") else row for row in rows
    ]


def _load(model, rows):
    result = model.load(list(rows[0]), [list(row.values()) for row in rows])
    errors = [m["message"] for m in result["messages"] if m["type"] == "error"]
    if errors:
        raise RuntimeError(f"{model._name}: {errors[0]} ({len(errors)} rows refused)")


def _list_users(lang):
    column = 1 if lang == "zh_CN" else 0
    return [(roles[column], login, PASSWORD) for login, roles in USERS.items()]


def _list_sights(lang):
    if lang == "zh_CN":
        return [
            "care1：4S店 › 客户关怀 › 今日回访，打开一条并用数字键回答问卷",
            "svcmgr：4S店 › 报表 › 客户回访月报，打印 PDF",
            "advisor1：4S店 › 维修车间 › 今日服务、车间看板，点开一张派工单",
            "sales1：4S店 › 展厅 › 我的一天，点击卡片上的“记录”；"
            "front1：展厅 › 来店登记",
        ]
    return [
        "care1: Dealership > Customer Care > Calls of Today: answer with digit keys",
        "svcmgr: Dealership > Reports > Callback Monthly Report, print it",
        "advisor1: Dealership > Workshop > Service Today, then the board",
        "sales1: Dealership > Showroom > My Day, press Log on a card; "
        "front1: Showroom > Visit Register",
    ]
