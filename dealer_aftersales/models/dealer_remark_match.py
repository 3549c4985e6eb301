# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerRemarkMatch(models.Model):
    """A rule set this tag here once: taken away by a person, it is not set again.

    Written by the rules only; a row stays when the tag goes.
    """

    _name = "dealer.remark.match"
    _description = "Tag set by a Keyword Rule"
    _log_access = True

    model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="model", required=True, readonly=True)
    issue_id = fields.Many2one(
        "dealer.callback.issue", "Tag", required=True, ondelete="cascade", index=True
    )
    rule_id = fields.Many2one(
        "dealer.remark.rule", index="btree_not_null", ondelete="set null"
    )

    _match_uniq = models.UniqueIndex(
        "(model, res_id, issue_id)", "This tag was set here already."
    )
