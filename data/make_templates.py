"""Write the import templates of the addons: ``python data/make_templates.py``.

One file per table and language: the column titles that an import in that language
recognises by itself, and a few made-up rows as an example. The rows of the three files
belong together; import them in the order of ``COLUMNS``.
"""

import argparse
import sys
from datetime import date, datetime
from pathlib import Path

# Loaded by file path, the modules beside this one would not be found.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import sample_identity as identity
from sample_tables import TABLES, workbook_bytes

ROOT = Path(__file__).resolve().parent.parent
# Files made again stay the same, whatever day it is.
STAMP = date(2026, 1, 1)
FOLDERS = {
    "customers": "dealer_crm/static/xls",
    "vehicles": "dealer_crm/static/xls",
    "repair_orders": "dealer_aftersales/static/xls",
}
COLUMNS = {
    "customers": {
        "ref": "Reference",
        "name": "Name",
        "is_company": "Is a Company",
        "phone": "Phone",
        "email": "Email",
        "birthdate_date": "Date of Birth",
        "gender": "Gender",
        "id_document_type": "ID Document",
        "id_number": "ID Number",
        "vat": "Tax ID",
        "street": "Street",
        "city": "City",
        "company_id": "Company",
        "country_id": "Country",
    },
    "vehicles": {
        "vin_sn": "VIN",
        "license_plate": "License Plate",
        "model_id": "Model",
        "owner_id": "Owner",
        "engine_number": "Engine Number",
        "gearbox_number": "Gearbox Number",
        "color": "Color",
        "usage": "Usage",
        "origin": "Origin",
        "purchase_date": "Purchase Date",
        "purchase_price": "Purchase Price",
        "warranty_end_date": "Warranty until",
        "warranty_end_odometer": "Warranty until (km)",
        "company_id": "Company",
    },
    "repair_orders": {
        "name": "Repair Reference",
        "vehicle_id": "Vehicle",
        "partner_id": "Customer",
        "bringer_id": "Brought by",
        "service_kind": "Service Kind",
        "date_in": "Received on",
        "date_promised": "Promised for",
        "date_delivered": "Delivered on",
        "odometer_in": "Odometer in (km)",
        "odometer_out": "Odometer out (km)",
        "advisor_id": "Service Advisor",
        "company_id": "Company",
        "parts_history": "Parts replaced",
        "amount_parts_history": "Parts Amount (history)",
        "concern_ids/name": "Concerns / Description",
        "labor_ids/name": "Labour / Operation",
        "labor_ids/hours": "Labour / Hours",
        "labor_ids/price_unit": "Labour / Price per Hour",
    },
}
# A person chooses from a list: he writes the word of the list, not the value behind it.
CHINESE_WORDS = {
    "is_company": {True: "是", False: "否"},
    "gender": {"male": "男", "female": "女"},
    "id_document_type": {"resident_id": "居民身份证"},
    "country_id": {"China": "中国"},
    "usage": {"private": "私家车", "commercial": "营运车"},
    "origin": {"own_sale": "本店销售", "other_dealer": "其他经销商"},
    "service_kind": {"maintenance": "保养", "general": "一般维修"},
}
ENGLISH_WORDS = {
    "is_company": {True: "Yes", False: "No"},
    "gender": {"male": "Male", "female": "Female"},
    "id_document_type": {"resident_id": "Resident Identity Card"},
    "usage": {"private": "Private", "commercial": "Commercial"},
    "origin": {"own_sale": "Sold by us", "other_dealer": "Other Dealer"},
    "service_kind": {"maintenance": "Maintenance", "general": "General Repair"},
}
VINS = [
    identity.make_vin("LYZ", "A15T1", 2024, "A", 990001),
    identity.make_vin("LYZ", "A15L1", 2023, "A", 990002),
    identity.make_vin("LYZ", "E70B2", 2025, "A", 990003),
]


def _person(ref, name, phone, birth, male):
    return {
        "ref": ref,
        "name": name,
        "is_company": False,
        "phone": phone,
        "birthdate_date": birth,
        "gender": "male" if male else "female",
        "id_document_type": "resident_id",
        "id_number": identity.make_id(birth, male, 981),
        "city": "南京市",
        "country_id": "China",
    }


