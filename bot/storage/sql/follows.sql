-- name: keep_follow(pseudonym, subject, since_at)!
INSERT INTO follow (pseudonym, subject, since_at) VALUES (:pseudonym, :subject, :since_at)
ON CONFLICT (pseudonym, subject) DO NOTHING;

-- name: drop_follow(pseudonym, subject)!
DELETE FROM follow WHERE pseudonym = :pseudonym AND subject = :subject;

-- name: find_follows(pseudonym)
SELECT subject FROM follow WHERE pseudonym = :pseudonym ORDER BY since_at, subject;

-- name: count_followers(subject)$
SELECT count(*) FROM follow WHERE subject = :subject;

-- name: drop_follows_of(pseudonym)!
DELETE FROM follow WHERE pseudonym = :pseudonym;

-- name: count_follows(pseudonym)$
SELECT count(*) FROM follow WHERE pseudonym = :pseudonym;

-- name: find_followers(subject)
SELECT person.pseudonym, person.address, person.locale FROM follow
JOIN person ON person.pseudonym = follow.pseudonym
WHERE follow.subject = :subject AND person.address IS NOT NULL ORDER BY person.pseudonym;

-- name: drop_followers(subject)!
DELETE FROM follow WHERE subject = :subject;

-- name: find_question_subjects()
SELECT DISTINCT subject FROM follow WHERE substr(subject, 1, 9) = 'question/' ORDER BY subject;

-- name: forget_question_follows()!
DELETE FROM follow WHERE substr(subject, 1, 9) = 'question/' AND substr(subject, 10) NOT IN (SELECT id FROM question);
