"""Twelve policies over the big workshop, and what they would cost as plain SQL."""

from datetime import timedelta

from odoo import fields

POLICIES = 12

#: Days for the k first cars, customers, orders and owner lines; the rest is far away.
STORE = (
    """
    UPDATE fleet_vehicle v
       SET inspection_due_date = %(today)s::date + 30,
           warranty_end_date = %(today)s::date + 30,
           purchase_date = (%(today)s::date - interval '3 years')::date
     WHERE id >= %(car)s AND id < %(car)s + %(k)s
    """,
    """
    UPDATE dealer_vehicle_party l
       SET source = 'own_sale', date_from = %(today)s::date - 3
     WHERE vehicle_id >= %(car)s AND vehicle_id < %(car)s + %(k)s
    """,
    """
    UPDATE res_partner p
       SET birthdate_date = (%(today)s::date - interval '40 years')::date,
           lifecycle = CASE WHEN id %% 2 = 0 THEN 'at_risk' ELSE 'lost' END,
           lifecycle_date = %(today)s, file_state = 'filed', function = 'BENCH'
     WHERE id >= %(person)s AND id < %(person)s + %(k)s
    """,
    """
    UPDATE repair_order r
       SET date_delivered = now() at time zone 'UTC'
           - (CASE id %% 3 WHEN 0 THEN 3 WHEN 1 THEN 7 ELSE 30 END) * interval '1 day'
     WHERE id >= %(order)s AND id < %(order)s + 3 * %(k)s
    """,
)
RESET = (
    "DELETE FROM dealer_contact WHERE mail_template_id IS NOT NULL",
    "DELETE FROM dealer_callback",
    "DELETE FROM sms_sms",
    "UPDATE fleet_vehicle SET inspection_due_date = NULL, warranty_end_date = NULL,"
    " purchase_date = '2021-01-15'",
    "UPDATE dealer_vehicle_party SET source = NULL, date_from = '2021-01-15'",
    "UPDATE res_partner SET birthdate_date = NULL, lifecycle = 'owner',"
    " lifecycle_date = '2021-01-15', function = NULL",
    "UPDATE repair_order SET date_delivered = date_in + interval '7 hours'"
    " WHERE date_delivered > now() - interval '100 days'",
)

#: One policy as one statement: the due rows, no consent, budget, cycle or branch day.
RAW = """
    INSERT INTO dealer_callback (
        policy_id, source_id, cycle_key, partner_id, vehicle_id, company_id,
        date_due, date_window_end, state, attempt_count, purpose, channel,
        is_answered, is_successful, create_uid, create_date, write_uid, write_date)
    SELECT {policy}, t.id, '', {partner}, {vehicle}, {company}, {day}, {day} + 3,
           'planned', 0, 'care', 'phone', FALSE, FALSE, 1, now(), 1, now()
      FROM {table} t
     WHERE {day} = '{today}'::date AND {condition}
"""


