-- Drops modules.priority_apply, modules.apply_order and modules.is_admin with
-- their values.

ALTER TABLE modules
    DROP COLUMN priority_apply,
    DROP COLUMN apply_order,
    DROP COLUMN is_admin;
