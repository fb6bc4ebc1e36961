-- name: keep_content_draft(id, body, made_at)!
INSERT INTO content_draft (id, body, made_at) VALUES (:id, :body, :made_at);

-- name: find_content_draft(id)$
SELECT body FROM content_draft WHERE id = :id;

-- name: drop_content_draft(id)!
DELETE FROM content_draft WHERE id = :id;

-- name: forget_content_drafts(before)!
DELETE FROM content_draft WHERE made_at < :before;

-- name: keep_content_change(id, holder, locale, state, subject, undoes, body, made_at)!
INSERT INTO content_change (id, holder, locale, state, subject, undoes, body, made_at)
VALUES (:id, :holder, :locale, :state, :subject, :undoes, :body, :made_at);

-- name: set_content_change(id, before, state)!
UPDATE content_change SET state = :state WHERE id = :id AND state = :before;

-- name: find_content_change(id)^
SELECT id, holder, locale, state, subject, undoes, body, made_at FROM content_change WHERE id = :id;

-- name: find_content_changes_in(state)
SELECT id, holder, locale, state, subject, undoes, body, made_at FROM content_change
WHERE state = :state ORDER BY number;

-- name: find_last_content_change(state)^
SELECT id, holder, locale, state, subject, undoes, body, made_at FROM content_change
WHERE state = :state AND undoes = '' ORDER BY number DESC LIMIT 1;

-- name: list_content_changes(most)
SELECT id, holder, locale, state, subject, undoes, made_at FROM content_change ORDER BY number DESC LIMIT :most;

-- name: forget_content_changes(before)!
DELETE FROM content_change WHERE made_at < :before AND state <> 'accepted';
