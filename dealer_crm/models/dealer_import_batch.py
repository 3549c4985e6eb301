# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

CLIENT_FIELDS = frozenset(
    {
        "kind",
        "file",
        "file_name",
        "company_id",
        "duplicate_policy",
        "column_ids",
        "line_ids",
        "source_id",
        "campaign_id",
        "team_id",
        "lead_user_id",
        "consent_basis",
    }
)


class DealerImportBatch(models.Model):
    """One table of another system on its way in: preview first, undo later.

    Uploaded → columns assigned → checked (every row has a verdict) → imported →
    undone, as a whole. The file itself is not kept.
    """

    _name = "dealer.import.batch"
    _description = "Table Import"
    _order = "id desc"

    name = fields.Char(compute="_compute_name", store=True)
    kind = fields.Selection(
        selection="_get_kind_selection", required=True, default="customer_vehicle"
    )
    state = fields.Selection(
        [
            ("draft", "Columns"),
            ("checked", "Checked"),
            ("importing", "Importing"),
            ("stopped", "Stopped"),
            ("done", "Imported"),
            ("partly", "Partly undone"),
            ("reverted", "Undone"),
        ],
        default="draft",
        readonly=True,
        required=True,
    )
    file = fields.Binary("Table", attachment=False)
    file_name = fields.Char()
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        "Imported by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    done_on = fields.Datetime("Imported on", readonly=True)
    is_purged = fields.Boolean(readonly=True)
    column_ids = fields.One2many("dealer.import.column", "batch_id", "Columns")
    line_ids = fields.One2many("dealer.import.line", "batch_id", "Rows")
    field_ids = fields.Many2many("dealer.import.field", compute="_compute_field_ids")
    duplicate_policy = fields.Selection(
        [
            ("merge", "Fill the known record"),
            ("skip", "Leave out"),
        ],
        "Duplicates",
        required=True,
        default="merge",
        help="What is proposed for a row whose customer, car or lead is known. Known "
        "values stay unless a column says otherwise.",
    )
    source_id = fields.Many2one("utm.source")
    campaign_id = fields.Many2one("utm.campaign", "Event / Campaign")
    team_id = fields.Many2one("crm.team", "Sales Team")
    lead_user_id = fields.Many2one("res.users", "Assigned to")
    consent_basis = fields.Char(
        help="Why these people may be contacted, e.g. business card handed over at "
        "the fair. A row without a basis is refused.",
    )
    line_count = fields.Integer(compute="_compute_counts")
    new_count = fields.Integer("New", compute="_compute_counts")
    duplicate_count = fields.Integer("Duplicates found", compute="_compute_counts")
    unchanged_count = fields.Integer("Unchanged", compute="_compute_counts")
    error_count = fields.Integer("Errors", compute="_compute_counts")
    pending_count = fields.Integer("To Import", compute="_compute_counts")
    done_count = fields.Integer("Imported Rows", compute="_compute_counts")
    rejected_count = fields.Integer("Rejected", compute="_compute_counts")
    kept_count = fields.Integer("Not undone", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts")

    @api.model
    def _get_kinds(self):
        """What can be imported: {key: {"label": …, "parts": […]}}.

        A later addon adds its kind here, its fields as ``dealer.import.field``
        records and the handlers of new parts (see :meth:`_get_part_model`).
        """
        return {
            "customer_vehicle": {
                "label": self.env._("Customers with Vehicles"),
                "parts": ["partner", "vehicle"],
            },
            "customers": {"label": self.env._("Customers"), "parts": ["partner"]},
            "vehicles": {
                "label": self.env._("Vehicles"),
                "parts": ["owner", "vehicle"],
            },
            "leads": {"label": self.env._("Leads"), "parts": ["lead"]},
        }

    @api.model
    def _get_kind_selection(self):
        return [(key, kind["label"]) for key, kind in self._get_kinds().items()]

    def _get_parts(self):
        self.ensure_one()
        return self._get_kinds()[self.kind]["parts"]

    @api.depends("kind", "file_name")
    def _compute_name(self):
        for batch in self:
            batch.name = batch.file_name or self.env._("New")

    @api.depends("kind")
    @api.depends_context("uid")
    def _compute_field_ids(self):
        """The fields of this kind that exist here and that the user may fill."""
        registered = self.env["dealer.import.field"].search(Domain.TRUE)
        for batch in self:
            parts = batch._get_parts() if batch.kind else []
            batch.field_ids = registered.filtered(
                lambda f, parts=parts: f.part in parts and self._is_field_open(f)
            )

    @api.model
    def _is_field_open(self, field):
        model = self.env[self._get_part_model(field.part)]
        if field.parser == "id_number" and not self.env.su:
            return model._may_see_id_mask()
        if field.parser == "consent" or field.target not in model._fields:
            return field.parser == "consent"
        return model._has_field_access(model._fields[field.target], "write")

    @api.depends("line_ids.verdict", "line_ids.state")
    def _compute_counts(self):
        groups = self.env["dealer.import.line"]._read_group(
            [("batch_id", "in", self.ids)],
            ["batch_id", "verdict", "state"],
            ["__count"],
        )
        for batch in self:
            own = [g[1:] for g in groups if g[0] == batch._origin]

            def count(verdict=None, state=None, own=own):
                return sum(
                    number
                    for v, s, number in own
                    if verdict in (None, v) and state in (None, s)
                )

            batch.line_count = count()
            for verdict in ("new", "duplicate", "unchanged", "error"):
                batch[f"{verdict}_count"] = count(verdict=verdict)
            for state in ("pending", "done", "rejected", "kept"):
                batch[f"{state}_count"] = count(state=state)
            total = batch.line_count or 1
            batch.progress = 100 * (total - batch.pending_count) / total

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._prepare_client_values(vals, new=True) for vals in vals_list]
        batches = super().create(vals_list)
        batches.filtered("file")._read_upload()
        return batches

    def write(self, vals):
        vals = self._prepare_client_values(vals)
        if not self.env.su and {"file", "kind", "company_id"} & vals.keys():
            self._check_open()
        result = super().write(vals)
        if vals.get("file"):
            self._read_upload()
        elif "kind" in vals:
            self.column_ids.sudo().field_id = False
            self._propose_columns()
        return result

    def _prepare_client_values(self, vals, new=False):
        """:raises AccessError: a client sets what only the import itself does"""
        vals = dict(vals)
        if self.env.su:
            return vals
        if vals.keys() - CLIENT_FIELDS:
            raise AccessError(self.env._("The course of an import is not edited."))
        if new:
            vals |= {"state": "draft", "user_id": self.env.uid, "done_on": False}
        return vals

    def _check_open(self):
        """:raises UserError: the import has begun already"""
        if not self.env.su and any(b.state not in ("draft", "checked") for b in self):
            raise UserError(
                self.env._("This import has run: upload the table again instead.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_imported(self):
        """The way back is kept as long as there is one."""
        if any(b.state in ("importing", "stopped", "done", "partly") for b in self):
            raise UserError(self.env._("Undo the import before you delete it."))

    def action_decide_duplicates(self):
        """One decision for all duplicates; the button says which in the context."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.verdict == "duplicate")
        lines.write({"decision": self.env.context.get("decision") or "skip"})
        return True

    def action_view_lines(self):
        """The rows, with their verdicts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.dealer_import_line_action"
        )
        action["domain"] = [("batch_id", "=", self.id)]
        verdict = self.env.context.get("verdict")
        action["context"] = {f"search_default_{verdict}": 1} if verdict else {}
        return action
