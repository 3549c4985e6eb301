# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

NOTED = frozenset({"stale_reason_id", "stale_reviewed_at"})


class CrmLead(models.Model):
    """A lead nobody has touched for long stands still until somebody says why."""

    _inherit = "crm.lead"

    stale_reason_id = fields.Many2one(
        "dealer.stale.reason",
        "Reason of Standstill",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    stale_reviewed_at = fields.Datetime(
        "Standstill reviewed", readonly=True, copy=False
    )
    is_stale = fields.Boolean(
        "Stale",
        compute="_compute_is_stale",
        search="_search_is_stale",
        help="No contact for longer than the branch allows, and not reviewed since.",
    )
    silent_days = fields.Integer(
        "Days without Contact",
        compute="_compute_is_stale",
        help="Since the last contact; since it came in where there was none.",
    )

    _silent_idx = models.Index(
        "(company_id, last_contact_date) WHERE active AND won_status = 'pending'"
    )

    @api.model
    def _get_noted_fields(self):
        return super()._get_noted_fields() | NOTED

    @api.depends(
        "last_contact_date",
        "stale_reviewed_at",
        "dormant_on",
        "won_status",
        "company_id",
    )
    def _compute_is_stale(self):
        now = fields.Datetime.now()
        for lead in self:
            branch = lead.company_id or self.env.company
            limit = branch._get_stale_limit()
            since = lead.last_contact_date or lead.create_date or now
            days = branch._get_dealer_today() - branch._get_dealer_day(since)
            lead.silent_days = max(days.days, 0)
            lead.is_stale = bool(
                limit
                and lead.won_status == "pending"
                and not lead.dormant_on
                and max(since, lead.stale_reviewed_at or since) < limit
            )

    def _search_is_stale(self, operator, value):
        if operator != "in":
            return NotImplemented
        companies = self.env["res.company"]._get_all_branches()
        parts = [
            self._get_silent_domain(company, company._get_stale_limit())
            for company in companies
        ]
        nobody = self.env["res.company"]
        parts.append(
            self._get_silent_domain(nobody, self.env.company._get_stale_limit())
        )
        return (
            Domain("won_status", "=", "pending")
            & Domain("active", "=", True)
            & Domain("dormant_on", "=", False)
            & Domain.OR(parts)
        )

    @api.model
    def _get_silent_domain(self, company, limit):
        """Leads of the branch untouched since ``limit``; none where it has no limit."""
        if not limit:
            return Domain.FALSE
        never = Domain("last_contact_date", "=", False) & Domain(
            "create_date", "<", limit
        )
        reviewed = Domain("stale_reviewed_at", "=", False) | Domain(
            "stale_reviewed_at", "<", limit
        )
        silent = Domain("last_contact_date", "<", limit) | never
        return Domain("company_id", "=", company.id) & silent & reviewed

    def _note_review(self, reason):
        """Somebody looked at these leads and said why they stand still."""
        self.sudo().write(
            {
                "stale_reason_id": reason.id,
                "stale_reviewed_at": fields.Datetime.now(),
            }
        )

    def action_review(self):
        """Say why these leads stand still, and what becomes of them."""
        return self._open_review("reactivate")

    def _open_review(self, decision):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Review Leads"),
            "res_model": "dealer.lead.review",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_lead_ids": self.ids, "default_decision": decision},
        }
