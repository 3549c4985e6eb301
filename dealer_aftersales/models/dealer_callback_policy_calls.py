# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

#: Of the fresh callbacks, those whose customer was called before: by whom last, as far
#: as that person still calls for the branch.
KEEP_CALLER = """
    UPDATE dealer_callback c
       SET user_id = last.user_id
      FROM dealer_callback made
      JOIN LATERAL (
           SELECT k.user_id
             FROM dealer_contact k
            WHERE k.partner_id = made.partner_id
              AND k.callback_id IS NOT NULL
              AND k.callback_id <> made.id
            ORDER BY k.date DESC, k.id DESC
            LIMIT 1) last ON TRUE
     WHERE c.id = made.id AND made.id IN %(ids)s
       AND last.user_id = ANY(%(users)s)
"""


class DealerCallbackPolicy(models.Model):
    """Who calls whom, and what happens when nobody could be reached."""

    _inherit = "dealer.callback.policy"

    keep_caller = fields.Boolean(
        "Same Caller as before",
        default=True,
        help="Who called a customer last gets his next call too, while he works in "
        "customer relations of the branch; the others are called in turn.",
    )
    count_days = fields.Boolean(
        "Attempts on different Days",
        default=True,
        help="Attempts of one day count once: not reached is who could not be reached "
        "on so many different days.",
    )
    unreached_channel = fields.Selection(
        [("sms", "SMS"), ("letter", "Letter")],
        "Not reached: send",
        help="Instead of further calls. An SMS leaves at once, letters wait as a push "
        "to be printed. Whoever withdrew his consent gets none.",
    )
    unreached_template_id = fields.Many2one(
        "mail.template",
        "Not reached: Text",
        ondelete="restrict",
        domain="[('dealer_kind', '!=', False), ('model', '=', 'res.partner')]",
    )

    @api.constrains("unreached_channel", "unreached_template_id")
    def _check_unreached_template(self):
        for policy in self.filtered("unreached_channel"):
            template = policy.unreached_template_id.sudo()
            if not template.dealer_kind or template.model != "res.partner":
                raise ValidationError(
                    self.env._(
                        "Not reached: Text: choose the letter that is sent instead."
                    )
                )


class DealerCallback(models.Model):
    _inherit = "dealer.callback"

    def _after_make(self, policy, company):
        result = super()._after_make(policy, company)
        if policy.keep_caller:
            self._keep_callers(company._get_callers())
        return result

    def _keep_callers(self, callers):
        """One statement for the batch: who called the customer last, calls again."""
        if not callers:
            return
        self.flush_model()
        self.env.cr.execute(
            SQL(
                KEEP_CALLER,
                ids=self._ids,
                users=callers.ids,
            )
        )
        self.invalidate_model(["user_id"], flush=False)
