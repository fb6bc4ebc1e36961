-- name: choose_locale(pseudonym, locale, chosen_at)!
INSERT INTO person (pseudonym, locale, chosen_at) VALUES (:pseudonym, :locale, :chosen_at)
ON CONFLICT (pseudonym) DO UPDATE SET locale = excluded.locale, chosen_at = excluded.chosen_at;

-- name: find_locale(pseudonym)$
SELECT locale FROM person WHERE pseudonym = :pseudonym;

-- name: erase_person(pseudonym)!
DELETE FROM person WHERE pseudonym = :pseudonym;

-- name: count_people(pseudonym)$
SELECT count(*) FROM person WHERE pseudonym = :pseudonym;
