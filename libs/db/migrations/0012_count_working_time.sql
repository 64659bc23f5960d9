DROP INDEX "run_by_id";--> statement-breakpoint
DROP INDEX "run_by_duration";--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "counts_from" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "worked_seconds" double precision;--> statement-breakpoint
-- As claims came to be noted: they say when a run first began, and how long it was worked on.
UPDATE "run" SET
	"started_at" = least("run"."started_at", had."first"),
	"worked_seconds" = CASE WHEN "run"."status" <> 'RUNNING' THEN had."seconds" END,
	"counts_from" = CASE WHEN "run"."status" = 'RUNNING' THEN had."last" - had."seconds" * interval '1 second' END
FROM (
	SELECT "run_id", min(c."started_at") AS "first", max(c."started_at") AS "last",
		coalesce(sum(greatest(0, extract(epoch from coalesce(c."ended_at", r."ended_at") - c."started_at"))), 0)::float8 AS "seconds"
	FROM "run_claim" c JOIN "run" r ON r."id" = c."run_id" GROUP BY "run_id"
) had WHERE had."run_id" = "run"."id";--> statement-breakpoint
CREATE INDEX "run_by_id" ON "run" USING btree ("project_id","id","status","kind","end_reason","priority","backbone_id","dataset_version_id","trainer_id","started_at","ended_at","counts_from","worked_seconds") WHERE "run"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "run_by_duration" ON "run" USING btree ("project_id",(coalesce("worked_seconds", extract(epoch from "ended_at" - "started_at")::float8)),"id") WHERE "run"."deleted_at" is null;