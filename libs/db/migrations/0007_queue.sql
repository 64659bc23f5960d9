CREATE TYPE "public"."claim_outcome" AS ENUM('SETTLED', 'RELEASED', 'PAUSED', 'EXPIRED', 'CRASHED', 'CANCELLED');--> statement-breakpoint
CREATE TABLE "checkpoint" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"claim" integer NOT NULL,
	"epoch" integer NOT NULL,
	"batch" integer NOT NULL,
	"best" boolean NOT NULL,
	"latest" boolean NOT NULL,
	"files" jsonb NOT NULL,
	"digest" text NOT NULL,
	"size" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run_claim" (
	"run_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"attempt" integer NOT NULL,
	"token" text NOT NULL,
	"trainer_id" uuid NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"outcome" "claim_outcome",
	"reason" text,
	CONSTRAINT "run_claim_run_id_number_pk" PRIMARY KEY("run_id","number")
);
--> statement-breakpoint
ALTER TABLE "blob" ADD COLUMN "released_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "required_labels" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "required_memory" double precision;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "required_trainer" text;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "lost_in_a_row" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "pause_requested_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "finish_requested_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "trainer" ADD COLUMN "labels" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "trainer" ADD COLUMN "memory_bytes" bigint;--> statement-breakpoint
ALTER TABLE "trainer" ADD COLUMN "slots" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "trainer" ADD COLUMN "devices" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "trainer" ADD COLUMN "draining_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "trainer" ADD COLUMN "hand_back" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "trainer" ADD COLUMN "stopped_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "checkpoint" ADD CONSTRAINT "checkpoint_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_claim" ADD CONSTRAINT "run_claim_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_claim" ADD CONSTRAINT "run_claim_trainer_id_trainer_id_fk" FOREIGN KEY ("trainer_id") REFERENCES "public"."trainer"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "checkpoint_by_run" ON "checkpoint" USING btree ("run_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "run_claim_token" ON "run_claim" USING btree ("token");--> statement-breakpoint
CREATE UNIQUE INDEX "run_claim_current" ON "run_claim" USING btree ("run_id") WHERE "run_claim"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "run_claim_by_trainer" ON "run_claim" USING btree ("trainer_id","started_at","run_id");--> statement-breakpoint
CREATE INDEX "blob_released" ON "blob" USING btree ("released_at") WHERE "blob"."released_at" is not null;