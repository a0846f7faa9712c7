CREATE VIEW foo_ledger_sums AS SELECT step, sum(amount) AS total FROM foo_ledger GROUP BY step;
CREATE TRIGGER foo_ledger_marks AFTER INSERT ON foo_ledger BEGIN UPDATE foo_ledger SET step = NEW.step || '*' WHERE id = NEW.id; END;
