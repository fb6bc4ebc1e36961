-- name: record_update(update_id, body, received_at)!
INSERT INTO inbox (update_id, state, body, received_at)
VALUES (:update_id, 'waiting', :body, :received_at)
ON CONFLICT (update_id) DO NOTHING;

-- name: find_waiting_updates()
SELECT update_id, body, tries FROM inbox WHERE state = 'waiting' ORDER BY update_id;

-- name: mark_update_done(update_id)!
UPDATE inbox SET state = 'done', body = NULL, problem = NULL
WHERE update_id = :update_id AND state = 'waiting';

-- name: count_try(problem, update_id)!
UPDATE inbox SET tries = tries + 1, problem = :problem WHERE update_id = :update_id;

-- name: put_update_aside(problem, update_id)!
UPDATE inbox SET state = 'aside', problem = COALESCE(:problem, problem) WHERE update_id = :update_id;

-- name: find_updates_aside()
SELECT update_id, problem, received_at FROM inbox WHERE state = 'aside' ORDER BY update_id;

-- name: reopen_updates_aside()!
UPDATE inbox SET state = 'waiting', tries = 0, problem = NULL WHERE state = 'aside' AND body IS NOT NULL;

-- name: forget_updates(before, aside_before)!
DELETE FROM inbox
WHERE (state = 'done' AND received_at < :before) OR (state = 'aside' AND received_at < :aside_before);

-- name: count_inbox()
SELECT state, count(*) FROM inbox GROUP BY state;
