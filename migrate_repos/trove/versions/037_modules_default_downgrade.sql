-- Drops instance_modules and modules with all their rows.

DROP TABLE instance_modules;
DROP TABLE modules;
