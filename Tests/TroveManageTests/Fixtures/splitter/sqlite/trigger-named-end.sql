CREATE TRIGGER "end" AFTER INSERT ON "begin" BEGIN
  SELECT "end", [end] FROM t; -- END;
  SELECT 1 AS 'end'; /* END; */
  SELECT x.end FROM x;
END;
SELECT 1;
