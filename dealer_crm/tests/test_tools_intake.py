# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io
from datetime import date, datetime

import openpyxl
from odoo.tests import BaseCase

from ..tools import intake_parse as parse
from ..tools.intake_read import ReadError, read_table

DATES = {
    "2025年1月2日": date(2025, 1, 2),
    "2025/1/2": date(2025, 1, 2),
    "2025.1.2": date(2025, 1, 2),
    "20250102": date(2025, 1, 2),
    "2 Jan 2025": date(2025, 1, 2),
    "Jan 2, 2025": date(2025, 1, 2),
    "２０２５－０１－０２": date(2025, 1, 2),
    "2025-1-2 00:00:00": date(2025, 1, 2),
    "2025-01-02T08:30:00": date(2025, 1, 2),
    "45659": date(2025, 1, 2),
    "45659.0": date(2025, 1, 2),
    "13/2/2025": date(2025, 2, 13),
    "2/13/2025": date(2025, 2, 13),
    "无": None,
    "": None,
}
MONEY = {
    "12.5万": 125000,
    "￥125,000": 125000,
    "125000.50元": 125000.5,
    "人民币１２５０００": 125000,
    "": None,
}
PHONES = {
    "13800138000.0": ("13800138000", None),
    "+86 138-0013-8000": ("13800138000", None),
    "13800138000 / 0755-12345678": ("13800138000", "075512345678"),
    "0755-12345678、13800138000": ("075512345678", "13800138000"),
    "13800138000 13900139000": ("13800138000", "13900139000"),
    "138 0013 8000": ("13800138000", None),
    "-": (None, None),
}
NAMES = {
    "王伟先生": ("王伟", "male"),
    "李娜 女士": ("李娜", "female"),
    "王先生": ("王先生", "male"),
    "Mrs. Li": ("Li", "female"),
    "Msrani Testa": ("Msrani Testa", None),
    "王 伟": ("王 伟", None),
}


