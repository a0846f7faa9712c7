-- A comment before it, and a blank line.

--migrate:   no-transaction ,variables
  -- migrate: variables
-- Migrate: is case-sensitive, and so this is a comment.
-- migrate the users: this is one, too
SELECT ${tenant};
