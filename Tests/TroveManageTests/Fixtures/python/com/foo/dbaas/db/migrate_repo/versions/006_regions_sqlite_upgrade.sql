-- Regions, with the one that every server is in.
CREATE TABLE foo_regions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name VARCHAR(40) NOT NULL UNIQUE,
  latitude DOUBLE PRECISION
);
INSERT INTO foo_regions (name, latitude) VALUES ('north', 59.3293);
INSERT INTO foo_regions (name, latitude) VALUES ('süd', -33.5);
