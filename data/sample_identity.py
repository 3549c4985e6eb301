"""Made-up identity numbers that pass (or deliberately miss) their check digits.

All numbers stay in ranges nobody holds: area code 320199 is not in the official
table, the maker codes LYZ and WYZ and the phone blocks are invented.
"""

VIN_VALUES = dict(
    zip(
        "0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
        [*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)],
        strict=True,
    )
)
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
YEAR_CODES = "ABCDEFGHJKLMNPRSTVWXY123456789"
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ORG_CHARS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
USCC_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "0123456789"
SAMPLE_AREA = "320199"
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def vin_check_digit(vin):
    total = sum(
        VIN_VALUES[char] * weight for char, weight in zip(vin, VIN_WEIGHTS, strict=True)
    )
    return "0123456789X"[total % 11]


def make_vin(maker, descriptor, year, plant, serial):
    """Compose a VIN; an own check digit only for makers beginning with L."""
    year_code = YEAR_CODES[(year - 1980) % 30]
    tail = f"{year_code}{plant}{serial:06d}"
    # Z is never a check digit, so no rule can take these cars for verified.
    digit = "Z"
    if maker.startswith("L"):
        digit = vin_check_digit(f"{maker}{descriptor}0{tail}")
    return f"{maker}{descriptor}{digit}{tail}"


def id_check_char(first17):
    total = sum(
        int(char) * weight for char, weight in zip(first17, ID_WEIGHTS, strict=True)
    )
    return "10X98765432"[total % 11]


def make_id(birth, male, sequence):
    """Resident ID; the last digit of the three-digit sequence tells the gender."""
    sequence -= sequence % 2 != int(male)
    first17 = f"{SAMPLE_AREA}{birth:%Y%m%d}{sequence:03d}"
    return first17 + id_check_char(first17)


def org_check_char(first8):
    total = sum(
        ORG_CHARS.index(char) * weight
        for char, weight in zip(first8, ORG_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]


def uscc_check_char(first17):
    total = sum(
        USCC_CHARS.index(char) * weight
        for char, weight in zip(first17, USCC_WEIGHTS, strict=True)
    )
    return USCC_CHARS[-total % 31]


def make_uscc(serial):
    organisation = f"MA9{serial:05d}"
    first17 = f"91{SAMPLE_AREA}{organisation}{org_check_char(organisation)}"
    return first17 + uscc_check_char(first17)


def make_plate(rng, energy=""):
    """Plate of Nanjing; energy D (battery) or F (plug-in) gives the green form."""
    if energy:
        return f"苏A{energy}" + "".join(rng.choices(DIGITS, k=5))
    chars = rng.choices(DIGITS, k=5)
    for position in rng.sample(range(5), rng.randrange(3)):
        chars[position] = rng.choice(PLATE_LETTERS)
    return "苏A" + "".join(chars)


def full_width(text):
    return text.translate(FULL_WIDTH)


class NumberPool:
    """Draws values that never repeat within one build."""

    def __init__(self, rng):
        self.rng = rng
        # These plates belong to the file of vehicles with deliberate mistakes.
        self.used = {f"苏A9X{number:02d}X" for number in range(100)}

    def take(self, draw):
        value = draw()
        while value in self.used:
            value = draw()
        self.used.add(value)
        return value

    def mobile(self):
        # 1980000 9xxx is kept free for the files with deliberate mistakes.
        return self.take(
            lambda: f"19{self.rng.choice('89')}0000{self.rng.randrange(9000):04d}"
        )

    def landline(self):
        return self.take(lambda: f"025-5550{self.rng.randrange(9000):04d}")

    def plate(self, energy=""):
        return self.take(lambda: make_plate(self.rng, energy))

    def serial(self):
        return self.take(lambda: self.rng.randrange(100000, 900000))
