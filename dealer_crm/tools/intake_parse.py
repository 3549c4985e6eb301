# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cells of another system's tables, as people and exports write them.

Every parser takes the text of a cell and returns a :class:`Parsed`; a cell that
says nothing gives the value None. What cannot be understood raises
:class:`ParseError` with a code that the import turns into the user's language.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from .id_number import normalize_id_number
from .phone import classify_phone, normalize_cn_phone
from .plate import normalize_plate
from .text import squash, to_halfwidth
from .vin import normalize_vin

_EMPTY = frozenset(
    "- -- / \\ . n/a #n/a na null none nan #value! #ref!".split()
    + ["无", "没有", "暂无", "未知", "不详", "空"]
)
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE][+]?[0-9]{1,3}")
_FLOAT_ZERO = re.compile(r"([0-9]+)\.0+")
_PHONE_BREAKS = re.compile(r"[/、,;，；|\n]|或")
_TITLES = {
    "先生": "male",
    "女士": "female",
    "小姐": "female",
    "太太": "female",
}
_LATIN_TITLE = re.compile(r"(mrs|mr|ms|miss)\.?\s+", re.I)
_LATIN_GENDER = {"mr": "male", "mrs": "female", "ms": "female", "miss": "female"}
_GENDERS = {
    "male": "male m 男 男性 先生 1",
    "female": "female f 女 女性 女士 小姐 太太 0 2",
    "other": "other 其他 其它",
}
_USAGES = {
    "private": "private 家用 私家 私家车 私人 自用 个人 非营运 家庭自用",
    "official": "official 公务 公务车 公司 企业 单位 企业非营运 公用",
    "commercial": "commercial 营运 营运车 商用 运营 出租 网约车 租赁",
}
_YES_NO = {
    True: "yes y true 1 是 对 有 √ 公司 企业 单位 x",
    False: "no n false 0 否 不是 个人 × 私人",
}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
_YMD = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_XY_YEAR = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_TIME = re.compile(
    r"[T\s]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|\s?[AaPp][Mm])?$"
)
_DAY_MONTH = re.compile(r"([0-9]{1,2})[\s-]*([a-z]{3})[a-z]*[\s,.-]*([0-9]{4})", re.I)
_MONTH_DAY = re.compile(r"([a-z]{3})[a-z]*[\s.]*([0-9]{1,2})[\s,]+([0-9]{4})", re.I)
_MONEY_WORDS = re.compile(r"人民币|rmb|cny|[¥￥$]|元|整", re.I)
_KM_WORDS = re.compile(r"公里|千米|km|kms|里程", re.I)
_LARGEST = 1e12
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


