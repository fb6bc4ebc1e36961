-- name: keep_form_version(fingerprint, body)!
INSERT INTO form_version (fingerprint, body) VALUES (:fingerprint, :body) ON CONFLICT (fingerprint) DO NOTHING;

-- name: find_form_version(fingerprint)$
SELECT body FROM form_version WHERE fingerprint = :fingerprint;

-- name: forget_form_versions()!
DELETE FROM form_version
WHERE fingerprint NOT IN (SELECT fingerprint FROM form_session)
  AND fingerprint NOT IN (SELECT fingerprint FROM submission);

-- name: rest_form_sessions(pseudonym)!
UPDATE form_session SET is_active = 0 WHERE pseudonym = :pseudonym AND is_active = 1;

-- name: keep_form_session(pseudonym, form, fingerprint, body, updated_at)!
INSERT INTO form_session (pseudonym, form, fingerprint, is_active, body, updated_at)
VALUES (:pseudonym, :form, :fingerprint, 1, :body, :updated_at)
ON CONFLICT (pseudonym, form) DO UPDATE
SET fingerprint = excluded.fingerprint, is_active = 1, body = excluded.body, updated_at = excluded.updated_at;

-- name: find_active_form_session(pseudonym)^
SELECT form, fingerprint, is_active, body FROM form_session WHERE pseudonym = :pseudonym AND is_active = 1;

-- name: find_form_sessions(pseudonym)
SELECT form, fingerprint, is_active, body FROM form_session WHERE pseudonym = :pseudonym ORDER BY updated_at DESC;

-- name: drop_form_session(pseudonym, form)!
DELETE FROM form_session WHERE pseudonym = :pseudonym AND form = :form;

-- name: drop_form_sessions_of(pseudonym)!
DELETE FROM form_session WHERE pseudonym = :pseudonym;

-- name: count_form_sessions(pseudonym)$
SELECT count(*) FROM form_session WHERE pseudonym = :pseudonym;

-- name: forget_form_sessions(before)!
DELETE FROM form_session WHERE updated_at < :before;

-- name: keep_submission(id, form, fingerprint, pseudonym, locale, body, submitted_on, changed_on)!
INSERT INTO submission (id, form, fingerprint, pseudonym, locale, body, submitted_on, changed_on)
VALUES (:id, :form, :fingerprint, :pseudonym, :locale, :body, :submitted_on, :changed_on);

-- name: replace_submission(id, owner, fingerprint, pseudonym, locale, body, changed_on)!
UPDATE submission
SET fingerprint = :fingerprint, pseudonym = :pseudonym, locale = :locale, body = :body, changed_on = :changed_on
WHERE id = :id AND pseudonym = :owner;

-- name: find_own_submission(id, pseudonym)^
SELECT id, form, fingerprint, pseudonym, locale, body, submitted_on, changed_on FROM submission
WHERE id = :id AND pseudonym = :pseudonym;

-- name: find_submissions(form)
SELECT id, form, fingerprint, pseudonym, locale, body, submitted_on, changed_on FROM submission
WHERE form = :form ORDER BY submitted_on, id;

-- name: find_submission(id)^
SELECT id, form, fingerprint, pseudonym, locale, body, submitted_on, changed_on FROM submission WHERE id = :id;

-- name: find_submissions_of(pseudonym)
SELECT id, form, fingerprint, pseudonym, locale, body, submitted_on, changed_on FROM submission
WHERE pseudonym = :pseudonym ORDER BY submitted_on, id;

-- name: withdraw_submission(id, pseudonym)!
DELETE FROM submission WHERE id = :id AND pseudonym = :pseudonym;

-- name: withdraw_submissions_of(pseudonym)!
DELETE FROM submission WHERE pseudonym = :pseudonym;

-- name: count_submissions_of(pseudonym)$
SELECT count(*) FROM submission WHERE pseudonym = :pseudonym;

-- name: count_submissions()
SELECT form, count(*) FROM submission GROUP BY form ORDER BY form;

-- name: find_submission_page(form, after, most)
SELECT id, form, fingerprint, pseudonym, locale, body, submitted_on, changed_on FROM submission
WHERE form = :form AND id > :after ORDER BY id LIMIT :most;

-- name: measure_submissions(form)^
SELECT count(*), coalesce(sum(length(body)), 0) FROM submission WHERE form = :form;

-- name: find_submission_fingerprints(form)
SELECT DISTINCT fingerprint FROM submission WHERE form = :form ORDER BY fingerprint;

-- name: has_form_version(fingerprint)$
SELECT count(*) FROM form_version WHERE fingerprint = :fingerprint;
