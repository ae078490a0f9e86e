CREATE TABLE `admin_unsettled` (
	`id` binary(16) NOT NULL,
	`endpoint` varchar(255) NOT NULL,
	`tm_create` datetime(6) NOT NULL,
	CONSTRAINT `admin_unsettled_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE INDEX `idx_admin_unsettled_tm_create` ON `admin_unsettled` (`tm_create`);--> statement-breakpoint
CREATE INDEX `admin_ps_contacts_endpoint` ON `ps_contacts` (`endpoint`,`expiration_time`);