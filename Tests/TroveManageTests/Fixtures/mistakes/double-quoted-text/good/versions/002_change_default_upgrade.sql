ALTER TABLE "people" ADD COLUMN "mood" VARCHAR(9) DEFAULT 'fine';
INSERT INTO people ("id", "name") VALUES (2, 'Ann') ON CONFLICT ("id") DO NOTHING;
