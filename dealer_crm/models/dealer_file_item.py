# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

MODELS = ("res.partner", "crm.lead")


class DealerFileItem(models.Model):
    """What belongs into a complete customer file, or a complete lead.

    Managers choose the fields: completeness counts them by weight, and a file is
    filed only when those needed for it are there.
    """

    _name = "dealer.file.item"
    _description = "Item of a Customer File"
    _order = "model, sequence, id"
    _rec_name = "field_id"

    model_id = fields.Many2one(
        "ir.model",
        "Belongs to",
        required=True,
        ondelete="cascade",
        domain=[("model", "in", MODELS)],
        default=lambda self: self.env["ir.model"]._get("res.partner"),
    )
    model = fields.Char(related="model_id.model", store=True, string="Technical Model")
    field_id = fields.Many2one(
        "ir.model.fields",
        "Item",
        required=True,
        ondelete="cascade",
        domain="[('model_id', '=', model_id), ('name', 'in', allowed_names)]",
    )
    allowed_names = fields.Json(compute="_compute_allowed_names")
    applies_to = fields.Selection(
        [
            ("both", "Persons and Companies"),
            ("person", "Persons"),
            ("company", "Companies"),
        ],
        required=True,
        default="both",
    )
    is_required = fields.Boolean(
        "Needed to file", help="Without it a customer file cannot be filed."
    )
    weight = fields.Integer(required=True, default=1)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _field_uniq = models.UniqueIndex(
        "(field_id)", "This item is on the list already, maybe archived."
    )
    _weight_check = models.Constraint("CHECK (weight > 0)", "Weight: at least 1.")

    @api.depends("model_id")
    def _compute_allowed_names(self):
        for item in self:
            model = item.model_id.model
            item.allowed_names = (
                self.env[model]._get_file_item_fields() if model in MODELS else []
            )

    @api.constrains("field_id", "model_id")
    def _check_field(self):
        for item in self:
            model, field = item.model_id.model, item.field_id
            if model not in MODELS or field.name not in item.allowed_names:
                raise ValidationError(
                    self.env._(
                        "Item: %(field)s cannot be followed up on a customer file.",
                        field=field.field_description,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items._on_change()
        return items

    def write(self, vals):
        result = super().write(vals)
        self._on_change()
        return result

    def unlink(self):
        result = super().unlink()
        self._on_change()
        return result

    def _on_change(self):
        """The list is another one: all files are counted again, by the job."""
        self.env.registry.clear_cache()
        self._request_recount()

    @api.model
    @tools.ormcache("model")
    def _get_items(self, model):
        """:return: tuple of (field name, applies_to, is_required, weight)"""
        items = self.with_env(self.env(su=True, context={})).search(
            [("model", "=", model)]
        )
        return tuple(
            (item.field_id.name, item.applies_to, item.is_required, item.weight)
            for item in items
        )
