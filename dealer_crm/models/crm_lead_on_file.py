# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

STAMP_FIELDS = frozenset({"filed_on", "filed_by_id"})


class CrmLead(models.Model):
    """A lead on file (留档): its core data is complete, and stays so.

    Seed 000 names what counts: name, phone, model, budget and source.
    """

    _inherit = "crm.lead"

    budget_min = fields.Monetary("Budget from", currency_field="company_currency")
    budget_max = fields.Monetary("Budget up to", currency_field="company_currency")
    is_on_file = fields.Boolean(
        "On File",
        copy=False,
        tracking=True,
        help="Name, phone, model, budget and source are known and checked.",
    )
    filed_on = fields.Datetime(readonly=True, copy=False)
    filed_by_id = fields.Many2one("res.users", "Filed by", readonly=True, copy=False)

    _on_file_idx = models.Index("(company_id, filed_on) WHERE is_on_file")
    _budget_check = models.Constraint(
        "CHECK (COALESCE(budget_min, 0) >= 0 AND COALESCE(budget_max, 0) >= 0"
        " AND (COALESCE(budget_max, 0) = 0"
        " OR COALESCE(budget_min, 0) <= budget_max))",
        "The budget ends below its beginning, or is negative.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._stamp_filing(vals) for vals in vals_list]
        leads = super().create(vals_list)
        leads._check_on_file()
        return leads

    def write(self, vals):
        if "is_on_file" not in vals and not STAMP_FIELDS & vals.keys():
            result = super().write(vals)
        else:
            if not vals.get("is_on_file", True):
                self._check_may_unfile()
            changed = self.filtered(lambda x: x.is_on_file != vals.get("is_on_file"))
            if changed and changed != self:
                (self - changed).write(vals)
                return changed.write(vals)
            result = super().write(self._stamp_filing(vals, bool(changed)))
        self._check_on_file()
        return result

    @api.model
    def _stamp_filing(self, vals, is_changed=True):
        """Who filed it and when is noted by the system.

        :raises AccessError: when a client sends the stamp himself
        """
        defaults = {f"default_{name}" for name in STAMP_FIELDS}
        if STAMP_FIELDS & vals.keys() or defaults & self.env.context.keys():
            if not self.env.su:
                raise AccessError(
                    self.env._("Who filed a lead, and when, is noted by the system.")
                )
            return vals
        if "is_on_file" not in vals or not is_changed:
            return vals
        is_on_file = vals["is_on_file"]
        return {
            **vals,
            "filed_on": is_on_file and fields.Datetime.now(),
            "filed_by_id": is_on_file and self.env.uid,
        }

    def _check_may_unfile(self):
        """:raises AccessError: somebody else than a manager takes a lead off file"""
        is_manager = self.env.user.has_group("dealer_crm.group_sales_manager")
        if any(self.mapped("is_on_file")) and not (self.env.su or is_manager):
            raise AccessError(self.env._("Only a manager takes a lead off file."))

    def _check_on_file(self):
        """What is on file stays complete.

        Where the system itself empties a field (a person's data is erased) the lead
        goes off file instead.

        :raises ValidationError: names every field that is missing
        """
        for lead in self.filtered("is_on_file"):
            missing = lead._get_missing_on_file()
            if missing and self.env.su:
                lead.is_on_file = False
            elif missing:
                raise ValidationError(
                    self.env._(
                        "%(lead)s: a lead on file needs these fields: %(missing)s.",
                        lead=lead.name,
                        missing=", ".join(missing),
                    )
                )

    def _get_missing_on_file(self):
        """Labels of the empty fields, in the order of the paper card."""
        self.ensure_one()
        return [label for label, value in self._get_on_file_fields() if not value]

    def _get_on_file_fields(self):
        """(label, value) of what a lead on file must have; others may add theirs."""
        self.ensure_one()
        name = self.contact_name or self.partner_name or self.partner_id.sudo().name
        return [
            (self.env._("Customer's Name"), (name or "").strip()),
            (self.env._("Phone"), (self.phone or "").strip()),
            (self.env._("Model of Interest"), self.vehicle_model_id),
            (self.env._("Budget"), self.budget_min or self.budget_max),
            (self.env._("Source"), self.source_id),
        ]

    def action_put_on_file(self):
        """Put complete leads on file; the message tells what the others lack."""
        self.filtered(lambda lead: not lead.is_on_file).write({"is_on_file": True})
        return True
