# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random

from odoo.tests import BaseCase

from ..tools.plate import (
    PROVINCES,
    classify_plate,
    normalize_plate,
)

ORDINARY = ("京A12345", "粤B1C2D3", "粤B12345", "沪AAB123", "琼ZZZ999")
NEW_ENERGY = ("粤BD12345", "沪AF12345", "京ADA1234", "粤B12345D", "粤B12345F")
SPECIAL = (
    "粤Z1234港",
    "粤Z1234澳",
    "京A1234学",
    "京A1234警",
    "京A1234挂",
    "沪A0023领",
    "使014578",
    "224001使",
    "WJ粤12345",
    "粤B临12345",
    "临粤B1234",
)
NOTHING = (
    "京AI2345",
    "京AO2345",
    "京A1234",
    "京A123456",
    "ABC123",
    "京AABC12",  # three letters
    "京I12345",
    "京112345",
    "某A12345",
    "粤BL12345",  # L is not used in the first place
    "粤BD1234A",
    "粤B12345G",
    "粤BDI2345",
    "BD12345",  # province forgotten
    "",
    False,
)


class TestPlate(BaseCase):
    def test_vectors_are_classified(self):
        for kind, plates in (
            ("ordinary", ORDINARY),
            ("new_energy", NEW_ENERGY),
            ("special", SPECIAL),
            ("", NOTHING),
        ):
            for plate in plates:
                with self.subTest(plate=plate):
                    self.assertEqual(classify_plate(plate), kind)

    def test_typed_forms_are_normalised(self):
        for value in (
            "粤B·12345",
            "粤b 12345",
            "粤Ｂ•１２３４５",
            "粤B・123-45",
            "\u3000粤B.12345\u200b",
        ):
            self.assertEqual(normalize_plate(value), "粤B12345")

    def test_every_province_is_known(self):
        self.assertEqual(len(set(PROVINCES)), 31)
        for province in PROVINCES:
            self.assertEqual(classify_plate(f"{province}A12345"), "ordinary")

    def test_first_letter_of_new_energy(self):
        for letter in "ABCDEFGHJK":
            self.assertEqual(classify_plate(f"粤B{letter}12345"), "new_energy")

    def test_generated_plates_survive_any_spelling(self):
        rand = random.Random(36)
        for _count in range(300):
            digits = "".join(rand.choices("0123456789", k=5))
            plate = rand.choice(PROVINCES) + rand.choice("ABCDEFGHJK") + digits
            plate += rand.choice(("", "D", "F"))
            self.assertEqual(
                normalize_plate(f"{plate[:2]}·{plate[2:].lower()} "), plate
            )
            expected = "ordinary" if len(plate) == 7 else "new_energy"
            self.assertEqual(classify_plate(plate), expected)
