"""Columns of the sample tables and how they are written as CSV and XLSX."""

import csv
import io
import zipfile
from datetime import date, datetime, time

CUSTOMER_COLUMNS = {
    "ref": "客户编号",
    "name": "名称",
    "is_company": "是公司",
    "phone": "电话",
    "email": "邮箱",
    "birthdate_date": "出生日期",
    "gender": "性别",
    "id_document_type": "证件类型",
    "id_number": "证件号码",
    "vat": "统一社会信用代码",
    "street": "街道",
    "city": "城市",
    "company_id": "门店",
    "country_id": "国家/地区",
}
VEHICLE_COLUMNS = {
    "vin_sn": "车架号",
    "license_plate": "车牌号",
    "model_id": "车型",
    "owner_id": "车主",
    "engine_number": "发动机号",
    "gearbox_number": "变速器号",
    "color": "车身颜色",
    "usage": "使用性质",
    "origin": "车辆来源",
    "purchase_date": "购车日期",
    "purchase_price": "购车价格",
    "warranty_end_date": "保修截止日期",
    "warranty_end_odometer": "保修截止里程",
    "company_id": "门店",
}
REPAIR_COLUMNS = {
    "name": "派工单编号",
    "vehicle_id": "车辆",
    "partner_id": "客户",
    "bringer_id": "送修人",
    "service_kind": "维修类别",
    "date_in": "进厂时间",
    "date_promised": "承诺交车时间",
    "date_delivered": "交车时间",
    "odometer_in": "进厂里程",
    "odometer_out": "出厂里程",
    "advisor_id": "服务顾问",
    "company_id": "门店",
    "parts_history": "更换配件",
    "amount_parts_history": "配件金额",
    "concern_ids/name": "客户描述 / 描述",
    "labor_ids/name": "维修项目 / 项目",
    "labor_ids/hours": "维修项目 / 工时",
    "labor_ids/price_unit": "维修项目 / 工时单价",
}
EXPECTED = {"expected": "预期结果"}
TABLES = {
    "vehicle_models": {
        "name": "车型",
        "brand_id": "品牌",
        "vehicle_type": "车辆类型",
    },
    "customers": CUSTOMER_COLUMNS,
    "vehicles": VEHICLE_COLUMNS,
    "parties": {
        "vehicle_id": "车辆",
        "partner_id": "客户",
        "role": "角色",
        "date_from": "开始日期",
        "date_to": "结束日期",
        "price": "价格",
    },
    "repair_orders": REPAIR_COLUMNS,
    "leads": {
        "name": "商机",
        "type": "类型",
        "contact_name": "联系人姓名",
        "partner_id": "客户",
        "phone": "电话",
        "vehicle_model_id": "意向车型",
        "purchase_date_expected": "预计购车日期",
        "grade_id": "客户级别",
        "user_id": "销售顾问",
        "company_id": "门店",
        "expected_revenue": "预期收入",
        "description": "备注",
    },
    "callback_answers": {
        "repair_order": "派工单编号",
        "attempts": "回访记录",
        "overall": "总体满意度",
        "advisor": "服务顾问",
        "quality": "维修质量",
        "ontime": "按时交车",
        "explain": "解释说明",
        "clean": "车辆清洁",
        "issues": "问题",
        "remark": "备注",
    },
    "dirt_customers": CUSTOMER_COLUMNS | EXPECTED,
    "dirt_vehicles": VEHICLE_COLUMNS | EXPECTED,
    "dirt_repair_orders": REPAIR_COLUMNS | EXPECTED,
}
# Excel shows these in the language of the session that imports them.
CHINESE_VALUES = {"country_id": {"China": "中国"}}
EXCEL_FORMATS = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd"}


def as_text(value):
    """Write a value the way Odoo's import reads it from a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, list):
        return "; ".join(value)
    return str(value)


def text_rows(table, rows):
    """Complete rows to all columns of the table, every value as text."""
    return [{key: as_text(row.get(key)) for key in TABLES[table]} for row in rows]


def csv_bytes(table, rows):
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(TABLES[table]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(text_rows(table, rows))
    # With the byte order mark Excel opens the Chinese text correctly.
    return buffer.getvalue().encode("utf-8-sig")


def _excel_value(value, words):
    if isinstance(value, list):
        value = as_text(value)
    value = words.get(value, value)
    if isinstance(value, bool):
        value = as_text(value)
    return None if value == "" else value


def _fill_sheet(sheet, columns, rows, words):
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for index, label in enumerate(columns.values(), 1):
        sheet.cell(1, index, label).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(index)].width = 18
    sheet.freeze_panes = "A2"
    for line, row in enumerate(rows, 2):
        for index, column in enumerate(columns, 1):
            value = _excel_value(row.get(column), words.get(column, {}))
            cell = sheet.cell(line, index, value)
            if type(value) in EXCEL_FORMATS:
                cell.number_format = EXCEL_FORMATS[type(value)]


def _fixed_times(packed):
    """Repack a ZIP with one fixed time, else each run would give other bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(name))
    return buffer.getvalue()


def xlsx_bytes(table, rows, today):
    return workbook_bytes(table, TABLES[table], rows, today, CHINESE_VALUES)


def workbook_bytes(title, columns, rows, today, words):
    """One sheet: titles of ``columns``, then rows; ``words`` replace values."""
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook()
    book.active.title = title
    _fill_sheet(book.active, columns, rows, words)
    stamp = datetime.combine(today, time())
    book.properties.creator = "sample data"
    book.properties.created = book.properties.modified = stamp
    packed = io.BytesIO()
    # Workbook.save would stamp the present time; the writer itself does not,
    # and it closes the archive when it is done.
    ExcelWriter(book, zipfile.ZipFile(packed, "w")).save()
    return _fixed_times(packed)
