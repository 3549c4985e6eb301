# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def migrate(cr, version):
    """Answers of before get their weighted index; every question weighs the same."""
    cr.execute(
        "UPDATE survey_question SET callback_weight = 1 WHERE callback_weight IS NULL"
    )
    cr.execute(
        """
        UPDATE dealer_callback c
           SET csi = i.csi, has_csi = TRUE, satisfaction_area = 'service'
          FROM (
            SELECT l.user_input_id,
                   SUM(q.callback_weight * (l.value_scale - q.scale_min) * 100.0
                       / (q.scale_max - q.scale_min)) / SUM(q.callback_weight) AS csi
              FROM survey_user_input_line l
              JOIN survey_question q ON q.id = l.question_id
             WHERE q.question_type = 'scale' AND NOT COALESCE(l.skipped, FALSE)
               AND q.callback_measure IN ('overall', 'part')
               AND q.scale_max > q.scale_min AND q.callback_weight > 0
          GROUP BY l.user_input_id) i
         WHERE i.user_input_id = c.user_input_id AND c.has_csi IS NOT TRUE
        """
    )
