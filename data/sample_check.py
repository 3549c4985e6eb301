"""Check digits computed by other means than in sample_identity.

The tests compare both, so that one mistake cannot hide on both sides.
"""


def vin_fits(vin):
    """ISO check by the letter's place in the three alphabet rows A-H, J-R, S-Z."""
    total = 0
    rows = ("0123456789", ".ABCDEFGH", ".JKLMN.P.R", "..STUVWXYZ")
    weights = [*range(8, 1, -1), 10, 0, *range(9, 1, -1)]
    for char, weight in zip(vin, weights, strict=True):
        total += next(row.index(char) for row in rows if char in row) * weight
    return vin[8] == ("X" if total % 11 == 10 else str(total % 11))


def id_fits(number):
    """ISO 7064 MOD 11-2: the weighted sum over all 18 places leaves 1."""
    digits = [10 if char == "X" else int(char) for char in number]
    return sum(d * pow(2, 17 - i, 11) for i, d in enumerate(digits)) % 11 == 1


def uscc_fits(code):
    """MOD 31 with powers of 3: the sum over all 18 places leaves 0."""
    chars = [c for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c not in "IOSVZ"]
    total = sum(chars.index(char) * pow(3, i, 31) for i, char in enumerate(code[:17]))
    return (total + chars.index(code[17])) % 31 == 0
