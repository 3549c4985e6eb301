"""Rows with deliberate mistakes, to see what an import says about each of them.

Every row states what must happen: it begins with 接受 (taken), 接受并规范化 (taken,
written in normal form), 提示 (taken with a notice) or 拒绝 (refused, with the reason).
"""

from datetime import date, datetime, time, timedelta

import sample_identity as identity
import sample_words as words
from sample_service import labor_values

GOOD = "接受"
MAKER, DESCRIPTOR = "LYZ", "A15T1"


def _spoil(code):
    """Change the last character so that the check digit no longer fits."""
    return code[:-1] + ("1" if code[-1] != "1" else "2")


def _rows(base, cases):
    """Complete each case by the values of a good row, in the cases' order."""
    return [
        base(index) | values | {"expected": expected}
        for index, (expected, values) in enumerate(cases, 1)
    ]


def _customer(index):
    male = index % 2 == 1
    given = words.GIVEN_MALE if male else words.GIVEN_FEMALE
    birth = date(1980 + index, 1 + index % 12, 10 + index)
    return {
        "ref": f"D{index:04d}",
        "name": words.SURNAMES[-index] + given[index],
        "is_company": False,
        "phone": f"19800009{index:03d}",
        "email": f"d{index:04d}@example.cn",
        "birthdate_date": birth,
        "gender": "male" if male else "female",
        "id_document_type": "resident_id",
        "id_number": identity.make_id(birth, male, 500 + index),
        "street": f"{words.STREETS[index % 10]}{index}号",
        "city": "南京市",
        "company_id": words.BRANCHES["E"],
        "country_id": "China",
    }


def _company(name, vat):
    """What turns the good person of a row into a company."""
    empty = ("birthdate_date", "gender", "id_document_type", "id_number")
    return {"name": name, "is_company": True, "vat": vat} | dict.fromkeys(empty)


def _phone_cases():
    good_id = _customer(3)["id_number"]
    return [
        (GOOD, {}),
        (
            "接受并规范化：全角电话转为半角",
            {"phone": identity.full_width("19800009002")},
        ),
        (
            "接受并规范化：全角证件号码转为半角",
            {"id_number": identity.full_width(good_id)},
        ),
        ("接受并规范化：电话去掉+86、空格和短横", {"phone": "+86 198-0000-9004"}),
        ("拒绝：客户档案缺少电话", {"phone": ""}),
        ("拒绝：电话只有10位", {"phone": "1980000906"}),
        ("拒绝：12开头不是手机号码", {"phone": "12800009007"}),
    ]


def _document_cases():
    """The cases that follow the seven of the phone."""
    no_such_day = f"{identity.SAMPLE_AREA}19900230101"
    no_such_day += identity.id_check_char(no_such_day)
    uscc = identity.make_uscc(99001)
    return [
        ("拒绝：证件号码校验码不符", {"id_number": _spoil(_customer(8)["id_number"])}),
        (
            "拒绝：证件号码中的出生日期不存在（2月30日）",
            {"id_number": no_such_day, "birthdate_date": None},
        ),
        ("拒绝：证件号码不是18位", {"id_number": _customer(10)["id_number"][:17]}),
        (GOOD, _company("青穗样例商贸有限公司", uscc)),
        (
            "拒绝：统一社会信用代码校验码不符",
            _company("溪照样例物流有限公司", _spoil(uscc)),
        ),
        ("拒绝：没有这个证件类型", {"id_document_type": "图书证"}),
        ("拒绝：没有这个门店", {"company_id": "远桥汽车城北店"}),
        (GOOD, {}),
    ]


def customer_rows():
    return _rows(_customer, _phone_cases() + _document_cases())


def _vehicle_base(customers, today):
    owners = [person for person in customers if not person.is_company]
    bought = today - timedelta(days=400)

    def base(index):
        owner = owners[index]
        return {
            "vin_sn": identity.make_vin(
                MAKER, DESCRIPTOR, bought.year, "B", 900000 + index
            ),
            "license_plate": f"苏A9X{index:02d}X",
            "model_id": f"{words.BRAND}/青禾 1.5T",
            "owner_id": owner.ref,
            "engine_number": f"YQ15T{900000 + index}",
            "gearbox_number": f"DCT7{900000 + index}",
            "color": words.COLORS[index % 6],
            "usage": "private",
            "origin": "own_sale",
            "purchase_date": bought,
            "purchase_price": 96800,
            "warranty_end_date": bought + timedelta(days=1095),
            "warranty_end_odometer": 100000,
            "company_id": words.BRANCHES[owner.branch],
        }

    return base


