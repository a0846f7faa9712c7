-- Adds modules.priority_apply, modules.apply_order and modules.is_admin.
-- Existing rows get false, 5 and false; is_admin is true for hidden,
-- automatically applied and all-tenant modules.
-- Columns that an interrupted earlier attempt left keep their values, except
-- that is_admin becomes true for those modules.

ALTER TABLE modules
    ADD COLUMN IF NOT EXISTS priority_apply BOOLEAN,
    ADD COLUMN IF NOT EXISTS apply_order INTEGER,
    ADD COLUMN IF NOT EXISTS is_admin BOOLEAN;

UPDATE modules
SET
    priority_apply = COALESCE(priority_apply, FALSE),
    apply_order = COALESCE(apply_order, 5),
    is_admin = (
        COALESCE(is_admin, FALSE) OR NOT visible OR auto_apply OR tenant_id IS NULL
    );

ALTER TABLE modules
    ALTER COLUMN priority_apply SET NOT NULL,
    ALTER COLUMN apply_order SET NOT NULL,
    ALTER COLUMN is_admin SET NOT NULL;
