-- name: keep_question(id, locale, body, outcome, asked_on)!
INSERT INTO question (id, locale, body, outcome, asked_on) VALUES (:id, :locale, :body, :outcome, :asked_on);

-- name: set_outcome(outcome, entry, id)!
UPDATE question SET outcome = :outcome, entry = :entry WHERE id = :id;

-- name: forget_question(id)!
DELETE FROM question WHERE id = :id;

-- name: find_questions()
SELECT id, locale, body, outcome, entry, asked_on FROM question ORDER BY asked_on, id;

-- name: find_question(id)^
SELECT id, locale, body, outcome, entry, asked_on FROM question WHERE id = :id;

-- name: forget_old_questions(before)!
DELETE FROM question WHERE asked_on < :before;

-- name: find_question(id)^
SELECT id, locale, body, outcome, entry, asked_on FROM question WHERE id = :id;

-- name: settle_question(id, before, outcome, entry)!
UPDATE question SET outcome = :outcome, entry = :entry WHERE id = :id AND outcome = :before;
