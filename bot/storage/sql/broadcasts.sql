-- name: keep_announcement(id, holder, body, made_at)!
INSERT INTO announcement (id, holder, body, made_at) VALUES (:id, :holder, :body, :made_at)
ON CONFLICT (id) DO UPDATE SET body = excluded.body;

-- name: find_announcement(id)$
SELECT body FROM announcement WHERE id = :id;

-- name: forget_announcements(before)!
DELETE FROM announcement WHERE made_at < :before AND id NOT IN (SELECT announcement FROM broadcast);

-- name: forget_draft(id)!
DELETE FROM announcement WHERE id = :id AND id NOT IN (SELECT announcement FROM broadcast);

-- name: plan_broadcast(announcement, corrects, state, audience, again, holder, reporter, start_at)$
INSERT INTO broadcast (announcement, corrects, state, audience, again, holder, reporter, start_at)
VALUES (:announcement, :corrects, :state, :audience, :again, :holder, :reporter, :start_at) RETURNING number;

-- name: find_broadcast(number)^
SELECT number, announcement, corrects, state, audience, again, holder, reporter, start_at, filled_to, is_filled,
       planned, settled, began_at, ended_at, report
FROM broadcast WHERE number = :number;

-- name: find_broadcast_of(announcement)$
SELECT number FROM broadcast WHERE announcement = :announcement;

-- name: find_broadcasts()
SELECT number, announcement, corrects, state, audience, again, holder, reporter, start_at, filled_to, is_filled,
       planned, settled, began_at, ended_at, report
FROM broadcast ORDER BY number DESC;

-- name: find_open_broadcasts(now)
SELECT number, announcement, corrects, state, audience, again, holder, reporter, start_at, filled_to, is_filled,
       planned, settled, began_at, ended_at, report
FROM broadcast
WHERE state = 'filling' OR state = 'sending' OR (state = 'scheduled' AND start_at <= :now) ORDER BY number;

-- name: find_recent_broadcasts(since)
SELECT number FROM broadcast WHERE began_at >= :since AND corrects IS NULL;

-- name: set_broadcast_state(number, before, after)!
UPDATE broadcast SET state = :after WHERE number = :number AND state = :before;

-- name: begin_broadcast(number, now)!
UPDATE broadcast SET began_at = COALESCE(began_at, :now) WHERE number = :number;

-- name: end_broadcast(number, now)!
UPDATE broadcast SET ended_at = :now WHERE number = :number;

-- name: set_filled_to(number, filled_to, is_filled)!
UPDATE broadcast SET filled_to = :filled_to, is_filled = :is_filled WHERE number = :number;

-- name: move_broadcast(number, start_at)!
UPDATE broadcast SET start_at = :start_at WHERE number = :number AND state = 'scheduled';

-- name: keep_report(number, report)!
UPDATE broadcast SET report = :report WHERE number = :number;

-- name: set_again(number, again)!
UPDATE broadcast SET again = :again WHERE number = :number;

-- name: count_planned(number, count)!
UPDATE broadcast SET planned = planned + :count WHERE number = :number;

-- name: count_settled(number, count)!
UPDATE broadcast SET settled = settled + :count WHERE number = :number;

-- name: drop_reporter(number)!
UPDATE broadcast SET reporter = NULL WHERE number = :number;
