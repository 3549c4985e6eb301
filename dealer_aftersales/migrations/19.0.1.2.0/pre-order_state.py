# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def migrate(cr, version):
    """Orders of before get their service state in one statement, not row by row."""
    cr.execute(
        """
        ALTER TABLE repair_order
            ADD COLUMN IF NOT EXISTS service_state varchar,
            ADD COLUMN IF NOT EXISTS is_on_time boolean
        """
    )
    cr.execute(
        """
        UPDATE repair_order
           SET service_state = CASE
                   WHEN state = 'cancel' THEN 'cancelled'
                   WHEN date_delivered IS NOT NULL THEN 'delivered'
                   WHEN state = 'done' THEN 'ready'
                   WHEN state = 'under_repair' THEN 'in_work'
                   WHEN state = 'confirmed' THEN 'approved'
                   WHEN date_in IS NULL THEN 'appointment'
                   ELSE 'received'
               END,
               is_on_time = COALESCE(date_delivered <= date_promised, FALSE)
         WHERE vehicle_id IS NOT NULL
        """
    )
