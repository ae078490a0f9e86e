CREATE TABLE `admin_drift_findings` (
	`id` binary(16) NOT NULL,
	`kind` varchar(16) NOT NULL,
	`target` varchar(16) NOT NULL,
	`subject` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`customer_id` binary(16),
	`record_type` varchar(16),
	`record_id` binary(16),
	`differences` json NOT NULL,
	`pass_id` binary(16) NOT NULL,
	`tm_found` datetime(6) NOT NULL,
	`tm_seen` datetime(6) NOT NULL,
	CONSTRAINT `admin_drift_findings_id` PRIMARY KEY(`id`),
	CONSTRAINT `uq_admin_drift_findings_subject` UNIQUE(`target`,`subject`,`kind`)
);
--> statement-breakpoint
CREATE INDEX `idx_admin_drift_findings_kind` ON `admin_drift_findings` (`kind`,`id`);--> statement-breakpoint
CREATE INDEX `idx_admin_drift_findings_customer_id` ON `admin_drift_findings` (`customer_id`,`id`);--> statement-breakpoint
CREATE INDEX `idx_admin_drift_findings_pass_id` ON `admin_drift_findings` (`pass_id`);