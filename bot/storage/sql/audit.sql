-- name: log_act(done_at, holder, act, subject, reason)!
INSERT INTO audit (done_at, holder, act, subject, reason) VALUES (:done_at, :holder, :act, :subject, :reason);

-- name: find_acts(most)
SELECT number, done_at, holder, act, subject, reason FROM audit ORDER BY number DESC LIMIT :most;
