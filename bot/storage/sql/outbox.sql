-- name: plan_reply(body, planned_at)$
INSERT INTO outbox (body, planned_at) VALUES (:body, :planned_at) RETURNING id;

-- name: find_replies()
SELECT id, body FROM outbox ORDER BY id;

-- name: settle_reply(id)!
DELETE FROM outbox WHERE id = :id;

-- name: count_outbox()$
SELECT count(*) FROM outbox;
