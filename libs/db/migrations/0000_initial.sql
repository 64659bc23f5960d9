CREATE TYPE "public"."artifact_kind" AS ENUM('MODEL', 'EVALUATION', 'FILE');--> statement-breakpoint
CREATE TYPE "public"."backbone_source" AS ENUM('BUILT_IN', 'CATALOGUE', 'IMPORTED');--> statement-breakpoint
CREATE TYPE "public"."backbone_status" AS ENUM('ABSENT', 'FETCHING', 'READY', 'FAILED');--> statement-breakpoint
CREATE TYPE "public"."split" AS ENUM('TRAIN', 'VAL');--> statement-breakpoint
CREATE TYPE "public"."run_end_reason" AS ENUM('COMPLETED', 'EARLY_STOPPED', 'CANCELLED', 'ERROR', 'OUT_OF_MEMORY', 'TRAINER_LOST');--> statement-breakpoint
CREATE TYPE "public"."run_status" AS ENUM('QUEUED', 'RUNNING', 'PAUSED', 'FINISHED', 'FAILED', 'CANCELLED');--> statement-breakpoint
CREATE TABLE "artifact" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" "artifact_kind" NOT NULL,
	"files" jsonb NOT NULL,
	"digest" text NOT NULL,
	"size" bigint NOT NULL,
	"metadata" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "artifact_run_name" UNIQUE("run_id","name")
);
--> statement-breakpoint
CREATE TABLE "backbone" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"source" "backbone_source" NOT NULL,
	"status" "backbone_status" NOT NULL,
	"spec" jsonb NOT NULL,
	"files" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"digest" text,
	"licence" text,
	"address" text,
	"parameters" bigint,
	"fetch_total" bigint,
	"fetch_done" bigint,
	"fetch_error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "backbone_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "blob" (
	"sha256" text PRIMARY KEY NOT NULL,
	"size" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dataset" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dataset_project_name" UNIQUE("project_id","name")
);
--> statement-breakpoint
CREATE TABLE "dataset_version" (
	"id" uuid PRIMARY KEY NOT NULL,
	"dataset_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"digest" text NOT NULL,
	"classes" jsonb NOT NULL,
	"train_count" integer NOT NULL,
	"val_count" integer NOT NULL,
	"skipped" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"split_seed" integer,
	"val_fraction" double precision,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dataset_version_number" UNIQUE("dataset_id","version")
);
--> statement-breakpoint
CREATE TABLE "picture" (
	"version_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"split" "split" NOT NULL,
	"class_index" integer NOT NULL,
	"path" text NOT NULL,
	"sha256" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	CONSTRAINT "picture_pkey" PRIMARY KEY("version_id","position")
);
--> statement-breakpoint
CREATE TABLE "metric_batch" (
	"run_id" uuid NOT NULL,
	"claim" integer NOT NULL,
	"batch_id" text NOT NULL,
	"accepted" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "metric_batch_run_id_claim_batch_id_pk" PRIMARY KEY("run_id","claim","batch_id")
);
--> statement-breakpoint
CREATE TABLE "metric_chunk" (
	"run_id" uuid NOT NULL,
	"key" text NOT NULL,
	"claim" integer NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "metric_chunk_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"count" integer NOT NULL,
	"first_step" bigint NOT NULL,
	"last_step" bigint NOT NULL,
	"steps" "bytea" NOT NULL,
	"times" "bytea" NOT NULL,
	"values" "bytea" NOT NULL,
	CONSTRAINT "metric_chunk_run_id_key_claim_seq_pk" PRIMARY KEY("run_id","key","claim","seq")
);
--> statement-breakpoint
CREATE TABLE "metric_summary" (
	"run_id" uuid NOT NULL,
	"key" text NOT NULL,
	"claim" integer NOT NULL,
	"count" integer NOT NULL,
	"last" double precision NOT NULL,
	"last_step" bigint NOT NULL,
	"min" double precision,
	"min_step" bigint,
	"max" double precision,
	"max_step" bigint,
	CONSTRAINT "metric_summary_run_id_key_pk" PRIMARY KEY("run_id","key")
);
--> statement-breakpoint
CREATE TABLE "project" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "project_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"status" "run_status" DEFAULT 'QUEUED' NOT NULL,
	"end_reason" "run_end_reason",
	"config" jsonb NOT NULL,
	"dataset_version_id" uuid NOT NULL,
	"backbone_id" uuid NOT NULL,
	"parent_run_id" uuid,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"notes" text,
	"priority" integer DEFAULT 0 NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"claims" integer DEFAULT 0 NOT NULL,
	"error" text,
	"backend" text,
	"environment" jsonb,
	"git_commit" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"best_epoch" integer,
	"epochs" integer,
	"phase" text,
	"final_metrics" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"trainer_id" uuid,
	"lease_token" text,
	"lease_expires_at" timestamp (3) with time zone,
	"cancel_requested_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "trainer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"backend" text NOT NULL,
	"environment" jsonb,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "trainer_name_unique" UNIQUE("name")
);
--> statement-breakpoint
ALTER TABLE "artifact" ADD CONSTRAINT "artifact_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_dataset_id_dataset_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."dataset"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "picture" ADD CONSTRAINT "picture_sha256_blob_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."blob"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "picture" ADD CONSTRAINT "picture_version_fkey" FOREIGN KEY ("version_id") REFERENCES "public"."dataset_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_batch" ADD CONSTRAINT "metric_batch_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_chunk" ADD CONSTRAINT "metric_chunk_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_summary" ADD CONSTRAINT "metric_summary_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_dataset_version_id_dataset_version_id_fk" FOREIGN KEY ("dataset_version_id") REFERENCES "public"."dataset_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_backbone_id_backbone_id_fk" FOREIGN KEY ("backbone_id") REFERENCES "public"."backbone"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_parent_run_id_run_id_fk" FOREIGN KEY ("parent_run_id") REFERENCES "public"."run"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_trainer_id_trainer_id_fk" FOREIGN KEY ("trainer_id") REFERENCES "public"."trainer"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "picture_by_class" ON "picture" USING btree ("version_id","split","class_index","position");--> statement-breakpoint
CREATE INDEX "run_by_project" ON "run" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "run_by_created_at" ON "run" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "run_by_parent" ON "run" USING btree ("parent_run_id");--> statement-breakpoint
CREATE INDEX "run_by_dataset_version" ON "run" USING btree ("dataset_version_id");--> statement-breakpoint
CREATE INDEX "run_by_backbone" ON "run" USING btree ("backbone_id");--> statement-breakpoint
CREATE INDEX "run_by_tag" ON "run" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "run_queue" ON "run" USING btree ("priority" DESC NULLS FIRST,"created_at","id") WHERE "run"."status" = 'QUEUED';--> statement-breakpoint
CREATE INDEX "run_leases" ON "run" USING btree ("lease_expires_at") WHERE "run"."status" = 'RUNNING';