# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the workshop's inspection sheets print: builders of test_prints.py."""

PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    b"awAAAABJRU5ErkJggg=="
)
LONG = "左前门下方有一处划痕长约三厘米漆面未破" * 15


class InspectionForms:
    """Mixin: (records, texts that must be on paper) per model."""

    def build_dealer_inspection(self):
        repairs = self.build_once("build_repair_order")[0]
        bare, full, north = (
            repair._make_inspections(kind)
            for repair, kind in zip(
                repairs, ("reception", "reception", "quality"), strict=True
            )
        )
        full.action_all_ok()
        full.note = LONG
        full.line_ids[0].write(
            {"result": "now", "note": LONG, "photo_ids": [(0, 0, {"image": PIXEL})]}
        )
        north.action_all_ok()
        return bare | full | north, repairs.mapped("name")

    def build_dealer_inspection_template(self):
        bare = self.env["dealer.inspection.template"].create({"name": "空白表"})
        full = self.env["dealer.inspection.template"].create(
            {
                "name": "长表",
                "kind": "quality",
                "company_id": self.other_branch.id,
                "line_ids": [
                    (0, 0, {"section": LONG, "name": LONG, "unit": "mm"})
                    for _point in range(60)
                ],
            }
        )
        return bare | full, ["空白表", "长表"]
