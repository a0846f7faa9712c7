ALTER TABLE people
    ADD COLUMN key UUID DEFAULT gen_random_uuid(),
    ADD COLUMN number BIGSERIAL,
    ADD COLUMN long BOOLEAN GENERATED ALWAYS AS (length(name) > 9) STORED;
