CREATE TABLE `admin_job_results` (
	`job_id` binary(16) NOT NULL,
	`seq` int unsigned NOT NULL,
	`item_id` binary(16) NOT NULL,
	`customer_id` binary(16),
	`label` varchar(255),
	`state` varchar(16) NOT NULL,
	`reason` varchar(64),
	`message` varchar(255),
	`tm_update` datetime(6) NOT NULL,
	CONSTRAINT `admin_job_results_job_id_seq_pk` PRIMARY KEY(`job_id`,`seq`),
	CONSTRAINT `uq_admin_job_results_item_id` UNIQUE(`job_id`,`item_id`)
);
--> statement-breakpoint
ALTER TABLE `admin_jobs` ADD `owner_type` varchar(16);--> statement-breakpoint
ALTER TABLE `admin_jobs` ADD `owner_id` varchar(64);--> statement-breakpoint
ALTER TABLE `admin_jobs` ADD `owner_name` varchar(255);--> statement-breakpoint
CREATE INDEX `idx_admin_job_results_state` ON `admin_job_results` (`job_id`,`state`,`seq`);--> statement-breakpoint
CREATE INDEX `idx_admin_job_results_tm_update` ON `admin_job_results` (`tm_update`);--> statement-breakpoint
CREATE INDEX `idx_admin_jobs_tm_create` ON `admin_jobs` (`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_admin_jobs_state_tm_create` ON `admin_jobs` (`state`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_admin_jobs_type_tm_create` ON `admin_jobs` (`type`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_admin_jobs_owner_id_tm_create` ON `admin_jobs` (`owner_id`,`tm_create`);