-- Drops the security group tables with all their rows.

DROP TABLE security_group_instance_associations;
DROP TABLE security_group_rules;
DROP TABLE security_groups;
