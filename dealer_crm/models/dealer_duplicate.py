# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: A key that more files share is a switchboard, not a person.
MOST = 10
PAIRS = """
WITH known AS (
    SELECT id, 'phone' AS kind, coalesce(phone_sanitized, phone) AS key
    FROM res_partner
    UNION ALL
    SELECT id, 'code', vat FROM res_partner WHERE length(vat) > 5
    UNION ALL
    SELECT id, 'birthday', lower(name) || birthdate_date
    FROM res_partner
    UNION ALL
    SELECT partner_id, 'document', number FROM dealer_identity_vault
), files AS (
    SELECT k.id, k.kind, k.key, p.company_id,
           count(*) OVER (PARTITION BY k.kind, k.key) AS size
    FROM known k JOIN res_partner p ON p.id = k.id
    WHERE p.file_state IS NOT NULL AND p.active AND k.key != ''
)
SELECT a.id AS a, b.id AS b,
       max(coalesce(a.company_id, b.company_id)) AS company,
       bool_or(a.kind = 'phone') AS same_phone,
       bool_or(a.kind = 'code') AS same_code,
       bool_or(a.kind = 'birthday') AS same_birthday,
       bool_or(a.kind = 'document') AS same_document
FROM files a JOIN files b USING (kind, key)
WHERE a.id < b.id AND a.size <= %s
  AND (a.company_id = b.company_id
       OR a.company_id IS NULL OR b.company_id IS NULL)
GROUP BY a.id, b.id
"""


class DealerDuplicate(models.Model):
    """Two customer files that may be one person, until somebody has decided.

    Found by one query a night, or on demand. The answer "not the same" is kept, so
    that nobody is asked twice.
    """

    _name = "dealer.duplicate"
    _description = "Possible Duplicate"
    _order = "state, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, ondelete="cascade"
    )
    other_id = fields.Many2one(
        "res.partner",
        "Maybe the Same as",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    same_phone = fields.Boolean(readonly=True)
    same_code = fields.Boolean("Same Credit Code", readonly=True)
    same_birthday = fields.Boolean("Same Name and Birthday", readonly=True)
    same_document = fields.Boolean(
        "Same ID Document", readonly=True, groups="dealer_crm.group_personal_data"
    )
    is_open_reason = fields.Boolean(readonly=True)
    state = fields.Selection(
        [
            ("open", "To be decided"),
            ("household", "One Household"),
            ("company", "Person and Company"),
            ("different", "Different People"),
        ],
        default="open",
        readonly=True,
        required=True,
    )
    decided_by_id = fields.Many2one("res.users", "Judged by", readonly=True)
    decided_on = fields.Datetime(readonly=True)
    partner_phone = fields.Char(related="partner_id.phone", string="Customer's Phone")
    other_phone = fields.Char(related="other_id.phone", string="Other Phone")
    partner_city = fields.Char(related="partner_id.city", string="Customer's City")
    other_city = fields.Char(related="other_id.city", string="Other City")
    partner_email = fields.Char(related="partner_id.email", string="Customer's E-mail")
    other_email = fields.Char(related="other_id.email", string="Other E-mail")
    partner_birthdate = fields.Date(
        related="partner_id.birthdate_date", string="Customer's Birthday"
    )
    other_birthdate = fields.Date(
        related="other_id.birthdate_date", string="Other Birthday"
    )
    partner_vehicle_ids = fields.One2many(
        related="partner_id.vehicle_ids", string="Customer's Vehicles"
    )
    other_vehicle_ids = fields.One2many(
        related="other_id.vehicle_ids", string="Other Vehicles"
    )

    _pair_uniq = models.Constraint(
        "UNIQUE (partner_id, other_id)", "This pair is listed already."
    )
    _order_check = models.Constraint(
        "CHECK (partner_id < other_id)", "The older file comes first."
    )

    @api.model
    def _find_duplicates(self):
        """List new pairs; take away open ones that have nothing in common any more."""
        self.env.flush_all()
        pairs = self._get_pair_query()
        self.env.cr.execute(
            SQL(
                "INSERT INTO dealer_duplicate (partner_id, other_id, company_id, "
                "same_phone, same_code, same_birthday, same_document, "
                "is_open_reason, state, create_date, write_date) "
                "SELECT *, same_phone OR same_code OR same_birthday, 'open', "
                "now() at time zone 'UTC', now() at time zone 'UTC' FROM (%s) p "
                "ON CONFLICT (partner_id, other_id) DO UPDATE SET "
                "same_phone = excluded.same_phone, same_code = excluded.same_code, "
                "same_birthday = excluded.same_birthday, "
                "same_document = excluded.same_document, "
                "is_open_reason = excluded.is_open_reason",
                pairs,
            )
        )
        self.env.cr.execute(
            SQL(
                "DELETE FROM dealer_duplicate d WHERE state = 'open' AND NOT EXISTS "
                "(SELECT 1 FROM (%s) p WHERE p.a = d.partner_id AND p.b = d.other_id)",
                pairs,
            )
        )
        self.invalidate_model()

    @api.model
    def _get_pair_query(self):
        """Pairs of files of one branch that share a number, or name and birthday."""
        return SQL(PAIRS, MOST)

    @api.model
    def _cron_find_duplicates(self):
        """Every night; safe to run at any time."""
        self._find_duplicates()

    def action_find(self):
        """Look for duplicates now."""
        self.check_access("read")
        self.sudo()._find_duplicates()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_merge(self):
        """One person: by core's dialog for those who have it, else into the older."""
        self.ensure_one()
        self.check_access("read")
        if self.state != "open":
            raise UserError(self.env._("This pair has been decided already."))
        partners = self.partner_id | self.other_id
        if not self.env.user.has_group("base.group_partner_manager"):
            return self._merge_into_older(partners)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "base.action_partner_merge"
        )
        action["context"] = {"active_model": "res.partner", "active_ids": partners.ids}
        return action

    def _merge_into_older(self, partners):
        """:raises UserError: what core leaves to administrators"""
        partners.check_access("write")
        known = partners.sudo().with_context(active_test=False)
        if known.user_ids:
            raise UserError(
                self.env._("One of them is a user: an administrator merges them.")
            )
        if len(set(filter(None, known.mapped("email_normalized")))) > 1:
            raise UserError(
                self.env._(
                    "They have different e-mail addresses: correct one, or ask an "
                    "administrator to merge them."
                )
            )
        survivor = self.partner_id
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo()
        wizard._merge(partners.ids, survivor.sudo())
        return survivor.get_formview_action()

    def action_household(self):
        """Two people of one household: do not ask again."""
        return self._decide("household")

    def action_company(self):
        """A person and his company: do not ask again."""
        return self._decide("company")

    def action_different(self):
        """Different people: do not ask again."""
        return self._decide("different")

    def action_reopen(self):
        """It was a mistake: ask again."""
        return self._decide("open")

    def _decide(self, state):
        self.check_access("read")
        self.partner_id.check_access("write")
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": state != "open" and self.env.uid,
                "decided_on": state != "open" and fields.Datetime.now(),
            }
        )
        return True
