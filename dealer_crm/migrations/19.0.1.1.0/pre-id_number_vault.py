# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def migrate(cr, version):
    """ID numbers leave the partner's table for one that nobody can name."""
    cr.execute(
        """
        CREATE TABLE IF NOT EXISTS dealer_identity_vault (
            id SERIAL PRIMARY KEY, partner_id int4 NOT NULL, number varchar NOT NULL,
            create_uid int4, create_date timestamp, write_uid int4,
            write_date timestamp)
        """
    )
    cr.execute(
        """
        SELECT 1 FROM information_schema.columns
         WHERE table_name = 'res_partner' AND column_name = 'id_number'
        """
    )
    if not cr.fetchone():
        return
    cr.execute(
        """
        INSERT INTO dealer_identity_vault (partner_id, number, create_date)
        SELECT id, id_number, now() at time zone 'UTC'
          FROM res_partner WHERE id_number <> ''
        """
    )
    cr.execute("ALTER TABLE res_partner DROP COLUMN id_number")
