# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

CONSULTANT = "dealer_crm.group_sales_consultant"
MANAGER = "dealer_crm.group_sales_manager"
CARDS = 80


class DealerMyDay(models.AbstractModel):
    """A consultant's day in columns of cards: overdue, today, appointments, promises.

    One call reads it under the rights of who looks, with a number of queries that
    does not depend on how many cards there are.
    """

    _name = "dealer.my.day"
    _inherit = ["dealer.board.mixin"]
    _description = "My Day"

    @api.model
    @api.readonly
    def get_day(self, user_id=False):
        """All that the screen shows.

        :param user_id: a consultant of the branch, for managers; else oneself
        :return: dict of ``day``, ``user``, ``users`` (whom a manager may choose),
            ``header``, ``columns`` (see :meth:`_get_my_day_columns`)
        :raises AccessError: users without the role, the day of somebody else
        """
        self._check_board_group(CONSULTANT)
        user = self._get_day_user(user_id)
        company = self.env.company
        columns = self._get_my_day_columns(user, company)
        return {
            "day": format_date(
                self.env, company._get_dealer_today(), date_format="EEE yyyy-MM-dd"
            ),
            "user": {"id": user.id, "name": user.sudo().name},
            "is_own": user == self.env.user,
            "users": self._get_day_users(company),
            "header": self._get_my_day_header(user, company, columns),
            "columns": columns,
        }

    @api.model
    def _get_day_user(self, user_id):
        """:raises AccessError: the day of somebody else, and no manager of his"""
        user = self.env["res.users"].browse(user_id or self.env.uid)
        if user == self.env.user or self.env.su:
            return user
        team = self.env["dealer.rota.line"]._find_consultants(self.env.company)
        if not self.env.user.has_group(MANAGER) or user not in team:
            raise AccessError(self.env._("You see your own day only."))
        return user

    @api.model
    def _get_day_users(self, company):
        """Consultants whose day the user may look at, for the choice on top."""
        if not self.env.user.has_group(MANAGER):
            return []
        users = self.env["dealer.rota.line"]._find_consultants(company)
        own = {"id": self.env.uid, "name": self.env._("My Day")}
        team = (users - self.env.user).sudo().sorted("name")
        return [own, *({"id": user.id, "name": user.name} for user in team)]

    @api.model
    def _get_my_day_columns(self, user, company):
        """The columns; other addons add columns, or cards to those that are there.

        :return: list of dicts: ``key``, ``title``, ``level``, ``empty`` (what to say
            when there is none), ``count``, ``cards`` (see ``_prepare_card``), ``more``
            (the action that lists them all)
        """
        return [
            self._get_overdue_column(user, company),
            self._get_today_column(user, company),
            self._get_appointment_column(user, company),
            self._get_promise_column(user, company),
        ]

    @api.model
    def _get_lead_domain(self, user):
        """Open leads of the consultant that are not put to rest."""
        return Domain(
            [
                ("type", "=", "opportunity"),
                ("user_id", "=", user.id),
                ("won_status", "=", "pending"),
                ("dormant_on", "=", False),
            ]
        )

    @api.model
    def _get_lead_order(self):
        """Those to follow closely come first, then the longest waiting."""
        return "is_key_follow_up desc, next_contact_date, id"

    @api.model
    def _get_lead_column(self, title, domain, **values):
        leads = self.env["crm.lead"].search(
            domain, order=self._get_lead_order(), limit=CARDS
        )
        return {
            "title": title,
            "count": self._count_all(leads, domain),
            "cards": self._get_lead_cards(leads),
            "more": self._list_action(
                title, "crm.lead", domain, "dealer_crm.crm_lead_view_list"
            ),
            **values,
        }

    @api.model
    def _count_all(self, records, domain):
        """How many there are, those beyond the limit too."""
        if len(records) < CARDS:
            return len(records)
        return records.search_count(domain)

    @api.model
    def _get_overdue_column(self, user, company):
        today = company._get_dealer_today()
        return self._get_lead_column(
            self.env._("Overdue"),
            self._get_lead_domain(user) & Domain("next_contact_date", "<", today),
            key="overdue",
            level="danger",
            empty=self.env._("Nothing is overdue. Well done!"),
        )

    @api.model
    def _get_today_column(self, user, company):
        today = company._get_dealer_today()
        return self._get_lead_column(
            self.env._("Today"),
            self._get_lead_domain(user) & Domain("next_contact_date", "=", today),
            key="today",
            level="warning",
            empty=self.env._(
                "No contact is planned for today. Leads come here on the day of their "
                "next contact."
            ),
        )

    @api.model
    def _get_appointment_column(self, user, company):
        """Test drives, deliveries and other appointments with customers today."""
        domain = self._get_day_domain("start", company) & Domain(
            [("opportunity_id", "!=", False), ("active", "=", True)]
        )
        domain &= Domain("user_id", "=", user.id) | Domain(
            "partner_ids", "in", user.sudo().partner_id.ids
        )
        events = self.env["calendar.event"].search(
            domain, order="start, id", limit=CARDS
        )
        title = self.env._("Test Drives and Deliveries")
        return {
            "key": "appointments",
            "title": title,
            "level": "info",
            "empty": self.env._("No appointment today."),
            "count": self._count_all(events, domain),
            "cards": self._get_event_cards(events),
            "more": self._list_action(title, "calendar.event", domain),
        }

    @api.model
    def _get_promise_column(self, user, company):
        today = company._get_dealer_today()
        domain = Domain(
            [
                ("state", "=", "open"),
                ("user_id", "=", user.id),
                ("date_due", "<=", today),
            ]
        )
        promises = self.env["dealer.promise"].search(
            domain, order="date_due, id", limit=CARDS
        )
        title = self.env._("Promised Answers")
        return {
            "key": "promises",
            "title": title,
            "level": "info",
            "empty": self.env._("No promise is due."),
            "count": self._count_all(promises, domain),
            "cards": self._get_promise_cards(promises, today),
            "more": self._list_action(title, "dealer.promise", domain),
        }

    @api.model
    def _get_my_day_header(self, user, company, columns):
        """What stands above the columns; other files add to it.

        :return: dict of ``figures`` (list of ``label``, ``plan``, ``done``,
            ``period``), ``messages`` (texts of the manager) and ``rota`` (own duty)
        """
        return {
            "figures": [self._get_due_figure(user, company, columns)],
            "messages": [],
            "rota": self._get_own_duty(user, company),
        }

    @api.model
    def _get_due_figure(self, user, company, columns):
        """Contacts of today, no letters: done ones, and with those still due."""
        domain = self._get_day_domain("date", company) & Domain(
            [
                ("user_id", "=", user.id),
                ("direction", "=", "out"),
                ("mail_template_id", "=", False),
            ]
        )
        done = self.env["dealer.contact"].search_count(domain)
        waiting = sum(
            column["count"]
            for column in columns
            if column["key"] in ("overdue", "today")
        )
        return {
            "key": "due",
            "label": self.env._("Contacts today"),
            "done": done,
            "plan": done + waiting,
            "action": self._list_action(
                self.env._("Contacts today"), "dealer.contact", domain
            ),
        }

    @api.model
    def _get_own_duty(self, user, company):
        """The consultant's line on today's rota in words, or False."""
        rota = self.env["dealer.rota"]._get_today(company)
        line = rota.line_ids.filtered(lambda x: x.user_id.id == user.id)
        if not line:
            return False
        labels = dict(line._fields["state"]._description_selection(self.env))
        parts = (line._get_details_text(), labels[line.state])
        return {
            "id": line.id,
            "text": " · ".join(filter(None, parts)),
            "is_next": rota._find_next_line() == line,
            "state": line.state,
        }
