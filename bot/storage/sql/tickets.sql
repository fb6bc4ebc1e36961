-- name: keep_ticket(id, pseudonym, locale, state, body, address, taker, place, thread, awaits_thread, asked_at, waits_since)!
INSERT INTO ticket (
    id, pseudonym, locale, state, body, address, taker, place, thread, awaits_thread, asked_at, touched_at, waits_since,
    reminded
) VALUES (
    :id, :pseudonym, :locale, :state, :body, :address, :taker, :place, :thread, :awaits_thread, :asked_at, :asked_at,
    :waits_since, 0
);

-- name: lock_ticket(id, now)!
UPDATE ticket SET touched_at = :now WHERE id = :id AND state <> 'closed';

-- name: change_ticket(id, state, body, address, taker, place, thread, awaits_thread, waits_since, reminded, answered_at, closed_at)!
UPDATE ticket SET state = :state, body = :body, address = :address, taker = :taker, place = :place, thread = :thread,
    awaits_thread = :awaits_thread, waits_since = :waits_since, reminded = :reminded, answered_at = :answered_at,
    closed_at = :closed_at
WHERE id = :id;

-- name: find_ticket(id)^
SELECT id, pseudonym, locale, state, body, address, taker, place, thread, awaits_thread, asked_at, waits_since, reminded,
    answered_at, closed_at
FROM ticket WHERE id = :id;

-- name: find_ticket_by_message(place, message_id)^
SELECT ticket.id, pseudonym, locale, state, body, address, taker, ticket.place, thread, awaits_thread, asked_at,
    waits_since, reminded, answered_at, closed_at
FROM ticket_message JOIN ticket ON ticket.id = ticket_message.ticket
WHERE ticket_message.place = :place AND ticket_message.message_id = :message_id;

-- name: find_ticket_by_thread(place, thread)^
SELECT id, pseudonym, locale, state, body, address, taker, place, thread, awaits_thread, asked_at, waits_since, reminded,
    answered_at, closed_at
FROM ticket WHERE place = :place AND thread = :thread;

-- name: find_open_tickets()
SELECT id, pseudonym, locale, state, body, address, taker, place, thread, awaits_thread, asked_at, waits_since, reminded,
    answered_at, closed_at
FROM ticket WHERE state <> 'closed' ORDER BY asked_at, id;

-- name: find_open_tickets_of(pseudonym)
SELECT id, pseudonym, locale, state, body, address, taker, place, thread, awaits_thread, asked_at, waits_since, reminded,
    answered_at, closed_at
FROM ticket WHERE pseudonym = :pseudonym AND state <> 'closed' ORDER BY asked_at, id;

-- name: find_late_tickets(before)
SELECT id, pseudonym, locale, state, body, address, taker, place, thread, awaits_thread, asked_at, waits_since, reminded,
    answered_at, closed_at
FROM ticket WHERE waits_since <= :before AND reminded = 0 ORDER BY waits_since, id;

-- name: find_untouched_tickets(before)
SELECT id, pseudonym, locale, state, body, address, taker, place, thread, awaits_thread, asked_at, waits_since, reminded,
    answered_at, closed_at
FROM ticket WHERE state <> 'closed' AND touched_at < :before ORDER BY touched_at, id;

-- name: find_answer_times(after)
SELECT answered_at - asked_at FROM ticket WHERE answered_at >= :after;

-- name: count_tickets(pseudonym)$
SELECT count(*) FROM ticket WHERE pseudonym = :pseudonym;

-- name: count_tickets_since(pseudonym, after)$
SELECT count(*) FROM ticket WHERE pseudonym = :pseudonym AND asked_at > :after;

-- name: keep_ticket_message(place, message_id, ticket)!
INSERT INTO ticket_message (place, message_id, ticket) VALUES (:place, :message_id, :ticket)
ON CONFLICT (place, message_id) DO UPDATE SET ticket = excluded.ticket;

-- name: drop_tickets_of(pseudonym)!
DELETE FROM ticket WHERE pseudonym = :pseudonym;

-- name: forget_closed_tickets(before)!
DELETE FROM ticket WHERE state = 'closed' AND closed_at < :before;

-- name: forget_ticket_messages()!
DELETE FROM ticket_message WHERE ticket NOT IN (SELECT id FROM ticket);
