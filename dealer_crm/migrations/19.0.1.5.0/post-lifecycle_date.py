# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def migrate(cr, version):
    """Since when a customer is in his state: the newest line of the log that led there.

    The log keeps UTC; the day of it is near enough for files of before.
    """
    cr.execute(
        """
        UPDATE res_partner p
           SET lifecycle_date = step.day
          FROM (SELECT partner_id, state_to, max(date)::date AS day
                  FROM dealer_lifecycle_log GROUP BY partner_id, state_to) step
         WHERE p.lifecycle_date IS NULL AND step.partner_id = p.id
           AND step.state_to = p.lifecycle
        """
    )
