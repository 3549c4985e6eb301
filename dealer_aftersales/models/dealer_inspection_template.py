# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

INSPECTION_KINDS = [("reception", "Walk-around"), ("quality", "Quality Check")]


class DealerInspectionTemplate(models.Model):
    """The points of an inspection, by its kind and the use of the car."""

    _name = "dealer.inspection.template"
    _description = "Inspection Template"
    _order = "kind, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(INSPECTION_KINDS, required=True, default="reception")
    usage = fields.Selection(
        lambda self: self._get_usages(),
        help="Empty: for cars of any use that have no template of their own.",
    )
    company_id = fields.Many2one(
        "res.company", "Branch", help="Empty: for all branches."
    )
    line_ids = fields.One2many(
        "dealer.inspection.template.line", "template_id", "Points", copy=True
    )
    line_count = fields.Integer("Number of Points", compute="_compute_line_count")

    @api.model
    def _get_usages(self):
        usage = self.env["fleet.vehicle"]._fields["usage"]
        return usage._description_selection(self.env)

    @api.depends("line_ids")
    def _compute_line_count(self):
        for template in self:
            template.line_count = len(template.line_ids)

    @api.model
    def _get_templates(self, kind, cars):
        """The template of each car, most fitting first: branch, then use.

        :param list cars: (company id, use of the car)
        :return: {(company id, use): template, empty where none fits}
        """
        found = self.sudo().search([("kind", "=", kind)])
        return {
            (company, usage): found.filtered(
                lambda t, c=company, u=usage: (
                    t.company_id.id in (c, False) and t.usage in (u, False)
                )
            ).sorted(lambda t: (not t.usage, not t.company_id, t.sequence, t.id))[:1]
            for company, usage in set(cars)
        }


class DealerInspectionTemplateLine(models.Model):
    """One point of an inspection."""

    _name = "dealer.inspection.template.line"
    _description = "Inspection Point"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "dealer.inspection.template", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    section = fields.Char(translate=True)
    name = fields.Char("Point", required=True, translate=True)
    unit = fields.Char(
        translate=True, help="Filled: a value is measured, for example mm."
    )
    product_id = fields.Many2one(
        "product.product",
        "Proposed Work",
        domain="[('type', '=', 'service')]",
        help="The operation that is proposed when the point is not in order.",
    )
