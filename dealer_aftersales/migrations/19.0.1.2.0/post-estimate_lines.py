# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def migrate(cr, version):
    """Parts on orders of cars get price and payer; work that began is approved."""
    cr.execute(
        """
        UPDATE stock_move move
           SET payer = CASE r.service_kind WHEN 'warranty' THEN 'warranty'
                            WHEN 'accident' THEN 'insurance'
                            WHEN 'comeback' THEN 'internal' ELSE 'customer' END,
               repair_price = COALESCE(
                   line.price_unit, (template.list_price)::numeric, 0)
          FROM repair_order r, product_product product
          JOIN product_template template ON template.id = product.product_tmpl_id,
               stock_move own
     LEFT JOIN sale_order_line line ON line.id = own.sale_line_id
         WHERE r.id = move.repair_id AND r.vehicle_id IS NOT NULL
           AND own.id = move.id AND product.id = move.product_id
           AND move.repair_line_type = 'add' AND move.payer IS NULL
        """
    )
    cr.execute(
        """
        UPDATE dealer_repair_labor line SET amount_approved = line.amount
          FROM repair_order r
         WHERE r.id = line.repair_id AND r.date_delivered IS NULL
           AND r.state IN ('confirmed', 'under_repair', 'done')
        """
    )
    cr.execute(
        """
        UPDATE stock_move move
           SET amount_approved = round(
               GREATEST(move.product_uom_qty, move.quantity) * move.repair_price, 2)
          FROM repair_order r
         WHERE r.id = move.repair_id AND r.date_delivered IS NULL
           AND r.vehicle_id IS NOT NULL AND move.repair_line_type = 'add'
           AND r.state IN ('confirmed', 'under_repair', 'done')
        """
    )
