# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

STAFF = "dealer_crm.group_dealer_user"


class DealerCompletenessMixin(models.AbstractModel):
    """How complete a file is, in percent of its weighted items, and what is missing.

    The items are records (``dealer.file.item``); they can be chosen among the fields
    that ``_get_file_item_fields`` names, whose changes are followed.
    """

    _name = "dealer.completeness.mixin"
    _description = "Completeness of a File"

    completeness = fields.Integer(
        "Completeness (%)",
        compute="_compute_completeness",
        store=True,
        aggregator="avg",
        groups=STAFF,
        help="Share of the items of a complete file that are filled in.",
    )
    missing_items = fields.Char(
        "Missing", compute="_compute_missing_items", groups=STAFF
    )

    def _auto_init(self):
        # A new column starts at 0 and the job counts: installing on a large
        # database must not read every partner.
        if not self._abstract and not column_exists(
            self.env.cr, self._table, "completeness"
        ):
            create_column(self.env.cr, self._table, "completeness", "int4")
        return super()._auto_init()

    @api.depends(lambda self: self._get_completeness_depends())
    def _compute_completeness(self):
        for record in self:
            total = there = 0
            for name, _required, weight in record._get_file_items():
                total += weight
                there += weight if record[name] else 0
            record.completeness = 100 * there // total if total else 0

    @api.depends(lambda self: self._get_completeness_depends())
    @api.depends_context("lang")
    def _compute_missing_items(self):
        for record in self:
            record.missing_items = ", ".join(record._get_missing_labels())

    def _recount_completeness(self):
        """Count again though no field has changed, and write what differs."""
        self.env.add_to_compute(self._fields["completeness"], self)
        self.flush_recordset(["completeness"])

    def _get_missing_labels(self, required_only=False):
        """Names of the empty items in the user's language."""
        self.ensure_one()
        record = self.sudo()
        return [
            record._fields[name]._description_string(self.env)
            for name, is_required, _weight in self._get_file_items()
            if not record[name] and (is_required or not required_only)
        ]

    def _get_file_items(self):
        """:return: list of (field name, is_required, weight) for this record"""
        self.ensure_one()
        kind = "company" if self._is_company_file() else "person"
        return [
            (name, is_required, weight)
            for name, applies_to, is_required, weight in self.env[
                "dealer.file.item"
            ]._get_items(self._name)
            if applies_to in ("both", kind) and name in self._fields
        ]

    @api.model
    def _get_file_item_fields(self):
        """Names of the fields that can be items of a file."""
        return []

    @api.model
    def _get_completeness_depends(self):
        """Names of the fields whose change makes the count another one."""
        return self._get_file_item_fields()

    @api.model
    def _get_completeness_domain(self):
        """Which records of the model are files at all."""
        return []

    def _is_company_file(self):
        """Whether the items of companies count, not those of persons."""
        return False
