-- name: choose_locale(pseudonym, locale, chosen_at)!
INSERT INTO person (pseudonym, locale, chosen_at) VALUES (:pseudonym, :locale, :chosen_at)
ON CONFLICT (pseudonym) DO UPDATE SET locale = excluded.locale, chosen_at = excluded.chosen_at;

-- name: find_person(pseudonym)^
SELECT locale, address, country, stakeholder FROM person WHERE pseudonym = :pseudonym;

-- name: keep_address(pseudonym, locale, address, agreed_at)!
INSERT INTO person (pseudonym, locale, chosen_at, address, agreed_at)
VALUES (:pseudonym, :locale, :agreed_at, :address, :agreed_at)
ON CONFLICT (pseudonym) DO UPDATE SET address = excluded.address, agreed_at = excluded.agreed_at;

-- name: keep_country(pseudonym, country)!
UPDATE person SET country = :country WHERE pseudonym = :pseudonym;

-- name: keep_stakeholder(pseudonym, stakeholder)!
UPDATE person SET stakeholder = :stakeholder WHERE pseudonym = :pseudonym;

-- name: erase_person(pseudonym)!
DELETE FROM person WHERE pseudonym = :pseudonym;

-- name: count_people(pseudonym)$
SELECT count(*) FROM person WHERE pseudonym = :pseudonym;

-- name: count_addresses(pseudonym)$
SELECT count(*) FROM person WHERE pseudonym = :pseudonym AND address IS NOT NULL;

-- name: count_told(pseudonym)$
SELECT CASE WHEN country NOT IN ('', '-') THEN 1 ELSE 0 END + CASE WHEN stakeholder NOT IN ('', '-') THEN 1 ELSE 0 END
FROM person WHERE pseudonym = :pseudonym;

-- name: mark_unreachable(pseudonym, at)!
UPDATE person SET unreachable_at = :at WHERE pseudonym = :pseudonym;

-- name: mark_reachable(pseudonym)!
UPDATE person SET unreachable_at = NULL WHERE pseudonym = :pseudonym AND unreachable_at IS NOT NULL;

-- name: count_reachable()
SELECT locale, count(*) FROM person WHERE address IS NOT NULL AND unreachable_at IS NULL GROUP BY locale ORDER BY locale;
