# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who reached the customer and how, from the ledger: callbacks made before."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE dealer_callback c
           SET done_user_id = COALESCE(c.done_user_id, k.user_id),
               answer_channel = COALESCE(c.answer_channel,
                   CASE WHEN k.channel IN ('phone', 'sms', 'wechat', 'email')
                        THEN k.channel ELSE 'other' END)
          FROM (SELECT DISTINCT ON (callback_id) callback_id, user_id, channel
                  FROM dealer_contact
                 WHERE callback_id IS NOT NULL AND outcome = 'reached'
              ORDER BY callback_id, date DESC, id DESC) k
         WHERE k.callback_id = c.id AND c.state = 'reached'
           AND (c.done_user_id IS NULL OR c.answer_channel IS NULL)
        """
    )
    cr.execute(
        """
        UPDATE dealer_callback c
           SET has_finding = TRUE
         WHERE c.has_finding IS NOT TRUE AND c.user_input_id IS NOT NULL
           AND EXISTS (
               SELECT 1
                 FROM survey_user_input_line l
                 JOIN survey_question q ON q.id = l.question_id
                WHERE l.user_input_id = c.user_input_id
                  AND q.callback_measure IN ('overall', 'part')
                  AND NOT COALESCE(l.skipped, FALSE)
                  AND l.value_scale < q.satisfied_from)
        """
    )
