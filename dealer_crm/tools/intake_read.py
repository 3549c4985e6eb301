# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tables as files: CSV of any usual encoding, XLSX and XLS, read as text.

A cell that another program spoilt (an impossible date, an error value) is a text
like any other here: the parser of its column refuses that row, not the file.
"""

import csv
import io
import re
import warnings
import zipfile
from datetime import date, datetime, time

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 300 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
HEADER_ROWS = 10

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SEPARATORS = ",;\t|"


class ReadError(ValueError):
    """A file that is no table; ``code`` says why."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def read_table(content):
    """Return ``(headers, rows)`` of a file, all cells as stripped text.

    ``rows`` are ``(number, cells)``: the number is that of the row in the file, as
    a spreadsheet shows it; empty rows are left out. Titles above the table are
    passed over. Columns without any content are dropped by the caller.

    :raises ReadError: ``empty``, ``too_big``, ``too_many_rows``, ``protected``,
        ``corrupt``, ``encoding``
    """
    if not content:
        raise ReadError("empty")
    if len(content) > MAX_BYTES:
        raise ReadError("too_big")
    table = [
        (number, [_text(cell) for cell in cells[:MAX_COLUMNS]])
        for number, cells in enumerate(_read_cells(content), start=1)
    ]
    table = [(number, cells) for number, cells in table if any(cells)]
    place = _find_header(table)
    if place is None or len(table) <= place + 1:
        raise ReadError("empty")
    if len(table) - place - 1 > MAX_ROWS:
        raise ReadError("too_many_rows")
    headers = _complete_headers(table[place][1], table[place + 1 :])
    width = len(headers)
    rows = [
        (number, (cells + [""] * width)[:width]) for number, cells in table[place + 1 :]
    ]
    return headers, rows


def _read_cells(content):
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise ReadError("protected")
        return _read_xls(content)
    if content.startswith(b"PK"):
        return _read_xlsx(content)
    return _read_csv(content)


def _read_xlsx(content):
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(item.file_size for item in package.infolist()) > MAX_UNPACKED:
                raise ReadError("too_big")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True
            )
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # programs write wrong ones
            return [list(row) for row in sheet.iter_rows(values_only=True)]
    except ReadError:
        raise
    except Exception as error:  # whatever a broken package makes the reader stumble on
        raise ReadError("corrupt") from error


def _read_xls(content):
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content)
        sheet = book.sheet_by_index(0)
        return [
            [_xls_value(cell, book.datemode) for cell in sheet.row(index)]
            for index in range(sheet.nrows)
        ]
    except xlrd.XLRDError as error:
        code = "protected" if "encrypted" in str(error).lower() else "corrupt"
        raise ReadError(code) from error
    except Exception as error:  # a damaged file ends anywhere in the reader
        raise ReadError("corrupt") from error


def _xls_value(cell, datemode):
    import xlrd

    if cell.ctype == xlrd.XL_CELL_ERROR:
        return "#VALUE!"
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError, xlrd.xldate.XLDateError):
            return cell.value
    return cell.value


def _read_csv(content):
    text = _decode(content)
    separator = _guess_separator(text)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise ReadError("corrupt") from error


def _decode(content):
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decode_as(content, encoding)
    if b"\0" in content[:2000]:
        little = content[1:2000:2].count(0) >= content[0:2000:2].count(0)
        return _decode_as(content, "utf-16-le" if little else "utf-16-be")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(content, "gb18030")


def _decode_as(content, encoding):
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError("encoding") from error
    if "\0" in text:
        raise ReadError("corrupt")
    return text


def _guess_separator(text):
    """The separator that cuts the first rows into the most columns, alike."""
    sample = text[:20_000].splitlines()[:20]
    best, best_score = ",", 0
    for separator in _SEPARATORS:
        rows = [row for row in csv.reader(sample, delimiter=separator) if row]
        widths = [len(row) for row in rows if len(row) > 1]
        score = sum(widths) if widths else 0
        if score > best_score:
            best, best_score = separator, score
    return best


def _text(value):
    """A cell as people read it: whole numbers without .0, days without midnight."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        day = value.date().isoformat()
        return day if value.time() == time() else f"{day} {value:%H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", str(value)).strip()


def _find_header(table):
    """Titles above the table fill one cell or two, the header fills most."""
    head = table[:HEADER_ROWS]
    if not head:
        return None
    most = max(sum(map(bool, cells)) for _number, cells in head)
    for place, (_number, cells) in enumerate(head):
        if sum(map(bool, cells)) >= max(1, most / 2):
            return place
    return None


def _complete_headers(headers, rows):
    """Columns without a title that have content are named by their letter."""
    width = max(len(headers), *(len(cells) for _number, cells in rows))
    headers = headers + [""] * (width - len(headers))
    return [title or f"[{_letter(place)}]" for place, title in enumerate(headers)]


def _letter(place):
    first, second = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)
