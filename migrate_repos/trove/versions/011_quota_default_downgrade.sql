-- Drops quotas, quota_usages and reservations with all their rows.

DROP TABLE reservations;
DROP TABLE quota_usages;
DROP TABLE quotas;