class ParseError(ValueError):
    """A cell that cannot be understood; ``code`` says why."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Parsed(NamedTuple):
    """The value of a cell and what it tells about other fields."""

    value: object = None
    extra: dict = {}


NOTHING = Parsed()


def clean(text):
    """Return the cell without blanks around, line noise and Excel's apostrophe.

    What stands for "nothing" (-, 无, N/A …) gives the empty text.
    """
    text = "" if text is None else str(text)
    text = text.replace("_x000D_", " ").replace("\u00a0", " ").replace("\ufeff", "")
    text = text.strip().removeprefix("'").strip()
    return "" if text.lower() in _EMPTY else text


def parse_text(text):
    text = " ".join(clean(text).split())
    return Parsed(text) if text else NOTHING


def parse_name(text):
    """王伟先生 → 王伟 and male; 王先生 stays, nobody is called 王 only."""
    name = " ".join(clean(text).split())
    if not name:
        return NOTHING
    for title, gender in _TITLES.items():
        if name.endswith(title):
            rest = name.removesuffix(title).strip()
            return Parsed(rest if len(rest) > 1 else name, {"gender": gender})
    match = _LATIN_TITLE.match(name)
    if match and len(name) > match.end():
        return Parsed(name[match.end() :], {"gender": _LATIN_GENDER[match[1].lower()]})
    return Parsed(name)


def parse_phone(text):
    """One number, or two in one cell: the second goes to ``phone_second``."""
    text = _without_float_tail(clean(text))
    if not text:
        return NOTHING
    if _SCIENTIFIC.fullmatch(squash(text)):
        raise ParseError("lost_digits")
    if classify_phone(text) != "invalid":
        return Parsed(normalize_cn_phone(text))
    parts = [part for part in _PHONE_BREAKS.split(text) if part.strip()]
    if len(parts) < 2:
        parts = text.split()
    numbers = [normalize_cn_phone(part) for part in parts]
    valid = [number for number in numbers if classify_phone(number) != "invalid"]
    if not valid:
        raise ParseError("phone")
    extra = {"phone_second": valid[1]} if len(valid) > 1 else {}
    return Parsed(valid[0], extra)


def parse_date(text):
    """A day: ISO, Chinese, compact, Excel's serial, English month names.

    1/2/2025 may mean two days and is refused, 13/2/2025 is not.
    """
    text = to_halfwidth(clean(text))
    if not text:
        return NOTHING
    text = _TIME.sub("", text).strip()
    for pattern, order in ((_YMD, (0, 1, 2)), (_COMPACT, (0, 1, 2))):
        match = pattern.fullmatch(text.replace(" ", ""))
        if match:
            return Parsed(_make_date(*(int(match.groups()[i]) for i in order)))
    return Parsed(_parse_other_date(text))


def parse_money(text):
    """￥125,000 · 12.5万 · 125000元; never negative."""
    return Parsed(_parse_amount(text, _MONEY_WORDS))


def parse_km(text):
    """32000 · 3.2万公里 · 32,000km; whole kilometres."""
    amount = _parse_amount(text, _KM_WORDS)
    return Parsed(amount if amount is None else round(amount))


def parse_gender(text):
    return Parsed(parse_choice(text, _GENDERS))


def parse_usage(text):
    return Parsed(parse_choice(text, _USAGES))


def parse_yes_no(text):
    return Parsed(parse_choice(text, _YES_NO))


def parse_vin(text):
    text = clean(text)
    if text and _SCIENTIFIC.fullmatch(squash(text)):
        raise ParseError("lost_digits")
    return Parsed(normalize_vin(text) or None)


def parse_plate(text):
    return Parsed(normalize_plate(clean(text)) or None)


def parse_code(text):
    """Engine, gearbox, customer numbers: no blanks inside, no .0 behind digits."""
    text = squash(_without_float_tail(clean(text)))
    if text and _SCIENTIFIC.fullmatch(text):
        raise ParseError("lost_digits")
    return Parsed(text or None)


def parse_id_number(text):
    """The number of a document; Excel keeps only 15 of 18 digits of a number."""
    number = normalize_id_number(_without_float_tail(clean(text)))
    if not number:
        return NOTHING
    excel_made = len(number) == 18 and number.endswith("000")
    if _SCIENTIFIC.fullmatch(squash(text)) or excel_made:
        raise ParseError("lost_digits")
    return Parsed(number)


def parse_email(text):
    email = squash(clean(text))
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise ParseError("email")
    return Parsed(email or None)


def parse_choice(text, words):
    """Return the key of ``words`` (key: blank-separated spellings) that is meant.

    :raises ParseError: ``choice``
    """
    text = squash(_without_float_tail(clean(text))).lower()
    if not text:
        return None
    for key, spellings in words.items():
        if text in spellings.split():
            return key
    raise ParseError("choice")


PARSERS = {
    "text": parse_text,
    "name": parse_name,
    "phone": parse_phone,
    "date": parse_date,
    "money": parse_money,
    "km": parse_km,
    "gender": parse_gender,
    "usage": parse_usage,
    "yes_no": parse_yes_no,
    "vin": parse_vin,
    "plate": parse_plate,
    "code": parse_code,
    "id_number": parse_id_number,
    "email": parse_email,
}


def _without_float_tail(text):
    """13800138000.0 is what some systems make of a number kept as text."""
    match = _FLOAT_ZERO.fullmatch(to_halfwidth(text).strip())
    return match[1] if match else text


def _parse_other_date(text):
    serial = _FLOAT_ZERO.sub(r"\1", text)
    if serial.isdigit() and int(serial) in _SERIALS:
        return _EXCEL_EPOCH + timedelta(days=int(serial))
    match = _XY_YEAR.fullmatch(text)
    if match:
        first, second, year = map(int, match.groups())
        if first != second and first <= 12 and second <= 12:
            raise ParseError("date_ambiguous")
        day, month = (first, second) if second <= 12 else (second, first)
        return _make_date(year, month, day)
    match = _DAY_MONTH.fullmatch(text)
    if match:
        return _make_date(int(match[3]), _month(match[2]), int(match[1]))
    match = _MONTH_DAY.fullmatch(text)
    if match:
        return _make_date(int(match[3]), _month(match[1]), int(match[2]))
    raise ParseError("date")


def _month(name):
    name = name.lower()
    if name not in _MONTHS:
        raise ParseError("date")
    return _MONTHS.index(name) + 1


def _make_date(year, month, day):
    try:
        made = date(year, month, day)
    except ValueError:
        raise ParseError("date") from None
    if not 1900 <= year <= 2100:
        raise ParseError("date")
    return made


def _parse_amount(text, words):
    text = squash(clean(text))
    if not text:
        return None
    text = words.sub("", text)
    factor = 1
    if text.endswith("万"):
        text, factor = text[:-1], 10_000
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        raise ParseError("number")
    amount = round(float(text) * factor, 2)
    if amount < 0:
        raise ParseError("negative")
    if amount > _LARGEST:
        raise ParseError("number")
    return amount
