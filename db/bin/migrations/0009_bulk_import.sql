CREATE TABLE `admin_import_rows` (
	`id` binary(16) NOT NULL,
	`job_id` binary(16) NOT NULL,
	`customer_id` binary(16) NOT NULL,
	`fields` json NOT NULL,
	`password` varchar(255) NOT NULL,
	`tm_create` datetime(6) NOT NULL,
	CONSTRAINT `admin_import_rows_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `admin_job_keys` (
	`job_id` binary(16) NOT NULL,
	`public_key` varbinary(64) NOT NULL,
	`private_key` varbinary(255) NOT NULL,
	`tm_create` datetime(6) NOT NULL,
	CONSTRAINT `admin_job_keys_job_id` PRIMARY KEY(`job_id`)
);
--> statement-breakpoint
CREATE INDEX `idx_admin_import_rows_job_id` ON `admin_import_rows` (`job_id`);--> statement-breakpoint
CREATE INDEX `idx_admin_import_rows_tm_create` ON `admin_import_rows` (`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_admin_job_keys_tm_create` ON `admin_job_keys` (`tm_create`);