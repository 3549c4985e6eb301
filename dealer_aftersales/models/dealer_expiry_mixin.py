# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.addons.dealer_crm.tools.job_steps import reported
from odoo.exceptions import AccessError
from odoo.tools import SQL

BATCH = 10000

EXPIRE = """
    UPDATE %(table)s t
       SET state = 'expired', write_date = now() at time zone 'UTC'
      FROM (SELECT id FROM %(table)s
             WHERE state = 'active' AND company_id = %(company)s
               AND date_end < %(today)s
             ORDER BY id LIMIT %(limit)s) due
     WHERE due.id = t.id
"""


class DealerExpiryMixin(models.AbstractModel):
    """A paper that runs to a last day: its state follows from dates and acts.

    A model that takes it has ``company_id``, ``date_end`` and a stored ``state``
    with ``active`` and ``expired``, and says in ``_get_state`` what the state is. Where
    there is a sequence whose code is the model's name, it numbers papers without one.
    """

    _name = "dealer.expiry.mixin"
    _description = "Paper with a Term"

    @api.model
    def _get_system_fields(self):
        """Fields that no client sets."""
        return {"state"}

    @api.model
    def _get_term_fields(self):
        """Fields that decide on the state."""
        return {"date_end"}

    @api.model_create_multi
    def create(self, vals_list):
        self._check_system_values(*vals_list)
        self = without_defaults(self, self._get_system_fields())
        papers = super().create([self._with_number(vals) for vals in vals_list])
        papers._update_state()
        return papers

    def write(self, vals):
        self._check_system_values(vals)
        result = super().write(vals)
        if self._get_term_fields() & vals.keys():
            self._update_state()
        return result

    @api.model
    def _with_number(self, vals):
        if vals.get("name"):
            return vals
        number = self.env["ir.sequence"].sudo().next_by_code(self._name)
        return {**vals, "name": number} if number else vals

    @api.model
    def _check_system_values(self, *vals_list):
        """:raises AccessError: when a client sets what follows from dates and acts"""
        names = self._get_system_fields()
        if not self.env.su and any(names & vals.keys() for vals in vals_list):
            raise AccessError(
                self.env._("The state follows from the dates and from what is done.")
            )

    def _update_state(self):
        """Store the state as of today at each branch."""
        for company, papers in self.sudo().grouped("company_id").items():
            today = company._get_dealer_today()
            for paper in papers:
                state = paper._get_state(today)
                if state != paper.state:
                    paper.state = state

    def _get_state(self, today):
        """The state on ``today`` by dates; those with other acts extend it."""
        self.ensure_one()
        over = self.date_end and self.date_end < today
        return "expired" if over else "active"

    @api.model
    def _cron_expire(self):
        """Papers whose last day is over expire; safe to run twice or to stop.

        A branch that fails is reported and stops no other.
        """
        cron = self.env["ir.cron"]
        for company in self.env["res.company"]._get_all_branches():
            moved = BATCH
            while moved == BATCH:
                moved = 0
                with reported(f"End of {self._name}", company):
                    moved = self._expire(company)
                if not cron._commit_progress(moved):
                    return

    @api.model
    def _expire(self, company, limit=BATCH):
        """:return: how many of the branch's papers expired, at most ``limit``"""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                EXPIRE,
                table=SQL.identifier(self._table),
                company=company.id,
                today=company._get_dealer_today(),
                limit=limit,
            )
        )
        moved = self.env.cr.rowcount
        self.invalidate_model(["state"])
        return moved
