# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

BATCH = 500
# Nobody wants a mail per record, neither the manager nor who takes over.
QUIET = {"mail_auto_subscribe_no_notify": True, "mail_activity_quick_update": True}


class DealerHandover(models.Model):
    """The open work of one person given to others: who got what, and the way back.

    The past stays as it was: ledger, authors and messages still name the person.
    """

    _name = "dealer.handover"
    _description = "Handover of Work"
    _order = "id desc"
    _rec_name = "from_user_id"

    from_user_id = fields.Many2one(
        "res.users", "Handed over from", required=True, readonly=True
    )
    to_user_ids = fields.Many2many("res.users", string="Handed over to", readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", "Handed over by", readonly=True)
    state = fields.Selection(
        [("done", "Done"), ("undone", "Undone")],
        required=True,
        readonly=True,
        default="done",
    )
    undone_on = fields.Datetime(readonly=True)
    undone_by_id = fields.Many2one("res.users", "Undone by", readonly=True)
    line_ids = fields.One2many("dealer.handover.line", "handover_id", readonly=True)
    record_count = fields.Integer(
        "Records", compute="_compute_record_count", compute_sudo=True
    )
    company_id = fields.Many2one("res.company", "Branch", required=True, readonly=True)

    @api.depends("line_ids.record_count")
    def _compute_record_count(self):
        for handover in self:
            handover.record_count = sum(handover.line_ids.mapped("record_count"))

    @api.model
    def _get_handover_sources(self):
        """Kinds of work with a person in charge.

        Each is a dict: ``key``, ``label``, ``model``, ``field`` (the person),
        ``domain`` (what is open) and ``partner`` (field of the customer, so that all
        about one customer goes to one person).
        """
        return [
            {
                "key": "customers",
                "label": self.env._("Customers"),
                "model": "res.partner",
                "field": "user_id",
                "domain": [("file_state", "!=", False)],
                "partner": "id",
            },
            {
                "key": "leads",
                "label": self.env._("Open leads with their follow-ups"),
                "model": "crm.lead",
                "field": "user_id",
                "domain": [("won_status", "=", "pending")],
                "partner": "partner_id",
            },
            {
                "key": "vehicles",
                "label": self.env._("Cars (sales consultant)"),
                "model": "fleet.vehicle",
                "field": "sales_user_id",
                "domain": [("trade_state", "!=", False)],
                "partner": "owner_id",
            },
            *self._get_paper_sources(),
        ]

    @api.model
    def _get_paper_sources(self):
        """Work on papers, as :meth:`_get_handover_sources` describes it."""
        along = self._get_activity_types_moved_along()
        return [
            {
                "key": "quotations",
                "label": self.env._("Open quotations"),
                "model": "sale.order",
                "field": "user_id",
                "domain": [("state", "in", ("draft", "sent"))],
                "partner": "partner_id",
            },
            {
                "key": "promises",
                "label": self.env._("Open promises"),
                "model": "dealer.promise",
                "field": "user_id",
                "domain": [("state", "=", "open")],
                "partner": "partner_id",
            },
            {
                "key": "activities",
                "label": self.env._("Planned activities"),
                "model": "mail.activity",
                "field": "user_id",
                "domain": [("activity_type_id", "not in", along.ids)],
                "partner": False,
            },
        ]

    @api.model
    def _get_activity_types_moved_along(self):
        """Types of activities that follow their own record to its new person."""
        names = ("follow_up", "promise")
        types = [
            self.env.ref(f"dealer_crm.mail_activity_type_{n}", False) for n in names
        ]
        return self.env["mail.activity.type"].union(*filter(None, types))

    @api.model
    def _get_handover_groups(self):
        """XML ids of the groups that hand over the work of others."""
        return ["dealer_crm.group_sales_manager"]

    @api.model
    def _check_handover_right(self):
        """:raises AccessError: for everybody but managers"""
        groups = self._get_handover_groups()
        if not self.env.su and not any(map(self.env.user.has_group, groups)):
            raise AccessError(
                self.env._("Only a manager hands over the work of another person.")
            )

    @api.model
    def _find_work(self, source, user):
        """Open records of ``source`` in the hands of ``user`` that may be edited.

        :return: recordset; empty where he has no business with that kind
        """
        model = self.env[source["model"]]
        if not model.has_access("write"):
            return model.browse()
        domain = Domain(source["field"], "=", user.id) & Domain(source["domain"])
        return model.search(domain)._filtered_access("write")

    @api.model
    def _hand_over(self, user, receivers, keys):
        """Give the open work of ``user`` to ``receivers``, in turn where several.

        :param keys: kinds of work, see ``_get_handover_sources``
        :return: the log
        :raises UserError: no receiver who can take anything
        """
        self._check_handover_right()
        receivers = (receivers - user).filtered(lambda u: u.active and not u.share)
        if not receivers:
            raise UserError(self.env._("Choose somebody who takes over the work."))
        handover = self.sudo().create(
            {
                "from_user_id": user.id,
                "to_user_ids": receivers.ids,
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
            }
        )
        chosen, load = {}, dict.fromkeys(receivers.sorted("id"), 0)
        for source in self._get_handover_sources():
            if source["key"] in keys:
                records = self._find_work(source, user)
                parts = self._distribute(source, records, chosen, load)
                handover._move(source, records, parts)
        return handover

    @api.model
    def _distribute(self, source, records, chosen, load):
        """Whose is what: all about one customer to one person, the rest evenly.

        :param chosen: {(model, id): user}, grows with each kind of work
        :param load: {user: number of records}, grows too
        :return: {user: [ids]}; records of a branch nobody works in are left out
        """
        parts = defaultdict(list)
        has_company = "company_id" in records._fields
        for record in records.sudo():
            company = has_company and record.company_id
            able = [u for u in load if not company or company in u.sudo().company_ids]
            anchors = self._get_anchors(source, record)
            known = (chosen[anchor] for anchor in anchors if anchor in chosen)
            user = next((u for u in known if u in able), None)
            if not user and able:
                user = min(able, key=load.get)
            if user:
                parts[user].append(record.id)
                load[user] += 1
                chosen |= dict.fromkeys(anchors, user)
        return parts

    @api.model
    def _get_anchors(self, source, record):
        """What a record belongs to, for those who come after it."""
        if source["model"] == "mail.activity":
            return [(record.res_model, record.res_id)]
        partner = source["partner"] and record[source["partner"]]
        anchors = [(record._name, record.id)]
        if partner and source["partner"] != "id":
            anchors.append(("res.partner", partner.id))
        return anchors

    def _move(self, source, records, parts):
        """Write the new person in batches and note what was moved."""
        self.ensure_one()
        for user, ids in parts.items():
            self._write_person(source, ids, user)
        if records:
            moved = sum(map(len, parts.values()))
            self.env["dealer.handover.line"].sudo().create(
                {
                    "handover_id": self.id,
                    "key": source["key"],
                    "name": source["label"],
                    "record_count": moved,
                    "left_count": len(records) - moved,
                    "moved": {str(user.id): ids for user, ids in parts.items()},
                }
            )

    @api.model
    def _write_person(self, source, ids, user):
        """Rights were checked when the records were found; su takes what mail adds."""
        quiet = dict(QUIET, tracking_disable=source["key"] != "leads")
        model = self.env[source["model"]].sudo().with_context(**quiet)
        for start in range(0, len(ids), BATCH):
            model.browse(ids[start : start + BATCH]).write({source["field"]: user.id})

    def action_undo(self):
        """What is still with those who took it goes back.

        :raises UserError: the person has left; activate him first
        """
        self._check_handover_right()
        self.check_access("read")
        sources = {source["key"]: source for source in self._get_handover_sources()}
        for handover in self.sudo().filtered(lambda h: h.state == "done"):
            if not handover.from_user_id.active:
                raise UserError(
                    self.env._(
                        "%(name)s is archived: activate the user first.",
                        name=handover.from_user_id.name,
                    )
                )
            for line in handover.line_ids.filtered(lambda x: x.key in sources):
                line._move_back(sources[line.key])
            handover.write(
                {
                    "state": "undone",
                    "undone_on": fields.Datetime.now(),
                    "undone_by_id": self.env.uid,
                }
            )
        return True


class DealerHandoverLine(models.Model):
    """One kind of work that was handed over, with the ids of the records."""

    _name = "dealer.handover.line"
    _description = "Handed-over Kind of Work"
    _order = "id"

    handover_id = fields.Many2one(
        "dealer.handover", required=True, index=True, ondelete="cascade"
    )
    key = fields.Char(required=True)
    name = fields.Char("Kind of Work", required=True)
    record_count = fields.Integer("Handed over")
    left_count = fields.Integer("Left", help="In a branch that no receiver works in.")
    undone_count = fields.Integer("Taken back")
    moved = fields.Json(help="Ids of the records by id of the person who got them.")

    def _move_back(self, source):
        self.ensure_one()
        back = 0
        for user_id, ids in self.moved.items():
            records = self.env[source["model"]].browse(ids).exists()
            still = records.filtered(
                lambda r, uid=int(user_id): r[source["field"]].id == uid
            )
            self.handover_id._write_person(
                source, still.ids, self.handover_id.from_user_id
            )
            back += len(still)
        self.undone_count = back

    def action_open(self):
        """The records that were handed over, as far as the user may see them."""
        self.ensure_one()
        sources = self.env["dealer.handover"]._get_handover_sources()
        model = next(s["model"] for s in sources if s["key"] == self.key)
        ids = [id_ for ids in self.moved.values() for id_ in ids]
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", ids)],
            "context": {"active_test": False, "create": False},
        }
