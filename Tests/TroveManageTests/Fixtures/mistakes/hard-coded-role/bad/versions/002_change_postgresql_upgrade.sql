GRANT SELECT ON people TO reporting;
ALTER TABLE people OWNER TO trove;
