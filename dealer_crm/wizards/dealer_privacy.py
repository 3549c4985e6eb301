# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError

#: more persons than this make the data "important" in the law's sense
MANY_PERSONS = 100_000


class DealerPrivacy(models.TransientModel):
    """What a person may ask of us: a copy, a stop, to be forgotten."""

    _name = "dealer.privacy"
    _description = "Personal Data of a Customer"

    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        domain="[('file_state', '!=', False)]",
        ondelete="cascade",
    )
    reason = fields.Char()
    is_restricted = fields.Boolean(related="partner_id.is_restricted")
    retention_end = fields.Date("Papers kept until", compute="_compute_retention_end")
    preview = fields.Html("What is held", compute="_compute_preview", sanitize=False)
    person_count = fields.Integer(
        "Customer Files in all", compute="_compute_person_count"
    )
    has_many_persons = fields.Boolean(compute="_compute_person_count")
    file = fields.Binary("Copy", readonly=True, attachment=False)
    file_name = fields.Char(default="data.zip", readonly=True)

    @api.depends("partner_id")
    def _compute_retention_end(self):
        for wizard in self:
            partner = wizard.partner_id
            wizard.retention_end = partner and partner._get_retention_end()

    @api.depends("partner_id")
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = wizard.partner_id and wizard._render_preview()

    def _render_preview(self):
        rows = Markup("").join(
            Markup("<tr><td>%s</td><td>%s</td></tr>")
            % (self.env["ir.model"]._get(records._name).name, len(records))
            for records, _names in self.partner_id._get_privacy_records()
            if records
        )
        return Markup('<table class="table table-sm w-auto">%s</table>') % rows

    def _compute_person_count(self):
        count = (
            self.env["res.partner"]
            .sudo()
            .with_context(active_test=False)
            .search_count([("file_state", "!=", False), ("is_company", "=", False)])
        )
        self.person_count = count
        self.has_many_persons = count >= MANY_PERSONS

    def _get_partner(self):
        """:raises UserError: without a customer or a reason, or for other contacts"""
        self.ensure_one()
        if not self.partner_id:
            raise UserError(self.env._("Customer: choose whose data it is about."))
        if not (self.partner_id.file_state or self.partner_id.is_restricted):
            raise UserError(
                self.env._(
                    "Customer: %(name)s has no customer file.",
                    name=self.partner_id.display_name,
                )
            )
        if not (self.reason or "").strip():
            raise UserError(self.env._("Reason: the log needs to know why."))
        self.partner_id._check_privacy_officer()
        return self.partner_id

    def action_copy(self):
        """Make the copy and load it down."""
        content = self._get_partner()._make_data_copy(self.reason)
        self.file = base64.b64encode(content)
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/dealer.privacy/{self.id}/file/data.zip?download=1",
            "target": "self",
        }

    def action_restrict(self):
        """Keep the data only, until the papers need not be kept any more."""
        partner = self._get_partner()
        partner._restrict_processing(self.reason, partner._get_retention_end())
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_release(self):
        """Back to normal processing."""
        self._get_partner()._lift_restriction(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_anonymise(self):
        """Forget the person for good."""
        self._get_partner()._anonymise(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