def to_xlsx(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class TestIntakeParsers(BaseCase):
    def refuse(self, parser, text, code):
        with self.assertRaises(parse.ParseError) as caught:
            parser(text)
        self.assertEqual(caught.exception.code, code, text)

    def test_dates_in_many_spellings(self):
        for text, day in DATES.items():
            self.assertEqual(parse.parse_date(text).value, day, text)

    def test_impossible_and_ambiguous_dates_are_refused(self):
        for text in (
            "2025-02-30",
            "2025-13-01",
            "2025年1月",
            "0",
            "#VALUE",
            "1850-1-1",
        ):
            self.refuse(parse.parse_date, text, "date")
        self.refuse(parse.parse_date, "1/2/2025", "date_ambiguous")

    def test_money_and_kilometres(self):
        for text, amount in MONEY.items():
            self.assertEqual(parse.parse_money(text).value, amount, text)
        self.assertEqual(parse.parse_km("3.2万公里").value, 32000)
        self.assertEqual(parse.parse_km("32,000 km").value, 32000)
        self.refuse(parse.parse_money, "about 12", "number")
        self.refuse(parse.parse_money, "1,25", "number")
        self.refuse(parse.parse_km, "-5", "negative")

    def test_two_phones_in_one_cell(self):
        for text, (first, second) in PHONES.items():
            result = parse.parse_phone(text)
            self.assertEqual(result.value, first, text)
            self.assertEqual(result.extra.get("phone_second"), second, text)

    def test_lost_digits_are_told_and_never_guessed(self):
        self.refuse(parse.parse_phone, "1.38E+10", "lost_digits")
        self.refuse(parse.parse_id_number, "4.40524E+17", "lost_digits")
        self.refuse(parse.parse_id_number, "440524198001010000", "lost_digits")
        self.refuse(parse.parse_code, "1.2E+12", "lost_digits")
        self.refuse(parse.parse_phone, "12800138000", "phone")

    def test_a_title_is_a_hint_at_the_gender(self):
        for text, (name, gender) in NAMES.items():
            result = parse.parse_name(text)
            self.assertEqual((result.value, result.extra.get("gender")), (name, gender))

    def test_words_for_gender_and_use(self):
        for text, value in {
            "男": "male",
            "女士": "female",
            "M": "male",
            "": None,
        }.items():
            self.assertEqual(parse.parse_gender(text).value, value)
        for text, value in {"家用": "private", "营运": "commercial"}.items():
            self.assertEqual(parse.parse_usage(text).value, value)
        self.assertIs(parse.parse_yes_no("否").value, False)
        self.refuse(parse.parse_usage, "飞行", "choice")

    def test_identity_of_cars_and_people(self):
        self.assertEqual(
            parse.parse_vin(" lsv aa49-j1a2000001").value, "LSVAA49J1A2000001"
        )
        self.assertEqual(parse.parse_plate("粤b·12345").value, "粤B12345")
        self.assertEqual(
            parse.parse_id_number("11010519491231002x").value, "11010519491231002X"
        )
        self.assertEqual(parse.parse_email("A@b.cn ").value, "A@b.cn")
        self.refuse(parse.parse_email, "a.b.cn", "email")

    def test_no_parser_dies_of_any_text(self):
        texts = ["\x00", "=1+1", "🚗", "１" * 500, "9" * 400, "1e999", "万", "99999999"]
        for name, parser in parse.PARSERS.items():
            for text in texts:
                try:
                    parser(text)
                except parse.ParseError as error:
                    self.assertTrue(error.code, name)


class TestIntakeReader(BaseCase):
    TABLE = '姓名,电话\r\n王伟,13800138000\r\n\r\n"李, 娜",13900139000\r\n'
    ROWS = [(2, ["王伟", "13800138000"]), (4, ["李, 娜", "13900139000"])]

    def refuse(self, content, code):
        with self.assertRaises(ReadError) as caught:
            read_table(content)
        self.assertEqual(caught.exception.code, code)

    def test_every_usual_encoding_of_csv(self):
        for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"):
            headers, rows = read_table(self.TABLE.encode(encoding))
            self.assertEqual((headers, rows), (["姓名", "电话"], self.ROWS), encoding)

    def test_every_usual_separator(self):
        for separator in ";\t|":
            text = f"姓名{separator}电话,手机\n王伟{separator}13800138000\n"
            headers, rows = read_table(text.encode())
            self.assertEqual(headers, ["姓名", "电话,手机"])
            self.assertEqual(rows, [(2, ["王伟", "13800138000"])])

    def test_spreadsheet_with_title_numbers_and_days(self):
        content = to_xlsx(
            [
                ["客户档案表"],
                ["姓名", "电话", "购车日期", None],
                ["王伟", 13800138000, datetime(2025, 1, 2), "x"],
                [None, None, None, None],
                ["李娜", 13900139000.0, datetime(2025, 1, 2, 8, 30), None],
            ]
        )
        headers, rows = read_table(content)
        self.assertEqual(headers, ["姓名", "电话", "购车日期", "[D]"])
        self.assertEqual(rows[0], (3, ["王伟", "13800138000", "2025-01-02", "x"]))
        self.assertEqual(rows[1][1][2], "2025-01-02 08:30:00")

    def test_impossible_day_of_a_spreadsheet_does_not_spoil_the_file(self):
        book = openpyxl.Workbook()
        book.active.append(["姓名", "日期"])
        book.active.append(["王伟", -99999999])
        book.active["B2"].number_format = "yyyy-mm-dd"
        stream = io.BytesIO()
        book.save(stream)
        _headers, rows = read_table(stream.getvalue())
        self.assertEqual(rows[0][1][0], "王伟")

    def test_what_is_no_table_is_told(self):
        self.refuse(b"", "empty")
        self.refuse(b"name,phone\n", "empty")
        self.refuse(b"PK\x03\x04 broken", "corrupt")
        self.refuse(b"\xd0\xcf\x11\xe0 broken", "corrupt")
        protected = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
        self.refuse(protected, "protected")
        self.refuse(b"\xff\xff\xff\x80", "encoding")
        self.refuse(b"x" * (21 * 1024 * 1024), "too_big")
