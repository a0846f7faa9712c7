-- migrate: no-transaction
CREATE TABLE a (
  id INTEGER -- key
);

INSERT INTO a VALUES ('one
two');