class Care:
    """Policies, their data in a given number, and the statements to compare with."""

    def __init__(self, env, workshop):
        self.env, self.workshop = env, workshop
        self.company = env.company
        self.today = self.company._get_dealer_today()
        self.policies = self.make_policies()

    def spread(self, count):
        """So many due callbacks, each policy its part."""
        places = {
            "today": self.today,
            "k": count // POLICIES,
            "car": self.workshop.cars[0].id,
            "person": self.workshop.cars[0].owner_id.id,
            "order": self.first_order(),
        }
        for statement in RESET:
            self.env.cr.execute(statement)
        for statement in STORE:
            self.env.cr.execute(statement, places)
        self.env.invalidate_all()
        for table in ("fleet_vehicle", "res_partner", "repair_order"):
            self.env.cr.execute(f"ANALYZE {table}")
        self.env.cr.commit()

    def first_order(self):
        self.env.cr.execute("SELECT min(id) FROM repair_order WHERE name LIKE 'BENCH%'")
        return self.env.cr.fetchone()[0]

    def make_policies(self):
        env = self.env
        env["dealer.callback.policy"].search([]).active = False
        festival = env["dealer.festival"].create(
            {"name": "Bench", "line_ids": [(0, 0, {"date": self.today})]}
        )
        people = "[('function', '=', 'BENCH')]"
        rows = [
            *(
                ("repair.order", "date_delivered", {"offset_days": days})
                for days in (3, 7, 30)
            ),
            ("fleet.vehicle", "inspection_due_date", {"offset_days": -30}),
            ("fleet.vehicle", "warranty_end_date", {"offset_days": -30}),
            ("fleet.vehicle", "purchase_date", {"cycle": "yearly"}),
            ("res.partner", "birthdate_date", {"cycle": "yearly"}),
            ("res.partner", "lifecycle_date", {"cycle": "date", "domain": people}),
            ("res.partner", "write_date", {"domain": people, "window_days": 900}),
            (
                "res.partner",
                "birthdate_date",
                {"cycle": "festival", "festival_id": festival.id, "domain": people},
            ),
            ("res.partner", "create_date", {"domain": people, "window_days": 900}),
            ("dealer.vehicle.party", "date_from", {"offset_days": 3}),
        ]
        return env["dealer.callback.policy"].union(
            *(self.make_policy(*row) for row in rows)
        )

    def make_policy(self, model, date, values):
        field = self.env["ir.model.fields"]._get(model, date)
        defaults = {
            "name": f"Bench {model} {date}",
            "model_id": field.model_id.id,
            "date_field_id": field.id,
            "offset_days": 0,
            "ahead_days": 0,
            "purpose": "after_service" if model == "repair.order" else "care",
            "filed_only": False,
            "date_start": self.today,
            "domain": "[('trade_state', '=', 'customer')]"
            if model == "fleet.vehicle"
            else "[]",
        }
        if date in ("write_date", "create_date"):
            defaults["date_start"] = self.today - timedelta(days=900)
        return self.env["dealer.callback.policy"].create(defaults | values)

    def run_raw(self):
        """A statement per policy over the same tables; taken back."""
        cr = self.env.cr
        cr.execute("SAVEPOINT raw")
        for policy in self.policies:
            cr.execute(self.get_raw(policy))
        made = self.count()
        cr.execute("ROLLBACK TO SAVEPOINT raw")
        return made

    def get_raw(self, policy):
        table = self.env[policy.model]._table
        column = policy.date_field_id.name
        day = f"(t.{column}::date + {policy.offset_days})"
        if policy.cycle == "yearly":
            day = (
                f"(t.{column} + make_interval(years => {self.today.year}"
                f" - extract(year FROM t.{column})::int))::date"
            )
        if policy.cycle == "festival" or column in ("write_date", "create_date"):
            day = f"'{self.today}'::date"
        paths = {
            "repair_order": ("t.partner_id", "t.vehicle_id", "t.state = 'done'"),
            "fleet_vehicle": ("t.owner_id", "t.id", "t.trade_state = 'customer'"),
            "dealer_vehicle_party": ("t.partner_id", "t.vehicle_id", "TRUE"),
            "res_partner": ("t.id", "NULL::int", "t.function = 'BENCH'"),
        }
        partner, vehicle, condition = paths[table]
        if column == "birthdate_date" and policy.cycle == "yearly":
            condition = "TRUE"
        return RAW.format(
            policy=policy.id,
            partner=partner,
            vehicle=vehicle,
            condition=condition,
            company=self.company.id,
            day=day,
            today=self.today,
            table=table,
        )

    def run_job(self):
        self.env["dealer.callback.policy"]._cron_make_callbacks()
        self.env["dealer.callback.policy"]._cron_send_callbacks()

    def forget(self):
        for statement in RESET[:3]:
            self.env.cr.execute(statement)
        self.env.cr.commit()
        self.env.invalidate_all()

    def count(self):
        self.env.cr.execute("SELECT count(*) FROM dealer_callback")
        return self.env.cr.fetchone()[0]

    def content(self):
        """What must be the same however the night went, without ids and moments."""
        found = []
        for statement in (
            "SELECT policy_id, source_id, cycle_key, event_key, partner_id, vehicle_id,"
            " date_due, state FROM dealer_callback",
            "SELECT c.partner_id, c.channel, b.policy_id, b.source_id"
            " FROM dealer_contact c LEFT JOIN dealer_callback b ON b.id = c.callback_id"
            " WHERE c.mail_template_id IS NOT NULL",
            "SELECT partner_id, number, body FROM sms_sms",
        ):
            self.env.cr.execute(
                f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text))"
                f" FROM ({statement}) t"
            )
            found.append(self.env.cr.fetchone())
        return found

    def run_activities(self, count):
        """As many activities by the ORM, without core's mails; taken back."""
        env = self.env
        partners = env["res.partner"].search([("ref", "like", "B%")], limit=count)
        values = {
            "res_model_id": env["ir.model"]._get_id("res.partner"),
            "activity_type_id": env.ref("mail.mail_activity_data_call").id,
            "user_id": env.ref("base.user_admin").id,
            "date_deadline": fields.Date.today(),
        }
        activities = env["mail.activity"].with_context(mail_activity_quick_update=True)
        activities.create([{**values, "res_id": id_} for id_ in partners.ids])
        env.flush_all()
        env.cr.rollback()
