DROP INDEX "run_by_id";--> statement-breakpoint
CREATE INDEX "run_by_id" ON "run" USING btree ("project_id","id","status","kind","end_reason","priority","backbone_id","dataset_version_id","trainer_id","started_at","ended_at") WHERE "run"."deleted_at" is null;--> statement-breakpoint
-- Parts of names and notes are found by their trigrams where Postgres has pg_trgm (a part of its standard distribution); without it they are found all the same, by reading more.
DO $$ BEGIN
	CREATE EXTENSION IF NOT EXISTS pg_trgm;
	CREATE INDEX "run_name_text" ON "run" USING gin ("name" gin_trgm_ops);
	CREATE INDEX "run_notes_text" ON "run" USING gin ("notes" gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
	RAISE NOTICE 'pg_trgm is not available: searching names and notes will be slower';
END $$;
