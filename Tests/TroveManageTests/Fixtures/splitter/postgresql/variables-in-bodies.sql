-- migrate: variables
DO $$ BEGIN RAISE NOTICE '%', '${tenant}'; END $$;
CREATE FUNCTION f() RETURNS text BEGIN ATOMIC
  SELECT ${path.data};
  SELECT ${tenant};
END;
SELECT E'\\${tenant}' || ${path.data}, E'x'
  ${path.data}, $a$${tenant}$a$, a$${tenant};
