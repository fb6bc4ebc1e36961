-- name: fill_correction(number, corrects, after, now, most)
INSERT INTO delivery (broadcast, pseudonym, locale, country, state, due_at, message_id)
SELECT :number, pseudonym, locale, country, 'planned', :now, message_id FROM delivery
WHERE broadcast = :corrects AND pseudonym > :after AND state = 'sent' AND message_id IS NOT NULL
ORDER BY pseudonym LIMIT :most
ON CONFLICT DO NOTHING
RETURNING pseudonym;

-- name: find_due_deliveries(number, now, most)
SELECT delivery.pseudonym, delivery.locale, delivery.country, delivery.message_id, person.address
FROM delivery LEFT JOIN person ON person.pseudonym = delivery.pseudonym
WHERE delivery.broadcast = :number AND delivery.state = 'planned' AND delivery.due_at <= :now
ORDER BY delivery.due_at, delivery.pseudonym LIMIT :most;

-- name: mark_sending(number, pseudonym, before)*!
UPDATE delivery SET state = 'sending' WHERE broadcast = :number AND pseudonym = :pseudonym AND state = :before;

-- name: settle_deliveries(number, pseudonym, state, message_id, reason, due_at, settled_at)*!
UPDATE delivery
SET state = :state, message_id = COALESCE(:message_id, message_id), reason = :reason,
    due_at = COALESCE(:due_at, due_at), settled_at = :settled_at
WHERE broadcast = :number AND pseudonym = :pseudonym AND (state = 'sending' OR state = 'planned');

-- name: interrupt_deliveries(now)!
UPDATE delivery SET state = 'unknown', reason = 'stopped while it was sent', settled_at = :now WHERE state = 'sending';

-- name: plan_unknown_again(number, now)!
UPDATE delivery SET state = 'planned', due_at = :now WHERE broadcast = :number AND state = 'unknown';

-- name: find_next_due_delivery(number)$
SELECT min(due_at) FROM delivery WHERE broadcast = :number AND state = 'planned';

-- name: count_sending(number)$
SELECT count(*) FROM delivery WHERE broadcast = :number AND state = 'sending';

-- name: count_deliveries(number, low, high)
SELECT state, locale, country, reason, count(*) FROM delivery
WHERE broadcast = :number AND pseudonym >= :low AND pseudonym < :high
GROUP BY state, locale, country, reason;

-- name: find_held_people(now, most)
SELECT DISTINCT pseudonym FROM delivery WHERE state = 'held' AND due_at <= :now LIMIT :most;

-- name: find_held_of(pseudonym)
SELECT delivery.broadcast, delivery.locale, delivery.country, person.address
FROM delivery LEFT JOIN person ON person.pseudonym = delivery.pseudonym
WHERE delivery.state = 'held' AND delivery.broadcast IN (SELECT number FROM broadcast)
  AND delivery.pseudonym = :pseudonym ORDER BY delivery.broadcast;

-- name: cancel_deliveries(number, now)!
UPDATE delivery SET state = 'cancelled', settled_at = :now
WHERE broadcast = :number AND (state = 'planned' OR state = 'held');

-- name: decline_deliveries(pseudonym, now)!
UPDATE delivery SET state = 'declined', settled_at = :now
WHERE broadcast IN (SELECT number FROM broadcast) AND pseudonym = :pseudonym AND (state = 'planned' OR state = 'held');

-- name: count_deliveries_of(pseudonym)$
SELECT count(*) FROM delivery WHERE broadcast IN (SELECT number FROM broadcast) AND pseudonym = :pseudonym;

-- name: find_broadcasts_of(pseudonym)
SELECT broadcast FROM delivery WHERE broadcast IN (SELECT number FROM broadcast) AND pseudonym = :pseudonym;

-- name: rename_delivery(number, pseudonym, nobody)!
UPDATE delivery
SET pseudonym = :nobody, message_id = NULL,
    state = CASE state WHEN 'planned' THEN 'declined' WHEN 'held' THEN 'declined' WHEN 'sending' THEN 'unknown' ELSE state END
WHERE broadcast = :number AND pseudonym = :pseudonym;

-- name: forget_deliveries(number, most)!
DELETE FROM delivery WHERE broadcast = :number
AND pseudonym IN (SELECT pseudonym FROM delivery WHERE broadcast = :number LIMIT :most);

-- name: find_delivery_page(number, after, most)
SELECT pseudonym, state, locale, country, reason, settled_at FROM delivery
WHERE broadcast = :number AND pseudonym > :after ORDER BY pseudonym LIMIT :most;
