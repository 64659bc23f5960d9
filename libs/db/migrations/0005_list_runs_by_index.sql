DROP INDEX "run_param_by_text";--> statement-breakpoint
DROP INDEX "run_by_project";--> statement-breakpoint
DROP INDEX "run_by_name";--> statement-breakpoint
DROP INDEX "run_by_status";--> statement-breakpoint
DROP INDEX "run_by_created_at";--> statement-breakpoint
CREATE INDEX "run_by_id" ON "run" USING btree ("project_id","id") WHERE "run"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "run_by_started_at" ON "run" USING btree ("project_id","started_at","id") WHERE "run"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "run_by_ended_at" ON "run" USING btree ("project_id","ended_at","id") WHERE "run"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "run_by_duration" ON "run" USING btree ("project_id",(extract(epoch from "ended_at" - "started_at")::float8),"id") WHERE "run"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "run_param_by_text" ON "run_param" USING btree ("key_id","text","run_id") WHERE "run_param"."number" is null;--> statement-breakpoint
CREATE INDEX "run_by_project" ON "run" USING btree ("project_id","created_at","id") WHERE "run"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "run_by_name" ON "run" USING btree ("project_id","name","id") WHERE "run"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "run_by_status" ON "run" USING btree ("project_id","status","id") WHERE "run"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "run_by_created_at" ON "run" USING btree ("created_at","id") WHERE "run"."deleted_at" is null;