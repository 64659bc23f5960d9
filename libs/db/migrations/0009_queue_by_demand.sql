-- Made anew with their defaults, which rewrites no row; nothing has used them yet.
ALTER TABLE "run" DROP COLUMN "required_memory", ADD COLUMN "required_memory" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "run" DROP COLUMN "required_trainer", ADD COLUMN "required_trainer" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "artifact_by_blob" ON "artifact" USING gin ("files" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "checkpoint_by_blob" ON "checkpoint" USING gin ("files" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "run_queue_by_demand" ON "run" USING btree ("backbone_id","required_labels","required_memory","required_trainer","priority" DESC NULLS FIRST,"created_at","id") WHERE "run"."status" = 'QUEUED' and "run"."deleted_at" is null;