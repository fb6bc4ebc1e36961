-- name: keep_context(pseudonym, body, expires_at)!
INSERT INTO context (pseudonym, body, expires_at) VALUES (:pseudonym, :body, :expires_at)
ON CONFLICT (pseudonym) DO UPDATE SET body = excluded.body, expires_at = excluded.expires_at;

-- name: find_context(pseudonym, now)$
SELECT body FROM context WHERE pseudonym = :pseudonym AND expires_at > :now;

-- name: drop_context(pseudonym)!
DELETE FROM context WHERE pseudonym = :pseudonym;

-- name: forget_contexts(now)!
DELETE FROM context WHERE expires_at <= :now;

-- name: count_contexts(pseudonym)$
SELECT count(*) FROM context WHERE pseudonym = :pseudonym;
