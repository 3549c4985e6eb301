# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import psycopg2
from odoo import models
from odoo.tools import SQL, mute_logger

from ..tools.phone import classify_phone


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Core's merge keeps cars, papers and answers of the people, and can be undone."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        partners = self.env["res.partner"].browse(partner_ids).exists()
        if len(partners) < 2:
            return super()._merge(partner_ids, dst_partner, extra_checks)
        if not dst_partner or dst_partner not in partners:
            dst_partner = self._get_ordered_partner(partners.ids)[-1]
        sources = partners - dst_partner
        log = self.env["dealer.merge"]._begin(sources, dst_partner)
        states = partners._get_merge_states()
        dst_partner._merge_consents(sources)
        self._move_fragile_rows(sources, dst_partner)
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        dst_partner.sudo()._settle_merge(states)
        log._finish()
        self.env["dealer.access.log"]._log("merge", dst_partner)
        return result

    def _update_values(self, src_partners, dst_partner):
        """With all rights: the merged contact keeps also what the user does not see."""
        survivor, sources = dst_partner.sudo(), src_partners.sudo()
        files = sources.filtered("file_state")
        if files and classify_phone(survivor.phone or "") == "invalid":
            survivor.phone = files[0].phone  # a customer file needs a number
        return super()._update_values(sources, survivor)

    def _update_reference_fields(self, src_partners, dst_partner):
        result = super()._update_reference_fields(src_partners, dst_partner)
        for table, model, column in self.env["dealer.merge"]._get_own_references():
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(column)s = %(survivor)s WHERE "
                    "%(model)s = 'res.partner' AND %(column)s = ANY(%(sources)s)",
                    table=SQL.identifier(table),
                    column=SQL.identifier(column),
                    model=SQL.identifier(model),
                    survivor=dst_partner.id,
                    sources=src_partners.ids,
                )
            )
        self.env.invalidate_all()
        return result

    def _move_fragile_rows(self, sources, survivor):
        """Rows under a unique index, which core's merge would stumble over.

        What the survivor has already is dropped, the rest moves; the snapshot of
        the merge keeps what is dropped.
        """
        self.env.flush_all()
        merges = self.env["dealer.merge"]
        for table, column in self._get_fk_on("res_partner"):
            if self._has_check_or_unique_constraint(table, column):
                continue  # core's merge knows these
            if merges._has_unique_index(table, column):
                self._move_rows(table, column, sources, survivor)
        self.env.invalidate_all()

    def _move_rows(self, table, column, sources, survivor):
        names = {"table": SQL.identifier(table), "column": SQL.identifier(column)}
        rows = self.env.execute_query(
            SQL(
                "SELECT ctid::text FROM %(table)s WHERE %(column)s = ANY(%(ids)s)",
                ids=sources.ids,
                **names,
            )
        )
        for (place,) in rows:
            try:
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    self.env.cr.execute(
                        SQL(
                            "UPDATE %(table)s SET %(column)s = %(survivor)s "
                            "WHERE ctid = %(place)s::tid",
                            survivor=survivor.id,
                            place=place,
                            **names,
                        )
                    )
            except psycopg2.errors.UniqueViolation:
                self.env.cr.execute(
                    SQL(
                        "DELETE FROM %(table)s WHERE ctid = %(place)s::tid",
                        place=place,
                        table=names["table"],
                    )
                )
