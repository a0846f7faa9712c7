-- instances.task_description: VARCHAR(255) becomes VARCHAR(32) again.
-- A longer text stops the downgrade, which names the row and changes nothing.

DO $$
DECLARE
    instance RECORD;
BEGIN
    SELECT id, task_description INTO instance
    FROM instances
    WHERE length(task_description) > 32
    ORDER BY id
    LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION 'instances.task_description of row % is longer than 32 characters: %',
            instance.id, quote_literal(instance.task_description)
            USING
                ERRCODE = 'string_data_right_truncation',
                HINT = 'Shorten it, then downgrade again.';
    END IF;
END;
$$;

ALTER TABLE instances ALTER COLUMN task_description TYPE VARCHAR(32);
