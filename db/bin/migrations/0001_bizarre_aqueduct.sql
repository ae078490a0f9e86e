CREATE TABLE `admin_daily_counts` (
	`name` varchar(32) NOT NULL,
	`day` varchar(10) NOT NULL,
	`count` bigint unsigned NOT NULL,
	CONSTRAINT `admin_daily_counts_name_day_pk` PRIMARY KEY(`name`,`day`)
);
--> statement-breakpoint
CREATE TABLE `admin_processes` (
	`id` binary(16) NOT NULL,
	`kind` varchar(16) NOT NULL,
	`name` varchar(64) NOT NULL,
	`roles` varchar(255) NOT NULL,
	`version` varchar(64) NOT NULL,
	`node` varchar(32) NOT NULL,
	`tm_start` datetime(6) NOT NULL,
	`tm_beat` datetime(6) NOT NULL,
	CONSTRAINT `admin_processes_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
ALTER TABLE `customer_accesskeys` ADD `tm_idle` datetime(6) GENERATED ALWAYS AS ((coalesce(`tm_used`,`tm_create`))) VIRTUAL;--> statement-breakpoint
CREATE INDEX `idx_admin_processes_tm_beat` ON `admin_processes` (`tm_beat`);--> statement-breakpoint
CREATE INDEX `idx_admin_audit_resource_type` ON `admin_audit` (`resource_type`,`id`);--> statement-breakpoint
CREATE INDEX `idx_admin_audit_request_id` ON `admin_audit` (`request_id`,`id`);--> statement-breakpoint
CREATE INDEX `idx_admin_audit_customer_id_action` ON `admin_audit` (`customer_id`,`action`,`id`);--> statement-breakpoint
CREATE INDEX `idx_admin_audit_customer_id_resource_type` ON `admin_audit` (`customer_id`,`resource_type`,`id`);--> statement-breakpoint
CREATE INDEX `idx_admin_audit_customer_id_actor_id` ON `admin_audit` (`customer_id`,`actor_id`,`id`);--> statement-breakpoint
CREATE INDEX `idx_admin_audit_actor_id_action` ON `admin_audit` (`actor_id`,`action`,`id`);--> statement-breakpoint
CREATE INDEX `idx_customer_accesskeys_deleted_tm_expire` ON `customer_accesskeys` (`row_deleted`,`tm_expire`);--> statement-breakpoint
CREATE INDEX `idx_customer_accesskeys_deleted_tm_idle` ON `customer_accesskeys` (`row_deleted`,`tm_idle`);--> statement-breakpoint
CREATE INDEX `idx_customer_accesskeys_deleted_tm_used` ON `customer_accesskeys` (`row_deleted`,`tm_used`);--> statement-breakpoint
CREATE INDEX `idx_customer_accesskeys_customer_id_deleted_tm_expire` ON `customer_accesskeys` (`customer_id`,`row_deleted`,`tm_expire`);--> statement-breakpoint
CREATE INDEX `idx_customer_accesskeys_customer_id_deleted_tm_idle` ON `customer_accesskeys` (`customer_id`,`row_deleted`,`tm_idle`);--> statement-breakpoint
CREATE INDEX `idx_customer_accesskeys_customer_id_deleted_tm_used` ON `customer_accesskeys` (`customer_id`,`row_deleted`,`tm_used`);