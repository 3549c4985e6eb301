# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def migrate(cr, version):
    """Calls of before: in time or not, in one statement instead of row by row.

    The branch's time zone is that of its address, else UTC.
    """
    cr.execute(
        "ALTER TABLE dealer_callback ADD COLUMN IF NOT EXISTS is_in_time boolean"
    )
    cr.execute(
        """
        UPDATE dealer_callback c
           SET is_in_time = c.date_window_end IS NULL OR
               (c.date_first_attempt AT TIME ZONE 'UTC'
                AT TIME ZONE COALESCE(p.tz, 'UTC'))::date <= c.date_window_end
          FROM res_company b JOIN res_partner p ON p.id = b.partner_id
         WHERE b.id = c.company_id AND c.date_first_attempt IS NOT NULL
        """
    )
