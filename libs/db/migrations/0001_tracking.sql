CREATE TYPE "public"."key_kind" AS ENUM('METRIC', 'PARAM');--> statement-breakpoint
CREATE TYPE "public"."log_stream" AS ENUM('STDOUT', 'STDERR');--> statement-breakpoint
CREATE TYPE "public"."run_kind" AS ENUM('MANAGED', 'EXTERNAL');--> statement-breakpoint
ALTER TYPE "public"."artifact_kind" ADD VALUE 'IMAGE';--> statement-breakpoint
ALTER TYPE "public"."artifact_kind" ADD VALUE 'TABLE';--> statement-breakpoint
ALTER TYPE "public"."artifact_kind" ADD VALUE 'CONFUSION_MATRIX';--> statement-breakpoint
ALTER TYPE "public"."artifact_kind" ADD VALUE 'TEXT';--> statement-breakpoint
CREATE TABLE "duplicate_picture" (
	"version_id" uuid NOT NULL,
	"first" integer NOT NULL,
	"second" integer NOT NULL,
	"exact" boolean NOT NULL,
	"distance" integer NOT NULL,
	"leaks" boolean NOT NULL,
	CONSTRAINT "duplicate_picture_version_id_first_second_pk" PRIMARY KEY("version_id","first","second")
);
--> statement-breakpoint
CREATE TABLE "key" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "key_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"project_id" uuid NOT NULL,
	"kind" "key_kind" NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "key_name" UNIQUE("project_id","kind","name")
);
--> statement-breakpoint
CREATE TABLE "log_line" (
	"run_id" uuid NOT NULL,
	"claim" integer NOT NULL,
	"line" integer NOT NULL,
	"stream" "log_stream" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "log_line_run_id_claim_line_pk" PRIMARY KEY("run_id","claim","line")
);
--> statement-breakpoint
CREATE TABLE "metric_series" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "metric_series_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" uuid NOT NULL,
	"key_id" integer NOT NULL,
	"claim" integer NOT NULL,
	"count" bigint NOT NULL,
	"last" double precision NOT NULL,
	"last_step" bigint NOT NULL,
	"min" double precision,
	"min_step" bigint,
	"max" double precision,
	"max_step" bigint,
	CONSTRAINT "metric_series_run_id_key_id_pk" PRIMARY KEY("run_id","key_id")
);
--> statement-breakpoint
CREATE TABLE "run_param" (
	"run_id" uuid NOT NULL,
	"key_id" integer NOT NULL,
	"number" double precision,
	"text" text NOT NULL,
	CONSTRAINT "run_param_run_id_key_id_pk" PRIMARY KEY("run_id","key_id")
);
--> statement-breakpoint
-- What is stored already moves to its new place.
INSERT INTO "key" ("project_id", "kind", "name")
SELECT DISTINCT "run"."project_id", 'METRIC'::"key_kind", "metric_summary"."key" FROM "metric_summary" JOIN "run" ON "run"."id" = "metric_summary"."run_id";
--> statement-breakpoint
INSERT INTO "key" ("project_id", "kind", "name")
SELECT DISTINCT "run"."project_id", 'PARAM'::"key_kind", "param"."name" FROM "run", jsonb_each("run"."config") AS "param"("name", "value");
--> statement-breakpoint
INSERT INTO "metric_series" ("run_id", "key_id", "claim", "count", "last", "last_step", "min", "min_step", "max", "max_step")
SELECT "summary"."run_id", "key"."id", "summary"."claim", "summary"."count", "summary"."last", "summary"."last_step", "summary"."min", "summary"."min_step", "summary"."max", "summary"."max_step"
FROM "metric_summary" AS "summary" JOIN "run" ON "run"."id" = "summary"."run_id"
JOIN "key" ON "key"."project_id" = "run"."project_id" AND "key"."kind" = 'METRIC' AND "key"."name" = "summary"."key";
--> statement-breakpoint
INSERT INTO "run_param" ("run_id", "key_id", "number", "text")
SELECT "run"."id", "key"."id", CASE WHEN jsonb_typeof("param"."value") = 'number' THEN ("param"."value" #>> '{}')::double precision END, left("param"."value" #>> '{}', 256)
FROM "run", jsonb_each("run"."config") AS "param"("name", "value"), "key"
WHERE "key"."project_id" = "run"."project_id" AND "key"."kind" = 'PARAM' AND "key"."name" = "param"."name" AND jsonb_typeof("param"."value") <> 'null';
--> statement-breakpoint
DROP TABLE "metric_summary";--> statement-breakpoint
ALTER TABLE "dataset" DROP CONSTRAINT "dataset_project_name";--> statement-breakpoint
ALTER TABLE "project" DROP CONSTRAINT "project_name_unique";--> statement-breakpoint
ALTER TABLE "metric_chunk" DROP CONSTRAINT "metric_chunk_run_id_run_id_fk";
--> statement-breakpoint
ALTER TABLE "metric_chunk" DROP CONSTRAINT "metric_chunk_run_id_key_claim_seq_pk";--> statement-breakpoint
ALTER TABLE "run" ALTER COLUMN "dataset_version_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "run" ALTER COLUMN "backbone_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "dataset" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "dataset_version" ADD COLUMN "parent_id" uuid;--> statement-breakpoint
ALTER TABLE "picture" ADD COLUMN "perceptual_hash" bigint;--> statement-breakpoint
ALTER TABLE "metric_batch" ADD COLUMN "digest" "bytea";--> statement-breakpoint
ALTER TABLE "metric_chunk" ADD COLUMN "series_id" bigint;--> statement-breakpoint
ALTER TABLE "metric_chunk" ADD COLUMN "points" "bytea";--> statement-breakpoint
-- A leading zero byte says: columns of float64, as they were.
UPDATE "metric_chunk" SET "series_id" = "metric_series"."id", "points" = '\x00'::bytea || "steps" || "times" || "values"
FROM "metric_series" JOIN "key" ON "key"."id" = "metric_series"."key_id"
WHERE "metric_series"."run_id" = "metric_chunk"."run_id" AND "key"."name" = "metric_chunk"."key";
--> statement-breakpoint
ALTER TABLE "metric_chunk" ALTER COLUMN "series_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "metric_chunk" ALTER COLUMN "points" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "metric_chunk" ADD CONSTRAINT "metric_chunk_series_id_seq_pk" PRIMARY KEY("series_id","seq");--> statement-breakpoint
ALTER TABLE "metric_chunk" ADD COLUMN "rollup" "bytea";--> statement-breakpoint
ALTER TABLE "metric_chunk" ADD COLUMN "extremes" "bytea";--> statement-breakpoint
ALTER TABLE "project" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "kind" "run_kind" DEFAULT 'MANAGED' NOT NULL;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "duplicate_picture" ADD CONSTRAINT "duplicate_picture_version_id_dataset_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."dataset_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key" ADD CONSTRAINT "key_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_line" ADD CONSTRAINT "log_line_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_series" ADD CONSTRAINT "metric_series_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_series" ADD CONSTRAINT "metric_series_key_id_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_param" ADD CONSTRAINT "run_param_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_param" ADD CONSTRAINT "run_param_key_id_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "metric_series_id" ON "metric_series" USING btree ("id");--> statement-breakpoint
CREATE INDEX "metric_series_by_last" ON "metric_series" USING btree ("key_id","last","run_id");--> statement-breakpoint
CREATE INDEX "metric_series_by_min" ON "metric_series" USING btree ("key_id","min","run_id");--> statement-breakpoint
CREATE INDEX "metric_series_by_max" ON "metric_series" USING btree ("key_id","max","run_id");--> statement-breakpoint
CREATE INDEX "run_param_by_number" ON "run_param" USING btree ("key_id","number","run_id") WHERE "run_param"."number" is not null;--> statement-breakpoint
CREATE INDEX "run_param_by_text" ON "run_param" USING btree ("key_id","text","run_id");--> statement-breakpoint
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_parent_id_dataset_version_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."dataset_version"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_chunk" ADD CONSTRAINT "metric_chunk_series_id_metric_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."metric_series"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "dataset_project_name" ON "dataset" USING btree ("project_id","name") WHERE "dataset"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "project_name" ON "project" USING btree ("name") WHERE "project"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "run_by_name" ON "run" USING btree ("project_id","name","id");--> statement-breakpoint
CREATE INDEX "run_by_status" ON "run" USING btree ("project_id","status","id");--> statement-breakpoint
CREATE INDEX "run_deleted" ON "run" USING btree ("deleted_at") WHERE "run"."deleted_at" is not null;--> statement-breakpoint
ALTER TABLE "metric_chunk" DROP COLUMN "run_id";--> statement-breakpoint
ALTER TABLE "metric_chunk" DROP COLUMN "key";--> statement-breakpoint
ALTER TABLE "metric_chunk" DROP COLUMN "steps";--> statement-breakpoint
ALTER TABLE "metric_chunk" DROP COLUMN "times";--> statement-breakpoint
ALTER TABLE "metric_chunk" DROP COLUMN "values";--> statement-breakpoint
-- Packed already: a second compression gains nothing. Roll-ups stay in the row, so that an overview reads no TOAST.
ALTER TABLE "metric_chunk" ALTER COLUMN "points" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "metric_chunk" ALTER COLUMN "rollup" SET STORAGE MAIN;--> statement-breakpoint
ALTER TABLE "metric_chunk" ALTER COLUMN "extremes" SET STORAGE MAIN;--> statement-breakpoint
-- Small chunks come and go: their space is wanted again soon. Updated in place where no index is touched.
ALTER TABLE "metric_chunk" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000, toast.autovacuum_vacuum_scale_factor = 0.02, toast.autovacuum_vacuum_threshold = 2000);--> statement-breakpoint
-- Which value of which key: without these Postgres takes the two for independent and plans badly.
CREATE STATISTICS "run_param_key_text" (ndistinct, dependencies, mcv) ON "key_id", "text" FROM "run_param";--> statement-breakpoint
CREATE STATISTICS "run_param_key_number" (ndistinct, dependencies, mcv) ON "key_id", "number" FROM "run_param";
