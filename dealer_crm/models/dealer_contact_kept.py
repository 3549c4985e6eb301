# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError


class DealerContact(models.Model):
    """Which planned follow-up a contact fulfilled: the plan moves on, this stays."""

    _inherit = "dealer.contact"

    planned_date = fields.Date(
        "Planned for",
        readonly=True,
        copy=False,
        help="The day for which the follow-up was planned that this contact ended.",
    )

    _planned_idx = models.Index(
        "(company_id, planned_date) WHERE planned_date IS NOT NULL"
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and (
            "default_planned_date" in self.env.context
            or any("planned_date" in vals for vals in vals_list)
        ):
            self._refuse_planned_date()
        return super().create(self._note_planned_dates(vals_list))

    def write(self, vals):
        if "planned_date" in vals and not self.env.su:
            self._refuse_planned_date()
        return super().write(vals)

    def _refuse_planned_date(self):
        raise AccessError(
            self.env._("Planned for: it follows from the plan of the lead.")
        )

    @api.model
    def _note_planned_dates(self, vals_list):
        """A contact ends the plan that its lead has now; one told late ends none."""
        leads = self.env["crm.lead"].sudo()
        leads = leads.browse({v["lead_id"] for v in vals_list if v.get("lead_id")})
        by_id = {lead.id: lead for lead in leads.exists()}
        noted = []
        for vals in vals_list:
            lead = by_id.get(vals.get("lead_id"))
            if lead and lead.next_contact_date and self._ends_plan(vals, lead):
                vals = {**vals, "planned_date": lead.next_contact_date}
                del by_id[lead.id]  # of several contacts the first one
            noted.append(vals)
        return noted

    @api.model
    def _ends_plan(self, vals, lead):
        """Whether this contact closes the lead's follow-up, as ``_apply_to_leads``."""
        if vals.get("mail_template_id"):
            return False
        date = fields.Datetime.to_datetime(vals.get("date")) or fields.Datetime.now()
        return not lead.last_contact_date or date >= lead.last_contact_date
