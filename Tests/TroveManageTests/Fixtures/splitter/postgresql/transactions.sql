BEGIN;
CREATE TABLE a (id INTEGER);
END;
begin transaction;
CREATE TABLE b (id INTEGER);
Commit Transaction;
BEGIN -- why not
;
/* here */ COMMIT /* there */;
CREATE TABLE c (id INTEGER);
COMMIT