-- name: keep_review(submission, state, decided_on)!
INSERT INTO review (submission, state, decided_on) VALUES (:submission, :state, :decided_on)
ON CONFLICT (submission) DO UPDATE SET state = excluded.state, decided_on = excluded.decided_on;

-- name: find_reviews()
SELECT submission, state FROM review ORDER BY submission;

-- name: forget_reviews()!
DELETE FROM review WHERE submission NOT IN (SELECT id FROM submission);


-- name: forget_review(submission)!
DELETE FROM review WHERE submission = :submission;
