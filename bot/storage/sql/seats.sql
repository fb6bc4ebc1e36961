-- name: keep_seat_match(id, offer, look, made_on)!
INSERT INTO seat_match (id, offer, look, made_on) VALUES (:id, :offer, :look, :made_on);

-- name: find_seat_match(id)^
SELECT id, offer, look, offer_agreed, look_agreed FROM seat_match WHERE id = :id;

-- name: find_seat_matches()
SELECT id, offer, look, offer_agreed, look_agreed FROM seat_match ORDER BY made_on, id;

-- name: agree_offer(id, agreed)!
UPDATE seat_match SET offer_agreed = :agreed WHERE id = :id AND offer_agreed IS NULL;

-- name: agree_look(id, agreed)!
UPDATE seat_match SET look_agreed = :agreed WHERE id = :id AND look_agreed IS NULL;

-- name: forget_seat_matches()!
DELETE FROM seat_match WHERE offer NOT IN (SELECT id FROM submission) OR look NOT IN (SELECT id FROM submission);
