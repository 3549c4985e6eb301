# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def migrate(cr, version):
    """Fill the stored columns in one statement instead of lead by lead."""
    cr.execute(
        """
        ALTER TABLE crm_lead ADD COLUMN IF NOT EXISTS intention varchar,
                             ADD COLUMN IF NOT EXISTS grade_since date,
                             ADD COLUMN IF NOT EXISTS purchase_window varchar
        """
    )
    cr.execute(
        """
        UPDATE crm_lead lead
           SET intention = grade.intention, grade_since = lead.grade_date
          FROM dealer_grade grade
         WHERE grade.id = lead.grade_id AND lead.intention IS NULL
        """
    )
    cr.execute(
        """
        UPDATE crm_lead
           SET purchase_window = CASE
               WHEN purchase_date_expected
                    < date_trunc('week', now()) + interval '7 days' THEN 'this_week'
               WHEN purchase_date_expected
                    < date_trunc('month', now()) + interval '1 month' THEN 'this_month'
               WHEN purchase_date_expected <= current_date + 92 THEN 'one_to_three'
               ELSE 'later' END
         WHERE purchase_date_expected IS NOT NULL AND purchase_window IS NULL
        """
    )
