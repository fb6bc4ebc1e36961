-- name: set_alarm(id, pseudonym, kind, subject, body, due_at)!
INSERT INTO alarm (id, pseudonym, kind, subject, body, due_at)
VALUES (:id, :pseudonym, :kind, :subject, :body, :due_at)
ON CONFLICT (id) DO UPDATE SET body = excluded.body, due_at = excluded.due_at;

-- name: find_due_alarms(now, most)
SELECT id, pseudonym, kind, subject, body, due_at FROM alarm WHERE due_at <= :now ORDER BY due_at, id LIMIT :most;

-- name: find_next_due()$
SELECT min(due_at) FROM alarm;

-- name: find_alarms_of(pseudonym)
SELECT id, pseudonym, kind, subject, body, due_at FROM alarm WHERE pseudonym = :pseudonym ORDER BY due_at, id;

-- name: find_alarms_about(kind, subject)
SELECT id, pseudonym, kind, subject, body, due_at FROM alarm
WHERE kind = :kind AND subject = :subject ORDER BY due_at, id;

-- name: drop_alarm(id, pseudonym)!
DELETE FROM alarm WHERE id = :id AND pseudonym = :pseudonym;

-- name: drop_alarms_of(pseudonym)!
DELETE FROM alarm WHERE pseudonym = :pseudonym;

-- name: drop_alarms_about(pseudonym, kind, subject)!
DELETE FROM alarm WHERE pseudonym = :pseudonym AND kind = :kind AND subject = :subject;

-- name: count_alarms(pseudonym)$
SELECT count(*) FROM alarm WHERE pseudonym = :pseudonym;
