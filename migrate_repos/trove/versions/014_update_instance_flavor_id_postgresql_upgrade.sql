-- instances.flavor_id: VARCHAR(36) becomes INTEGER.
-- A numeric text becomes a number; any other text stops the upgrade, which
-- names the row and changes nothing.

DO $$
DECLARE
    instance RECORD;
BEGIN
    FOR instance IN SELECT id, flavor_id FROM instances ORDER BY id LOOP
        PERFORM instance.flavor_id::INTEGER;
    END LOOP;
EXCEPTION
    WHEN invalid_text_representation OR numeric_value_out_of_range THEN
        RAISE EXCEPTION 'instances.flavor_id of row % is not a number: %',
            instance.id, quote_literal(instance.flavor_id)
            USING
                ERRCODE = SQLSTATE,
                DETAIL = SQLERRM,
                HINT = 'Set it to the number of a flavor or to NULL, then upgrade again.';
END;
$$;

ALTER TABLE instances
    ALTER COLUMN flavor_id TYPE INTEGER USING flavor_id::INTEGER;
