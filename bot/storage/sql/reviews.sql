-- name: begin_review(submission, state, decided_on)!
INSERT INTO review (submission, state, decided_on) VALUES (:submission, :state, :decided_on)
ON CONFLICT (submission) DO NOTHING;

-- name: move_review(submission, turn, state, decided_on)!
UPDATE review SET state = :state, decided_on = :decided_on, turn = turn + 1
WHERE submission = :submission AND turn = :turn;

-- name: find_review(submission)^
SELECT state, turn FROM review WHERE submission = :submission;

-- name: find_reviews()
SELECT submission, state FROM review ORDER BY submission;

-- name: forget_reviews()!
DELETE FROM review WHERE submission NOT IN (SELECT id FROM submission);

-- name: forget_review(submission)!
DELETE FROM review WHERE submission = :submission;
