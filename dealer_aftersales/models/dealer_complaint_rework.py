# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.counters import fill_counter
from odoo.exceptions import UserError

from ..tools.service_state import CLOSED


class DealerComplaint(models.Model):
    """A fault complained of is put right by a rework order (CMP-04)."""

    _inherit = "dealer.complaint"

    rework_ids = fields.One2many(
        "repair.order", "complaint_id", "Rework Orders", readonly=True, copy=False
    )
    rework_count = fields.Integer("Number of Rework Orders", compute="_compute_rework")

    @api.depends("rework_ids")
    def _compute_rework(self):
        fill_counter(self, "rework_count", "repair.order", "complaint_id")

    def action_make_rework(self):
        """Open a comeback order on the same car with the customer's words.

        It waits as an appointment until the car is there; the branch pays, as the
        order's lines propose for a comeback.

        :return: action that shows the order
        :raises UserError: without car, or while another rework order is open
        """
        self.ensure_one()
        self.check_access("read")
        self.env["repair.order"].check_access("create")
        if not self.vehicle_id:
            raise UserError(
                self.env._("Vehicle: say which car before you order rework.")
            )
        waiting = self._get_open_rework()
        if waiting:
            raise UserError(
                self.env._("%(order)s is open already.", order=waiting[0].name)
            )
        order = self.env["repair.order"].create(self._prepare_rework())
        order.sudo().complaint_id = self
        if self.repair_id.date_delivered:
            order.sudo().guarantee_repair_id = self.sudo().repair_id
        self.message_post(
            body=self.env._("Rework order %(order)s opened.", order=order.name)
        )
        return order.get_formview_action()

    def _prepare_rework(self):
        advisor = self.sudo().repair_id.advisor_id
        values = {
            "vehicle_id": self.vehicle_id.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "service_kind": "comeback",
            "date_in": False,
            "concern_ids": [(0, 0, {"name": " ".join(self.content.split())})],
        }
        if advisor.active:
            values["advisor_id"] = advisor.id
        return values

    def _get_open_rework(self):
        return self.sudo().rework_ids.filtered(lambda r: r.service_state not in CLOSED)

    def _get_step_blocks(self, step):
        """Nothing is carried out while the rework is not."""
        blocks = super()._get_step_blocks(step)
        waiting = self._get_open_rework() if step == "done" else False
        if waiting:
            blocks.append(
                self.env._(
                    "Rework order %(order)s is not finished.", order=waiting[0].name
                )
            )
        return blocks

    def action_view_rework(self):
        """The rework orders of this complaint."""
        self.ensure_one()
        if len(self.rework_ids) == 1:
            return self.rework_ids.get_formview_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.repair_order_action"
        )
        action["domain"] = [("complaint_id", "=", self.id)]
        action["context"] = {"create": False}
        return action


class RepairOrder(models.Model):
    """The complaint that an order makes good, and those about it."""

    _name = "repair.order"
    _inherit = ["repair.order", "dealer.complaint.link.mixin"]

    complaint_id = fields.Many2one(string="Rework for Complaint")
    complaint_count = fields.Integer("Complaints", compute="_compute_complaint_count")

    def _compute_complaint_count(self):
        fill_counter(self, "complaint_count", "dealer.complaint", "repair_id")

    def _get_order_hints(self):
        """What this customer, or this car's, complains of stands before all else."""
        hints = super()._get_order_hints()
        people = self.partner_id | self.bringer_id
        lines = people._get_complaint_lines(self.vehicle_id)
        return [
            self._hint("complaint", line["text"], line["level"])
            | {"model": line["model"], "id": line["res_id"]}
            for line in lines
            if line["level"] == "danger"
        ] + hints

    def action_open_complaint(self):
        """A new complaint about this order, with all that is known of it."""
        self.ensure_one()
        return self.env["dealer.complaint"]._get_entry_action(
            {
                "partner_id": (self.bringer_id or self.partner_id).id,
                "vehicle_id": self.vehicle_id.id,
                "repair_id": self.id,
                "company_id": self.company_id.id,
            }
        )

    def action_view_complaints(self):
        """The complaints about this order."""
        self.ensure_one()
        return self.env["dealer.complaint"]._get_list_action(
            [("repair_id", "=", self.id)]
        )
