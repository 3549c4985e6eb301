# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, DealerCrmCase

VIEW = "dealer_crm.fleet_vehicle_view_form"
VERIFIED = (
    "1M8GDM9AXKP042788",
    "11111111111111111",
    "5GZCZ43D13S812715",
    "1HGCM82633A004352",
    "LSVAA49J132047371",
    "LVSHCAMB1CE054249",
    "LDC613P23A1305189",
    "LSGPC52U6AF102554",
    "LSVAA49J1A2000001",
    "LSVAA49JXR2000008",
    "LGXC16DF3R0000005",
    "LE4ZG4CB4NL000008",
    "LRW3E7EA3RC000009",
    "LFMARE2C9SA000006",
    "LHGRB1845J8000003",
    "LSVJA49J1A2000001",
)
WITH_NOTICE = (
    "WVWZZZ1KZAW123456",
    "WP0ZZZ99ZTS392124",
    "YV1RS592X72600000",
    "WAUZZZ8K9BA000001",
)
REFUSED = {
    "LFV3A23C0B3012345": r"check digit \(9th character\) should be 7",
    "LHGRB184872000001": r"check digit \(9th character\) should be 7",
    "LSVAA49J1O2000001": "without I, O and Q",
    "LSVAA49J1A200000": "not 17 characters",
    "LSVAA49J1A20000011": "not 17 characters",
    "LSVAA49J1A200000車": "without I, O and Q",
}
ONE_SPELLING = {
    "lsv aa49-j1a2000001": "LSVAA49J1A2000001",
    "ＬＳＶＡＡ４９Ｊ１Ａ２０００００１": "LSVAA49J1A2000001",
}
STATUS = (
    dict.fromkeys(VERIFIED, "ok")
    | dict.fromkeys(WITH_NOTICE, "not_applicable")
    | dict.fromkeys(ONE_SPELLING, "ok")
)
BAD_DIGIT = "LFV3A23C0B3012345"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestVehicleVin(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_customer()

    def create_by_rpc(self, vin, user=None, **values):
        car_id = self.call(
            user or self.consultant,
            "fleet.vehicle",
            "create",
            {
                "model_id": self.car_model.id,
                "trade_state": "customer",
                "vin_sn": vin,
                **values,
            },
        )
        return self.env["fleet.vehicle"].browse(car_id)

    def fill_form(self, vin, user=None, **values):
        return self.enter_by_form(
            user or self.consultant,
            "fleet.vehicle",
            VIEW,
            {
                "model_id": self.car_model,
                "owner_id": self.owner,
                "vin_sn": vin,
                **values,
            },
            default_trade_state="customer",
        )

    def import_row(self, vin, user=None, **values):
        return self.enter_by_import(
            user or self.consultant,
            "fleet.vehicle",
            {
                "model_id": "Testbrand/Lavida T",
                "owner_id/.id": str(self.owner.id),
                "vin_sn": vin,
                **values,
            },
            default_trade_state="customer",
        )

    def assert_accepted(self, car, vin):
        expected = ONE_SPELLING.get(vin, vin)
        self.assertEqual((car.vin_sn, car.vin_status), (expected, STATUS[vin]))
        car.unlink()

    def test_vectors_in_form(self):
        for vin in STATUS:
            self.assert_accepted(self.fill_form(vin).sudo(), vin)

    def test_vectors_in_import(self):
        for vin in STATUS:
            car, messages = self.import_row(vin)
            self.assertFalse(messages, vin)
            self.assert_accepted(car.sudo(), vin)

    def test_vectors_over_rpc(self):
        for vin in STATUS:
            self.assert_accepted(self.create_by_rpc(vin), vin)

    def test_refused_vectors_in_form(self):
        for vin, message in REFUSED.items():
            with self.assert_refused(ValidationError, message):
                self.fill_form(vin)

    def test_refused_vectors_in_import_save_nothing(self):
        before = self.env["fleet.vehicle"].search_count([])
        for vin, message in REFUSED.items():
            car, messages = self.import_row(vin)
            self.assertFalse(car)
            self.assertRegex(messages, message)
        self.assertEqual(self.env["fleet.vehicle"].search_count([]), before)

    def test_refused_vectors_over_rpc_in_create_and_write(self):
        car = self.create_by_rpc(self.next_vin())
        for vin, message in REFUSED.items():
            with self.assert_refused(ValidationError, message):
                self.create_by_rpc(vin)
            with self.assert_refused(ValidationError, message):
                self.call(
                    self.consultant, "fleet.vehicle", "write", car.ids, {"vin_sn": vin}
                )

    def test_lookalike_letter_is_proposed_not_stored(self):
        with self.assert_refused(ValidationError, "mean LSVAA49J1A2000001"):
            self.create_by_rpc("LSVAA49J1A2OOOOO1")

    def test_duplicate_in_another_spelling_names_the_other_car(self):
        vin = "LSVAA49J1A2000001"
        self.make_car(vin_sn=vin, license_plate="京A12345")
        for spelling in (vin, vin.lower(), " LSVAA49J 1A2000001 ", *ONE_SPELLING):
            with self.assert_refused(ValidationError, "Lavida T/京A12345"):
                self.create_by_rpc(spelling)
            with self.assert_refused(ValidationError, "Lavida T/京A12345"):
                self.fill_form(spelling)
            car, messages = self.import_row(spelling)
            self.assertFalse(car)
            self.assertIn("Lavida T/京A12345", messages)

    def test_archived_car_keeps_its_number(self):
        car = self.make_car()
        car.active = False
        with self.assert_refused(ValidationError, car.vin_sn):
            self.create_by_rpc(car.vin_sn)

    def test_double_of_another_branch_is_refused_without_telling_the_car(self):
        car = self.make_car(company_id=self.other_branch.id, license_plate="京A54321")
        with self.assert_refused(ValidationError, "another branch.*manager") as error:
            self.create_by_rpc(car.vin_sn)
        self.assertNotIn("京A54321", str(error.exception))

    def test_two_rows_of_one_import_with_the_same_number_are_refused(self):
        vin = self.next_vin()
        result = (
            self.env["fleet.vehicle"]
            .with_user(self.consultant)
            .with_context(default_trade_state="customer")
            .load(
                ["model_id", "vin_sn"],
                [["Testbrand/Lavida T", vin], ["Testbrand/Lavida T", vin.lower()]],
            )
        )
        self.assertFalse(result["ids"])
        self.assertIn("VIN: ", result["messages"][0]["message"])
        self.assertFalse(self.env["fleet.vehicle"].search([("vin_sn", "=", vin)]))

    def test_one_number_written_on_two_cars_is_refused(self):
        cars = self.make_car() + self.make_car()
        with self.assert_refused(ValidationError, "more than one car"):
            cars.with_user(self.consultant).write({"vin_sn": self.next_vin()})

    def test_manager_accepts_a_failing_digit_with_a_stamp(self):
        car = self.fill_form(
            BAD_DIGIT, self.manager, vin_override_reason="Seen on the frame"
        )
        self.assertRecordValues(
            car,
            [
                {
                    "vin_status": "mismatch",
                    "vin_override_reason": "Seen on the frame",
                    "vin_override_by_id": self.manager.id,
                    "vin_override_on": datetime.fromisoformat(NOW),
                }
            ],
        )

    def test_manager_cannot_accept_what_is_no_vin(self):
        with self.assert_refused(ValidationError, "not 17 characters"):
            self.create_by_rpc(
                "LSVAA49J1A200000", self.manager, vin_override_reason="Old car"
            )

    def test_consultant_cannot_accept_a_failing_digit(self):
        with self.assert_refused(AccessError, "Only a manager"):
            self.create_by_rpc(BAD_DIGIT, vin_override_reason="Trust me")
        _car, messages = self.import_row(BAD_DIGIT, vin_override_reason="Trust me")
        self.assertIn("Only a manager", messages)

    def test_consultant_cannot_accept_by_a_default_value(self):
        with self.assert_refused(ValidationError, "check digit"):
            self.env["fleet.vehicle"].with_user(self.consultant).with_context(
                default_vin_override_reason="Trust me",
                default_vin_override_by_id=self.manager.id,
            ).create(
                {
                    "model_id": self.car_model.id,
                    "trade_state": "customer",
                    "vin_sn": BAD_DIGIT,
                }
            )

    def test_nobody_forges_the_stamp(self):
        car = self.create_by_rpc(self.next_vin())
        for user in (self.consultant, self.manager, self.director):
            for name, value in (
                ("vin_override_by_id", self.director.id),
                ("vin_override_on", NOW),
            ):
                with self.assert_refused(AccessError, "set by the system"):
                    car.with_user(user).write({name: value})
                with self.assert_refused(AccessError, "set by the system"):
                    self.create_by_rpc(self.next_vin(), user, **{name: value})

    def test_acceptance_holds_for_one_number_only(self):
        car = self.create_by_rpc(
            BAD_DIGIT, self.manager, vin_override_reason="Seen on the frame"
        ).with_user(self.consultant)
        with self.assert_refused(ValidationError, "check digit"):
            car.vin_sn = "LHGRB184872000001"
        car.vin_sn = self.next_vin()
        self.assertRecordValues(
            car,
            [
                {
                    "vin_override_reason": False,
                    "vin_override_by_id": False,
                    "vin_override_on": False,
                }
            ],
        )

    def test_card_without_number_is_possible_more_than_once(self):
        cars = self.create_by_rpc(False) + self.create_by_rpc(" - ")
        self.assertEqual(cars.mapped("vin_sn"), [False, False])

    def test_company_fleet_stays_as_it_is(self):
        cars = self.env["fleet.vehicle"].create(
            [
                {
                    "model_id": self.car_model.id,
                    "vin_sn": "no-vin 1",
                    "license_plate": "1-abc-234",
                }
            ]
            * 2
        )
        for car in cars:
            self.assertEqual((car.vin_sn, car.license_plate), ("no-vin 1", "1-abc-234"))
        cars[0].write({"vin_sn": "x y", "license_plate": "2-xyz"})
        self.assertEqual((cars[0].vin_sn, cars[0].license_plate), ("x y", "2-xyz"))

    def test_company_car_that_is_sold_follows_the_rules(self):
        vin = self.next_vin()
        car = self.env["fleet.vehicle"].create(
            {
                "model_id": self.car_model.id,
                "vin_sn": f" {vin.lower()}",
                "license_plate": "京a·12345",
            }
        )
        car.trade_state = "in_stock"
        self.assertEqual((car.vin_sn, car.license_plate), (vin, "京A12345"))
        car.trade_state = False
        car.vin_sn = "no vin"
        with self.assert_refused(ValidationError, "not 17 characters"):
            car.trade_state = "in_stock"

    def test_purchase_year_settles_the_cycle_of_the_year_code(self):
        """W means 1998 or 2028; only the newer one must have a check digit."""
        vin = "LSVAA49J0W2000001"
        car = self.create_by_rpc(vin, purchase_date="1999-05-01")
        self.assertEqual(car.vin_status, "mismatch")
        with self.assert_refused(ValidationError, "check digit"):
            self.create_by_rpc(vin[:-1] + "2", purchase_date="2028-05-01")

    def test_form_shows_the_verdict_before_saving(self):
        form = Form(self.env["fleet.vehicle"].with_user(self.consultant), view=VIEW)
        form.vin_sn = "WVWZZZ1KZAW123456"
        self.assertEqual(form.vin_status, "not_applicable")

    def test_one_wrong_row_does_not_spoil_the_others(self):
        """As staff, not as superuser: the rows are tried again one by one."""
        rows = [self.next_vin(), "LFV3A23C0B3012345", self.next_vin()]
        cars = self.env["fleet.vehicle"].with_user(self.consultant)
        result = cars.with_context(default_trade_state="customer").load(
            ["vin_sn", "model_id"], [[vin, "Testbrand/Lavida T"] for vin in rows]
        )
        self.assertFalse(result["ids"])
        errors = [(m["record"], m["message"]) for m in result["messages"]]
        self.assertEqual([record for record, _message in errors], [1])
        self.assertIn("LFV3A23C0B3012345", errors[0][1])

    def test_vin_hints_at_the_model_year(self):
        """Seed of VEH-14: shown beside the model year, never taken over."""
        vehicle = self.create_by_rpc("LSVAA49JXR2000008")
        vehicle.write({"acquisition_date": "2024-03-01", "model_year": "2023"})
        self.assertEqual(vehicle.model_year_hint, "2024")
        self.assertEqual(vehicle.model_year, "2023")
        vehicle.acquisition_date = "2005-03-01"
        self.assertEqual(vehicle.model_year_hint, "1994")
        vehicle.vin_sn = False
        self.assertFalse(vehicle.model_year_hint)
