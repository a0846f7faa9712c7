-- Adds modules.priority_apply, modules.apply_order and modules.is_admin.
-- Existing rows get false, 5 and false; is_admin is true for hidden,
-- automatically applied and all-tenant modules.

ALTER TABLE modules
    ADD COLUMN priority_apply BOOLEAN CHECK (priority_apply IN (0, 1));
ALTER TABLE modules ADD COLUMN apply_order INTEGER;
ALTER TABLE modules ADD COLUMN is_admin BOOLEAN CHECK (is_admin IN (0, 1));

UPDATE modules
SET
    priority_apply = 0,
    apply_order = 5,
    is_admin = (visible = 0 OR auto_apply = 1 OR tenant_id IS NULL);
