# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.grade import day_of_window, window_of_day


class CrmLead(models.Model):
    """How much and how soon: intention and rough time of the purchase."""

    _inherit = "crm.lead"

    intention = fields.Selection(
        [("high", "High"), ("medium", "Medium"), ("low", "Low")],
        compute="_compute_intention",
        store=True,
        readonly=False,
        copy=False,
        help="Follows from the grade; set by hand while there is none.",
    )
    purchase_window = fields.Selection(
        [
            ("this_week", "This Week"),
            ("this_month", "This Month"),
            ("one_to_three", "In 1 to 3 Months"),
            ("later", "Later than 3 Months"),
            ("unknown", "Not known"),
        ],
        "Rough Purchase Time",
        help="What the customer says. Sets the expected purchase where it does not "
        "fit, and follows when that is set.",
    )

    @api.depends("grade_id", "grade_id.intention")
    def _compute_intention(self):
        for lead in self:
            lead.intention = lead.grade_id.intention or lead.intention

    @api.constrains("intention", "grade_id")
    def _check_intention(self):
        for lead in self.filtered("grade_id"):
            if lead.intention != lead.grade_id.intention:
                raise ValidationError(
                    self.env._(
                        "Intention: it follows from grade %(grade)s of %(lead)s.",
                        grade=lead.grade_id.code,
                        lead=lead.display_name,
                    )
                )

    @api.onchange("purchase_window")
    def _onchange_purchase_window(self):
        day = self._get_day_of_window(self.purchase_window)
        if day:
            self.purchase_date_expected = day

    @api.onchange("purchase_date_expected")
    def _onchange_purchase_date_expected(self):
        if self.purchase_date_expected:
            self.purchase_window = self._get_window_of_day()

    def _get_day_of_window(self, window):
        """The expected purchase that a rough time sets; False where it fits.

        :param window: key of ``purchase_window``
        """
        self.ensure_one()
        if not window or window == self._get_window_of_day():
            return False
        company = self.company_id or self.env.company
        return day_of_window(window, company._get_dealer_today()) or False

    def _get_window_of_day(self):
        """The rough time of the expected purchase; False where none is set."""
        self.ensure_one()
        company = self.company_id or self.env.company
        day = self.purchase_date_expected
        return bool(day) and window_of_day(day, company._get_dealer_today())

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id"))
            self._complete_purchase_window(vals, company)
            if vals.get("purchase_window") and not vals.get("purchase_date_expected"):
                today = (company or self.env.company)._get_dealer_today()
                day = day_of_window(vals["purchase_window"], today)
                vals["purchase_date_expected"] = day or False
        return super().create(vals_list)

    def write(self, vals):
        vals = dict(vals)
        self._complete_purchase_window(vals, self[:1].company_id)
        result = super().write(vals)
        if vals.get("purchase_window") and not vals.get("purchase_date_expected"):
            days = self.grouped(lambda x: x._get_day_of_window(vals["purchase_window"]))
            for day, leads in days.items():
                if day:
                    leads.purchase_date_expected = day
        return result

    @api.model
    def _complete_purchase_window(self, vals, company):
        """An expected purchase that is given says the rough time too."""
        day = fields.Date.to_date(vals.get("purchase_date_expected"))
        if day:
            today = (company or self.env.company)._get_dealer_today()
            vals["purchase_window"] = window_of_day(day, today)
