# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

RESTRICT_FIELDS = frozenset({"is_restricted", "restrict_reason", "erase_due_date"})


class ResPartner(models.Model):
    """A person whose data may only be kept: out of search, campaigns and calls."""

    _inherit = "res.partner"

    is_restricted = fields.Boolean(
        "Processing restricted",
        readonly=True,
        copy=False,
        help="The data is only kept because the law asks for it: nobody but the "
        "general manager finds the person, no campaign and no call reaches him.",
    )
    restrict_reason = fields.Char(
        "Restricted because",
        readonly=True,
        copy=False,
        groups="dealer_crm.group_general_manager",
    )
    erase_due_date = fields.Date(
        "To be anonymised on",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="dealer_crm.group_general_manager",
    )

    @api.model
    def _hides_restricted(self):
        """Whether the user is staff to whom restricted persons are hidden."""
        return (
            not self.env.su
            and self._has_any_group(["group_dealer_user"])
            and not self._has_any_group(["group_general_manager"])
        )

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not bypass_access and self._hides_restricted():
            domain = Domain(domain) & Domain("is_restricted", "=", False)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if not self.env.su and any(partners.mapped("is_restricted")):
            self._refuse_restriction()
        return partners

    def write(self, vals):
        if RESTRICT_FIELDS & vals.keys() and not self.env.su:
            self._refuse_restriction()
        return super().write(vals)

    def _refuse_restriction(self):
        raise AccessError(
            self.env._("Use the privacy page to restrict the processing of a person.")
        )

    def _restrict_processing(self, reason, erase_due_date=False):
        """Keep the data only: out of search, off the lists, no more calls."""
        self.sudo().write(
            {
                "is_restricted": True,
                "restrict_reason": reason,
                "erase_due_date": erase_due_date,
            }
        )
        for partner in self:
            self.env["dealer.access.log"]._log("restrict", partner, reason)
        self._block_in_campaigns(True)
        self._after_consent_change()

    def _lift_restriction(self, reason):
        """Back to normal: the person is found and may be contacted again."""
        self.sudo().write(
            {
                "is_restricted": False,
                "restrict_reason": False,
                "erase_due_date": False,
            }
        )
        for partner in self:
            self.env["dealer.access.log"]._log("release", partner, reason)
        self._block_in_campaigns(False)

    def _block_in_campaigns(self, is_blocked):
        """Core's mailings know blacklists only; who withdrew stays on them."""
        for model, field, channels in (
            ("mail.blacklist", "email_normalized", ("email",)),
            ("phone.blacklist", "phone_sanitized", ("sms", "call")),
        ):
            blacklist = self.env[model].sudo()
            blacklist = blacklist.with_context(dealer_blacklist_from_consent=True)
            for partner in self.sudo().filtered(field):
                value = partner[field]
                entry = value if field == "email_normalized" else [value]
                if is_blocked:
                    blacklist._add(entry)
                elif not partner._has_withdrawn(channels, "marketing"):
                    blacklist._remove(entry)
