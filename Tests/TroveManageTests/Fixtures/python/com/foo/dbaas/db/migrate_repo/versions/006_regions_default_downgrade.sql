DROP TABLE foo_regions;
