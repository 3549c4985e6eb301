# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DealerKpi(models.Model):
    """Difference of two shares: promoters less detractors makes the NPS (SAT-06)."""

    _inherit = "dealer.kpi"

    measure = fields.Selection(
        selection_add=[("difference", "Difference of two shares")],
        ondelete={"difference": "cascade"},
    )
    minus_domain = fields.Char(
        "Less the Share of",
        help="Conditions: which of the counted records are taken off the share.",
    )

    @api.constrains("measure", "share_domain", "minus_domain")
    def _check_difference(self):
        for kpi in self.filtered(lambda k: k.measure == "difference"):
            for name in ("share_domain", "minus_domain"):
                if not kpi[name]:
                    raise ValidationError(
                        self.env._(
                            "%(field)s: %(kpi)s needs conditions.",
                            field=self._fields[name]._description_string(self.env),
                            kpi=kpi.name,
                        )
                    )
            kpi.sudo(False)._try_minus()

    def _try_minus(self):
        """:raises ValidationError: conditions that cannot be counted"""
        today = fields.Date.context_today(self)
        domain = self._get_numerator_domain(self.env.company, today, today)
        try:
            self._count_part(domain, self.minus_domain)
        except Exception as error:
            raise ValidationError(
                self.env._(
                    "%(kpi)s cannot be counted: %(error)s", kpi=self.name, error=error
                )
            ) from error

    def _read_share(self, domain, by_month=None):
        shares = super()._read_share(domain, by_month)
        if self.measure != "difference":
            return shares
        minus = self._count_part(domain, self.minus_domain, by_month)
        return {
            key: shares.get(key, 0) - minus.get(key, 0)
            for key in shares.keys() | minus.keys()
        }

    def _prepare_line(self, dimension, numbers, shares, total):
        """The difference is the figure itself, out of all that were counted."""
        line = super()._prepare_line(dimension, numbers, shares, total)
        if self.measure == "difference":
            line["value"], line["share"] = line["share"], None
        return line