def _vin_cases(base, known_vin):
    first, second, fifth, sixth, seventh = (
        base(index)["vin_sn"] for index in (1, 2, 5, 6, 7)
    )
    blanks = f" {first[:3]} {first[3:8]}-{first[8:]}".lower()
    # The check digit stands at position 9.
    wrong = fifth[:8] + ("1" if fifth[8] != "1" else "2") + fifth[9:]
    return [
        (GOOD, {}),
        (
            "接受并规范化：全角车架号和车牌号转为半角",
            {"vin_sn": identity.full_width(second), "license_plate": "苏Ａ９Ｘ０２Ｘ"},
        ),
        ("拒绝：车架号与第1行重复（大小写、空格和短横不算区别）", {"vin_sn": blanks}),
        ("拒绝：车架号在车辆表中已存在", {"vin_sn": known_vin}),
        ("拒绝：L开头的车架号校验位不符", {"vin_sn": wrong}),
        ("拒绝：车架号含字母O", {"vin_sn": sixth[:11] + "O" + sixth[12:]}),
        ("拒绝：车架号只有16位", {"vin_sn": seventh[:16]}),
    ]


def _vehicle_cases(bought):
    foreign = identity.make_vin("WYZ", "ZZZ3T", bought.year, "B", 900011)
    imported = f"{words.BRAND}/{words.IMPORTED_MODEL}"
    return [
        ("拒绝：车牌号含字母I", {"license_plate": "苏AI2345"}),
        ("拒绝：车牌号位数不对", {"license_plate": "苏A123"}),
        ("拒绝：没有这个客户编号", {"owner_id": "C9999"}),
        (
            "提示：进口车架号没有校验位，未经校验",
            {"vin_sn": foreign, "model_id": imported},
        ),
        ("接受并规范化：车牌号去掉间隔点，改为大写", {"license_plate": "苏a·9x12x"}),
        ("拒绝：没有这个车型", {"model_id": f"{words.BRAND}/无此车型"}),
        (GOOD, {}),
        ("拒绝：没有这个使用性质", {"usage": "出租"}),
        (GOOD, {}),
    ]


def vehicle_rows(customers, cars, today):
    base = _vehicle_base(customers, today)
    cases = _vin_cases(base, cars[0].vin) + _vehicle_cases(base(1)["purchase_date"])
    return _rows(base, cases)


def _quiet_repairs(cars, repairs, today):
    """The last delivered order of cars that have not been in for three weeks."""
    last = {repair.car.vin: repair for repair in repairs}
    return [
        last[car.vin]
        for car in cars
        if car.vin in last
        and last[car.vin].delivered
        and (today - last[car.vin].delivered.date()).days > 21
    ]


def _repair_base(quiet, today):
    arrival = datetime.combine(today - timedelta(days=2), time(9, 30))

    def base(index):
        repair = quiet[index]
        days = (arrival.date() - repair.delivered.date()).days
        odometer = repair.odometer + repair.driven + days * 30
        row = {
            "name": f"RO/{repair.car.branch}/{arrival:%y%m}/9{index:02d}",
            "vehicle_id": repair.car.vin,
            "partner_id": repair.car.owner.ref,
            "service_kind": "general",
            "date_in": arrival,
            "date_promised": arrival + timedelta(hours=4),
            "date_delivered": arrival + timedelta(hours=3),
            "odometer_in": odometer,
            "odometer_out": odometer + 2,
            "advisor_id": words.ADVISORS[repair.car.branch][0],
            "company_id": words.BRANCHES[repair.car.branch],
            "parts_history": "空调滤芯×1",
            "amount_parts_history": 85,
            "concern_ids/name": "空调异味",
        }
        return row | labor_values(("空调系统清洗", 1.0), "general")

    return base


def _value_cases(base, last):
    """Wrong kilometres, times and kinds; last is the earlier visit of case 4."""
    lower = last.odometer - 50
    full = {
        key: identity.full_width(str(base(2)[key]))
        for key in ("vehicle_id", "odometer_in")
    }
    too_early = base(5)["date_in"] - timedelta(hours=2)
    return [
        (GOOD, {}),
        ("接受并规范化：全角车架号和里程转为半角", full),
        (GOOD, {}),
        (
            "提示：进厂里程低于上次进厂，读数待核实",
            {"odometer_in": lower, "odometer_out": lower + 2},
        ),
        ("拒绝：交车时间早于进厂时间", {"date_delivered": too_early}),
        ("拒绝：没有这个维修类别", {"service_kind": "洗车美容"}),
    ]


def _reference_cases(base, known_name):
    return [
        ("拒绝：没有这辆车", {"vehicle_id": "LYZA15T19SB999999"}),
        ("拒绝：没有这个客户编号", {"partner_id": "C9999"}),
        ("拒绝：派工单编号已存在", {"name": known_name}),
        (
            "拒绝：出厂里程低于进厂里程",
            {"odometer_out": base(10)["odometer_in"] - 100},
        ),
        ("拒绝：里程不能为负数", {"odometer_in": -5}),
        ("拒绝：没有这个服务顾问", {"advisor_id": "advisor99"}),
        (GOOD, {}),
    ]


def repair_rows(cars, repairs, today):
    quiet = _quiet_repairs(cars, repairs, today)
    base = _repair_base(quiet, today)
    cases = _value_cases(base, quiet[4]) + _reference_cases(base, repairs[0].name)
    rows = _rows(base, cases)
    # The second work of a good order, to see that the mistakes do not shift rows.
    further = labor_values(("空调滤芯更换", 0.2), "general")
    rows.insert(3, further | {"expected": "接受：上一行派工单的第二个维修项目"})
    return rows
