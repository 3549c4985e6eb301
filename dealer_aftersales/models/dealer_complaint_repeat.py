# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.complaint import FEEDBACK_KINDS
from ..tools.row_lock import touch_rows

#: A change of these asks anew whether it happened before.
WATCHED = {"cause_id", "partner_id", "vehicle_id", "date_received", "company_id"}


class DealerComplaint(models.Model):
    """The same cause once more: flagged, and from the third time on prevented (CMP-03).

    Withdrawn complaints and mere feedback are none of them.
    """

    _inherit = "dealer.complaint"

    repeat_of_id = fields.Many2one(
        "dealer.complaint",
        "Same Cause before",
        compute="_compute_repeat",
        store=True,
        index="btree_not_null",
        help="The latest earlier complaint with the same cause; the same customer's or "
        "car's before all others.",
    )
    is_repeat = fields.Boolean("Repeated", compute="_compute_repeat", store=True)
    is_repeat_customer = fields.Boolean(
        "Repeated for the same Customer or Car",
        compute="_compute_repeat",
        store=True,
    )

    _cause_idx = models.Index(
        "(company_id, cause_id, date_received) WHERE cause_id IS NOT NULL"
    )

    @api.depends("cause_id", "partner_id", "vehicle_id", "date_received", "company_id")
    def _compute_repeat(self):
        for complaint in self:
            earlier = complaint._get_same_cause()
            same = earlier.filtered(complaint._is_same_customer)
            complaint.repeat_of_id = (same or earlier)[:1]
            complaint.is_repeat = bool(earlier)
            complaint.is_repeat_customer = bool(same)

    def _is_same_customer(self, other):
        car = self.vehicle_id and self.vehicle_id == other.vehicle_id
        return car or self.partner_id == other.partner_id

    def _get_same_cause(self):
        """Earlier complaints of the branch with this cause within the months set."""
        self.ensure_one()
        if not self.cause_id or self.is_feedback or not self.date_received:
            return self.browse()
        return self.search(
            self._get_cause_domain()
            & Domain("id", "!=", self._origin.id)
            & Domain("date_received", "<=", self.date_received),
            order="date_received desc, id desc",
        )

    def _get_cause_domain(self):
        """Complaints that count together with this one."""
        months = self.company_id.sudo().complaint_repeat_months
        since = self.date_received - relativedelta(months=months)
        return Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("cause_id", "=", self.cause_id.id),
                ("state", "!=", "withdrawn"),
                ("kind", "not in", list(FEEDBACK_KINDS)),
                ("date_received", ">=", since),
            ]
        )

    def _after_entry(self):
        result = super()._after_entry()
        self._propose_prevention()
        return result

    def _after_change(self, vals):
        result = super()._after_change(vals)
        if WATCHED & vals.keys():
            self._propose_prevention()
        return result

    def _propose_prevention(self):
        """From the branch's number on a cause gets one draft of a measure.

        While that is open, further complaints with the cause are added to it.
        """
        for complaint in self.sudo():
            limit = complaint.company_id.complaint_repeat_count
            if not limit or not complaint.cause_id:
                continue
            group = complaint._get_same_cause() | complaint
            if complaint.is_feedback or len(group) < limit:
                continue
            complaint._lock_cause()
            measure = complaint._get_open_prevention()
            if measure:
                measure._add_complaints(group)
            else:
                complaint._make_prevention(group)

    def _lock_cause(self):
        """The third and the fourth complaint at one moment make one measure."""
        touch_rows(self.cause_id)

    def _get_open_prevention(self):
        measures = self.env["dealer.corrective.action"].sudo()
        return measures.search(
            [
                ("company_id", "=", self.company_id.id),
                ("cause_id", "=", self.cause_id.id),
                ("kind", "=", "preventive"),
                ("state", "not in", ("closed", "cancelled")),
            ],
            limit=1,
        )

    def _make_prevention(self, complaints):
        """A proposal that the service manager takes up or dismisses with a reason."""
        self.ensure_one()
        return self.env["dealer.corrective.action"]._propose_preventive(
            self.company_id, cause=self.cause_id, complaints=complaints
        )

    def action_view_repeats(self):
        """This complaint and those with the same cause before."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_complaint_action"
        )
        action["domain"] = [("id", "in", (self._get_same_cause() | self).ids)]
        action["context"] = {"create": False}
        return action
