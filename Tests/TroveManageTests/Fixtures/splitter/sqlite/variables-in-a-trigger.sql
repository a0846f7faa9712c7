-- migrate: variables
CREATE TRIGGER t DELETE ON a BEGIN
  INSERT INTO b VALUES (${tenant}, '${tenant}');
END;
