PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE capabilities (
        id VARCHAR(36) NOT NULL, 
        name VARCHAR(255) NOT NULL, 
        enabled BOOLEAN, 
        PRIMARY KEY (id), 
        UNIQUE (name), 
        CHECK (enabled IN (0, 1))
);
INSERT INTO capabilities VALUES('a1','it''s; here',1);
INSERT INTO capabilities VALUES('b2',replace('two\nlines','\n',char(10)),0);
CREATE TRIGGER capabilities_id BEFORE UPDATE OF id ON capabilities BEGIN SELECT RAISE(ABORT, 'no; never'); END;
COMMIT;
