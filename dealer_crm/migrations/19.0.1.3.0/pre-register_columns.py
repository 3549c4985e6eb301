# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

COLUMNS = (
    ("is_register", "bool"),
    ("is_counted", "bool"),
    ("has_left_data", "bool"),
    ("is_left_unnoted", "bool"),
    ("visit_state", "varchar"),
)


def migrate(cr, version):
    """The ledger is long: what the registers derive is filled in one statement.

    Visits of before are over; nobody noted when the visitors left.
    """
    for name, kind in COLUMNS:
        cr.execute(f"ALTER TABLE dealer_contact ADD COLUMN IF NOT EXISTS {name} {kind}")
    cr.execute(
        """
        UPDATE dealer_contact c
           SET is_register = c.direction = 'in' AND c.channel IN ('visit', 'phone')
                             AND c.purpose IN ('inquiry', 'other'),
               is_counted = c.direction = 'in' AND c.channel IN ('visit', 'phone')
                            AND c.purpose = 'inquiry',
               has_left_data =
                    COALESCE(c.visitor_name, p.name, l.name) IS NOT NULL
                    AND COALESCE(c.visitor_phone, p.phone, l.phone) IS NOT NULL,
               is_left_unnoted = c.direction = 'in' AND c.channel = 'visit',
               visit_state = CASE
                    WHEN c.direction = 'in' AND c.channel = 'visit' THEN 'left' END
          FROM dealer_contact x
          LEFT JOIN res_partner p ON p.id = x.partner_id
          LEFT JOIN crm_lead l ON l.id = x.lead_id
         WHERE x.id = c.id AND c.is_register IS NULL
        """
    )
