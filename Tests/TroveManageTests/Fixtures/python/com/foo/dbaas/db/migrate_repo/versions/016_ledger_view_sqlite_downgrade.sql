DROP TRIGGER foo_ledger_marks;
DROP VIEW foo_ledger_sums;
