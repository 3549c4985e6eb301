# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import csv
import io

from .common import DealerCrmCase


class ImportCase(DealerCrmCase):
    """Builds tables of another system and takes them through the import."""

    TITLES = ("车主姓名", "联系电话", "车牌号", "车架号", "车型", "购车日期")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.batches = cls.env["dealer.import.batch"].with_user(cls.manager)

    def upload(self, rows, titles=None, kind="customer_vehicle", user=None, **values):
        """A batch of this table, columns assigned as proposed."""
        stream = io.StringIO()
        csv.writer(stream).writerows([titles or self.TITLES, *rows])
        batches = self.batches.with_user(user or self.manager)
        return batches.create(
            {
                "kind": kind,
                "file": base64.b64encode(stream.getvalue().encode("gbk")),
                "file_name": "legacy.csv",
                **values,
            }
        )

    def checked(self, *args, **kwargs):
        batch = self.upload(*args, **kwargs)
        batch.action_check()
        return batch

    def imported(self, *args, **kwargs):
        batch = self.checked(*args, **kwargs)
        batch.action_import()
        return batch

    def row(self, name="王伟", **values):
        """One row of the usual legacy table, good unless said otherwise."""
        row = {
            "name": name,
            "phone": self.next_phone(),
            "plate": "粤B12345",
            "vin": self.next_vin(),
            "model": "Lavida T",
            "date": "2015年3月8日",
        }
        return list((row | values).values())

    def verdicts(self, batch):
        return batch.line_ids.sorted("row").mapped("verdict")

    def states(self, batch):
        return batch.line_ids.sorted("row").mapped("state")

    def partners(self, *phones):
        return self.env["res.partner"].search([("phone", "in", phones)])

    def cars(self, *vins):
        return self.env["fleet.vehicle"].search([("vin_sn", "in", vins)])
