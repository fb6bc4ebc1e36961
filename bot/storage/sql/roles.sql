-- name: keep_invitation(token, role, label, expires_at)!
INSERT INTO role_invitation (token, role, label, expires_at) VALUES (:token, :role, :label, :expires_at);

-- name: find_invitation(token, now)^
SELECT role, label FROM role_invitation WHERE token = :token AND expires_at > :now;

-- name: use_invitation(token, now)!
DELETE FROM role_invitation WHERE token = :token AND expires_at > :now;

-- name: forget_invitations(now)!
DELETE FROM role_invitation WHERE expires_at <= :now;

-- name: keep_role_holder(pseudonym, role, holder, label, locale, address, since_at)!
INSERT INTO role_holder (pseudonym, role, holder, label, locale, address, since_at)
VALUES (:pseudonym, :role, :holder, :label, :locale, :address, :since_at)
ON CONFLICT (pseudonym, role) DO NOTHING;

-- name: find_role_holders()
SELECT pseudonym, role, holder, label, locale, address, since_at FROM role_holder ORDER BY role, since_at, holder;

-- name: find_roles_of(pseudonym)
SELECT pseudonym, role, holder, label, locale, address, since_at FROM role_holder
WHERE pseudonym = :pseudonym ORDER BY role;

-- name: drop_role_holder(holder)!
DELETE FROM role_holder WHERE holder = :holder;

-- name: drop_roles_of(pseudonym)!
DELETE FROM role_holder WHERE pseudonym = :pseudonym;

-- name: count_roles_of(pseudonym)$
SELECT count(*) FROM role_holder WHERE pseudonym = :pseudonym;
