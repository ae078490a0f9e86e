CREATE TABLE `admin_handovers` (
	`id` binary(16) NOT NULL,
	`token_hash` binary(32) NOT NULL,
	`extension_id` binary(16) NOT NULL,
	`customer_id` binary(16) NOT NULL,
	`password_mac` binary(32) NOT NULL,
	`renew` tinyint NOT NULL DEFAULT 0,
	`tm_create` datetime(6) NOT NULL,
	`tm_expire` datetime(6) NOT NULL,
	`tm_end` datetime(6),
	`tm_use` datetime(6),
	`format` varchar(8),
	`ip` varchar(45),
	`user_agent` varchar(255),
	CONSTRAINT `admin_handovers_id` PRIMARY KEY(`id`),
	CONSTRAINT `uq_admin_handovers_token_hash` UNIQUE(`token_hash`)
);
--> statement-breakpoint
CREATE INDEX `idx_admin_handovers_extension_id` ON `admin_handovers` (`extension_id`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_admin_handovers_tm_expire` ON `admin_handovers` (`tm_expire`);