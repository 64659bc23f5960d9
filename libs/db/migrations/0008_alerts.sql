CREATE TYPE "public"."alert_direction" AS ENUM('ABOVE', 'BELOW');--> statement-breakpoint
CREATE TYPE "public"."alert_kind" AS ENUM('RUN_FAILED', 'RUN_FINISHED', 'METRIC_CROSSED', 'METRIC_NOT_FINITE', 'RUN_STALLED', 'RUN_WAITING', 'BEST_BEATEN');--> statement-breakpoint
CREATE TYPE "public"."delivery_status" AS ENUM('PENDING', 'DELIVERED', 'DEAD', 'SUPPRESSED');--> statement-breakpoint
CREATE TYPE "public"."webhook_format" AS ENUM('GENERIC', 'SLACK', 'DISCORD');--> statement-breakpoint
CREATE TABLE "alert" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"rule_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"occurrence" text NOT NULL,
	"facts" jsonb NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"handed_on_at" timestamp (3) with time zone,
	CONSTRAINT "alert_occurrence" UNIQUE("rule_id","run_id","occurrence")
);
--> statement-breakpoint
CREATE TABLE "alert_check" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "alert_check_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert_delivery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"alert_id" uuid,
	"webhook_id" uuid NOT NULL,
	"status" "delivery_status" DEFAULT 'PENDING' NOT NULL,
	"body" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"log" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "alert_rule" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" "alert_kind" NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"webhook_ids" uuid[] DEFAULT '{}' NOT NULL,
	"end_reasons" "run_end_reason"[] DEFAULT '{}' NOT NULL,
	"key" text,
	"direction" "alert_direction",
	"threshold" double precision,
	"points" integer DEFAULT 1 NOT NULL,
	"first_only" boolean DEFAULT false NOT NULL,
	"minutes" integer,
	"looked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "alert_watch" (
	"rule_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	"step" bigint,
	"streak" integer DEFAULT 0 NOT NULL,
	"since" bigint,
	"told" boolean DEFAULT false NOT NULL,
	"mark" text,
	"quiet_since" timestamp (3) with time zone,
	CONSTRAINT "alert_watch_rule_id_run_id_pk" PRIMARY KEY("rule_id","run_id")
);
--> statement-breakpoint
CREATE TABLE "webhook" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"shown_address" text NOT NULL,
	"format" "webhook_format" NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "webhook_secret" (
	"webhook_id" uuid PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"secret" text NOT NULL,
	"previous_secret" text,
	"previous_until" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_rule_id_alert_rule_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."alert_rule"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_check" ADD CONSTRAINT "alert_check_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_delivery" ADD CONSTRAINT "alert_delivery_alert_id_alert_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alert"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_delivery" ADD CONSTRAINT "alert_delivery_webhook_id_webhook_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhook"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_watch" ADD CONSTRAINT "alert_watch_rule_id_alert_rule_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."alert_rule"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_watch" ADD CONSTRAINT "alert_watch_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_secret" ADD CONSTRAINT "webhook_secret_webhook_id_webhook_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhook"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_to_hand_on" ON "alert" USING btree ("at") WHERE "alert"."handed_on_at" is null;--> statement-breakpoint
CREATE INDEX "alert_by_rule" ON "alert" USING btree ("rule_id","handed_on_at");--> statement-breakpoint
CREATE INDEX "alert_by_run" ON "alert" USING btree ("run_id","at");--> statement-breakpoint
CREATE INDEX "alert_check_by_run" ON "alert_check" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "alert_delivery_due" ON "alert_delivery" USING btree ("webhook_id","next_attempt_at") WHERE "alert_delivery"."status" = 'PENDING';--> statement-breakpoint
CREATE INDEX "alert_delivery_by_webhook" ON "alert_delivery" USING btree ("webhook_id","id");--> statement-breakpoint
CREATE INDEX "alert_delivery_by_alert" ON "alert_delivery" USING btree ("alert_id");--> statement-breakpoint
CREATE INDEX "alert_rule_by_project" ON "alert_rule" USING btree ("project_id","kind");--> statement-breakpoint
CREATE INDEX "alert_watch_by_run" ON "alert_watch" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "webhook_by_project" ON "webhook" USING btree ("project_id");--> statement-breakpoint
-- In the transaction that ends a run, whoever ends it: its alert is there with the end or not at all. An import of a run that has ended is no end.
CREATE FUNCTION "note_run_stop"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO "alert" ("rule_id", "run_id", "occurrence", "facts")
	SELECT "alert_rule"."id", NEW."id", 'end', jsonb_build_object('status', NEW."status", 'endReason', NEW."end_reason")
	FROM "alert_rule"
	WHERE "alert_rule"."project_id" = NEW."project_id" AND "alert_rule"."enabled" AND "alert_rule"."deleted_at" IS NULL AND NEW."deleted_at" IS NULL
		AND "alert_rule"."kind" = (CASE NEW."status" WHEN 'FAILED' THEN 'RUN_FAILED' WHEN 'FINISHED' THEN 'RUN_FINISHED' END)::"alert_kind"
		AND (cardinality("alert_rule"."end_reasons") = 0 OR NEW."end_reason" = ANY ("alert_rule"."end_reasons"))
	ON CONFLICT DO NOTHING;
	-- Its last metrics are still to be looked at.
	INSERT INTO "alert_check" ("run_id")
	SELECT NEW."id" WHERE OLD."status" = 'RUNNING' AND EXISTS (
		SELECT FROM "alert_rule" WHERE "alert_rule"."project_id" = NEW."project_id" AND "alert_rule"."enabled" AND "alert_rule"."deleted_at" IS NULL
			AND "alert_rule"."kind" IN ('METRIC_CROSSED', 'METRIC_NOT_FINITE', 'BEST_BEATEN'));
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "run_stopped" AFTER UPDATE OF "status" ON "run" FOR EACH ROW
WHEN (OLD."status" IS DISTINCT FROM NEW."status" AND (OLD."status" = 'RUNNING' OR NEW."status" IN ('FINISHED', 'FAILED')))
EXECUTE FUNCTION "note_run_stop"();