def customers():
    return [
        _person("T0001", "王示例", "19900009901", date(1988, 6, 15), True)
        | {"email": "t0001@example.cn", "street": "望川大道1号"},
        _person("T0002", "李样本", "19900009902", date(1992, 10, 8), False)
        | {"street": "枫渚路2号"},
        {
            "ref": "T0003",
            "name": "示例出行服务有限公司",
            "is_company": True,
            "phone": "025-55509903",
            "vat": identity.make_uscc(99901),
            "street": "云栖路3号",
            "city": "南京市",
            "country_id": "China",
        },
    ]


VEHICLES = [
    {
        "vin_sn": VINS[0],
        "license_plate": "苏A9Y01Y",
        "model_id": "远桥/青禾 1.5T",
        "owner_id": "T0001",
        "engine_number": "YQ15T990001",
        "gearbox_number": "DCT7990001",
        "color": "曜石黑",
        "usage": "private",
        "origin": "own_sale",
        "purchase_date": date(2024, 3, 18),
        "purchase_price": 96800,
        "warranty_end_date": date(2027, 3, 17),
        "warranty_end_odometer": 100000,
    },
    {
        "vin_sn": VINS[1],
        "license_plate": "苏A9Y02Y",
        "model_id": "远桥/青禾 1.5L",
        "owner_id": "T0002",
        "engine_number": "YQ15L990002",
        "gearbox_number": "CVT8990002",
        "color": "星空灰",
        "usage": "private",
        "origin": "other_dealer",
        "purchase_date": date(2023, 5, 6),
    },
    {
        "vin_sn": VINS[2],
        "license_plate": "苏AD99003",
        "model_id": "远桥/知岸 E7",
        "owner_id": "T0003",
        "engine_number": "YQEM7990003",
        "color": "珍珠白",
        "usage": "commercial",
        "origin": "own_sale",
        "purchase_date": date(2025, 2, 20),
        "purchase_price": 219800,
        "warranty_end_date": date(2029, 2, 19),
        "warranty_end_odometer": 120000,
    },
]

FIRST_WORK = {
    "name": "T2506001",
    "vehicle_id": VINS[0],
    "partner_id": "T0001",
    "bringer_id": "T0002",
    "service_kind": "maintenance",
    "date_in": datetime(2025, 6, 10, 9, 20),
    "date_promised": datetime(2025, 6, 10, 11, 30),
    "date_delivered": datetime(2025, 6, 10, 11, 15),
    "odometer_in": 15210,
    "odometer_out": 15212,
    "parts_history": "机油滤清器×1, 5W-30机油×4L",
    "amount_parts_history": 368,
    "concern_ids/name": "到期保养",
    "labor_ids/name": "机油机滤更换",
    "labor_ids/hours": 0.5,
    "labor_ids/price_unit": 150,
}
# The next work of the same order: only the columns of the work are filled.
SECOND_WORK = {
    "labor_ids/name": "轮胎换位",
    "labor_ids/hours": 0.6,
    "labor_ids/price_unit": 150,
}
OTHER_ORDER = {
    "name": "T2506002",
    "vehicle_id": VINS[1],
    "partner_id": "T0002",
    "service_kind": "general",
    "date_in": datetime(2025, 6, 11, 14, 0),
    "date_promised": datetime(2025, 6, 11, 17, 0),
    "date_delivered": datetime(2025, 6, 11, 16, 40),
    "odometer_in": 32480,
    "odometer_out": 32485,
    "concern_ids/name": "刹车有异响",
    "labor_ids/name": "前刹车片更换",
    "labor_ids/hours": 1.2,
    "labor_ids/price_unit": 150,
}
REPAIR_ORDERS = [FIRST_WORK, SECOND_WORK, OTHER_ORDER]

ROWS = {
    "customers": customers,
    "vehicles": lambda: VEHICLES,
    "repair_orders": lambda: REPAIR_ORDERS,
}


def build():
    """Return the content of each file by its path inside the project."""
    files = {}
    for table, folder in FOLDERS.items():
        rows = ROWS[table]()
        files[f"{folder}/{table}.xlsx"] = workbook_bytes(
            table, TABLES[table], rows, STAMP, CHINESE_WORDS
        )
        files[f"{folder}/{table}_en.xlsx"] = workbook_bytes(
            table, COLUMNS[table], rows, STAMP, ENGLISH_WORDS
        )
    return files


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Write the import templates.")
    parser.add_argument("--out", type=Path, default=ROOT)
    options = parser.parse_args(arguments)
    for path, content in build().items():
        target = options.out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        print(path)


if __name__ == "__main__":
    main()
