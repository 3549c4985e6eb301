# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

STAFF = "dealer_crm.group_dealer_user"
STAMPS = {
    "verified": {"verified_by_id": False, "verified_on": False},
    "filed": {"filed_by_id": False, "filed_on": False},
}
SHOWN_REFUSALS = 10


class ResPartner(models.Model):
    """Author, verifier, filer: only data that somebody else has checked is filed.

    Draft, verified, filed; the steps are buttons, and who entered or changed the key
    data of a file takes none of them.
    """

    _inherit = "res.partner"

    file_author_id = fields.Many2one(
        "res.users", "Author", readonly=True, copy=False, groups=STAFF
    )
    key_editor_ids = fields.Many2many(
        "res.users",
        "res_partner_key_editor_rel",
        string="Changed by",
        readonly=True,
        copy=False,
        groups=STAFF,
        help="Who changed key data since the file was a draft: they do not verify it.",
    )
    verified_by_id = fields.Many2one(
        "res.users", "Verifier", readonly=True, copy=False, groups=STAFF
    )
    verified_on = fields.Datetime(readonly=True, copy=False, groups=STAFF)
    filed_by_id = fields.Many2one(
        "res.users", "Filer", readonly=True, copy=False, groups=STAFF
    )
    filed_on = fields.Datetime(readonly=True, copy=False, groups=STAFF)
    can_verify_file = fields.Boolean(
        compute="_compute_can_verify_file",
        search="_search_can_verify_file",
        groups=STAFF,
    )
    can_file_customer = fields.Boolean(compute="_compute_can_verify_file", groups=STAFF)

    @api.depends("file_state", "file_author_id", "key_editor_ids")
    @api.depends_context("uid")
    def _compute_can_verify_file(self):
        verify, file = self._get_verify_refusals(), self._get_file_refusals()
        for partner in self:
            partner.can_verify_file = partner.id not in verify
            partner.can_file_customer = partner.id not in file

    def _search_can_verify_file(self, operator, value):
        """The drafts that wait for the current user."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        user = self.env.user
        domain = Domain("file_state", "=", "draft") & Domain.AND(
            Domain(name, "not in", user.ids)
            for name in ("create_uid", "file_author_id", "key_editor_ids")
        )
        if self._is_file_manager():
            return domain
        members = self._get_led_users()
        return domain & (
            Domain("file_author_id", "in", members.ids)
            | Domain("file_author_id", "=", False)
            & Domain("create_uid", "in", members.ids)
        )

    def action_verify_file(self):
        """Somebody else than the author says that the data is right.

        Of several files those possible are verified, the others are told.

        :raises UserError: when none of them could be verified, with the reasons
        """
        return self._move_files("verified", self._get_verify_refusals())

    def action_file_customer(self):
        """A verified file without gaps becomes a filed one.

        :raises UserError: when none of them could be filed, with the reasons
        """
        return self._move_files("filed", self._get_file_refusals())

    def action_return_to_draft(self):
        """A verifier found a mistake: the author has to look again."""
        self.check_access("write")
        if not self._is_file_manager():
            raise AccessError(
                self.env._("Only a manager returns a checked file to its author.")
            )
        self.filtered("file_state").sudo().write(self._prepare_draft_values())
        return True

    def _move_files(self, state, refusals):
        self.check_access("write")
        files = self.filtered(lambda partner: partner.id not in refusals)
        texts = list(refusals.values())
        if not files:
            raise UserError("\n".join(texts[:SHOWN_REFUSALS]))
        files.sudo().write(
            {
                "file_state": state,
                f"{state}_by_id": self.env.uid,
                f"{state}_on": fields.Datetime.now(),
            }
        )
        return self._get_move_notification(len(files), texts) if len(self) > 1 else True

    def _get_move_notification(self, count, texts):
        message = self.env._(
            "Done: %(count)s. Refused: %(refused)s.", count=count, refused=len(texts)
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if texts else "success",
                "sticky": bool(texts),
                "message": "\n".join([message, *texts[:SHOWN_REFUSALS]]),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _get_verify_refusals(self):
        """Why the current user cannot verify: {id: text}; the others he can."""
        drafts = self.filtered(lambda partner: partner.file_state == "draft")
        led = drafts._filter_led(self._get_verifier_groups())
        authored = drafts._filter_authored()
        refusals = {}
        for partner in self:
            name = partner.display_name
            if partner not in drafts:
                text = self.env._("%(name)s: only a draft is verified.", name=name)
            elif partner in authored:
                text = self.env._(
                    "%(name)s: who entered or changed a file does not verify it.",
                    name=name,
                )
            elif partner not in led:
                text = self.env._(
                    "%(name)s: a manager or the author's team leader verifies it.",
                    name=name,
                )
            else:
                continue
            refusals[partner.id] = text
        return refusals

    def _get_file_refusals(self):
        """Why the current user cannot file: {id: text}; the others he can."""
        verified = self.filtered(lambda partner: partner.file_state == "verified")
        led = verified._filter_led(self._get_filer_groups())
        authored = verified._filter_authored()
        refusals = {}
        for partner in self:
            name = partner.display_name
            if partner not in verified:
                text = self.env._("%(name)s: verify the file first.", name=name)
            elif partner in authored:
                text = self.env._(
                    "%(name)s: who entered or changed a file does not file it.",
                    name=name,
                )
            elif partner not in led:
                text = self.env._("%(name)s: you may not file customers.", name=name)
            elif missing := partner._get_missing_labels(required_only=True):
                text = self.env._(
                    "%(name)s: still missing to file: %(missing)s.",
                    name=name,
                    missing=", ".join(missing),
                )
            else:
                continue
            refusals[partner.id] = text
        return refusals

    def _filter_led(self, groups):
        """Files of which the current user is in charge: by group, or as team leader."""
        if not self or self._has_any_file_group(groups):
            return self
        users = self._get_led_users()
        return self.filtered(lambda partner: partner._get_file_author() in users)

    def _get_file_author(self):
        """Who opened the file."""
        self.ensure_one()
        return self.sudo().file_author_id or self.sudo().create_uid

    def _filter_authored(self):
        """Those that the current user entered, or whose key data he changed."""
        if not self:
            return self
        user = self.env.user
        records = self.sudo().with_context(active_test=False)
        # one query for all instead of reading the editors with their names
        domain = [("id", "in", self.ids), ("key_editor_ids", "in", user.ids)]
        edited = set(records._search(domain))
        return self.filtered(
            lambda partner: partner.id in edited
            or user in (partner.sudo().create_uid, partner.sudo().file_author_id)
        )

    @api.model
    def _get_led_users(self):
        """The members of the sales teams that the current user leads."""
        teams = self.env["crm.team"].sudo().search([("user_id", "=", self.env.uid)])
        return teams.member_ids

    @api.model
    def _get_verifier_groups(self):
        """XML ids of the groups that verify everybody's files but their own."""
        return ["dealer_crm.group_sales_manager"]

    @api.model
    def _get_filer_groups(self):
        """XML ids of the groups that file what was verified."""
        return self._get_verifier_groups()

    @api.model
    def _is_file_manager(self):
        return self._has_any_file_group(self._get_verifier_groups())

    @api.model
    def _has_any_file_group(self, groups):
        return any(map(self.env.user.has_group, groups))

    @api.model
    def _get_filed_domain(self):
        """Customers whose file is checked: whom marketing and care take by default."""
        return Domain("file_state", "=", "filed")

    @api.model
    def _prepare_draft_values(self):
        return {"file_state": "draft", **STAMPS["verified"], **STAMPS["filed"]}
