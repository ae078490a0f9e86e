CREATE TABLE `admin_passkeys` (
	`id` binary(16) NOT NULL,
	`user_id` binary(16) NOT NULL,
	`name` varchar(255) NOT NULL,
	`credential_id` varbinary(1023) NOT NULL,
	`credential_hash` binary(32) NOT NULL,
	`public_key` varbinary(2048) NOT NULL,
	`counter` bigint unsigned NOT NULL,
	`transports` varchar(255) NOT NULL,
	`synced` tinyint NOT NULL,
	`tm_create` datetime(6) NOT NULL,
	`tm_last_use` datetime(6),
	CONSTRAINT `admin_passkeys_id` PRIMARY KEY(`id`),
	CONSTRAINT `uq_admin_passkeys_credential_hash` UNIQUE(`credential_hash`)
);
--> statement-breakpoint
CREATE TABLE `admin_recovery_codes` (
	`user_id` binary(16) NOT NULL,
	`code_hash` binary(32) NOT NULL,
	`tm_create` datetime(6) NOT NULL,
	`tm_use` datetime(6),
	CONSTRAINT `admin_recovery_codes_user_id_code_hash_pk` PRIMARY KEY(`user_id`,`code_hash`)
);
--> statement-breakpoint
CREATE TABLE `admin_sign_ins` (
	`id` binary(32) NOT NULL,
	`user_id` binary(16),
	`attempts` tinyint NOT NULL DEFAULT 0,
	`challenge` varchar(64),
	`tm_create` datetime(6) NOT NULL,
	`tm_expire` datetime(6) NOT NULL,
	`tm_use` datetime(6),
	CONSTRAINT `admin_sign_ins_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `admin_totp` (
	`user_id` binary(16) NOT NULL,
	`secret` varbinary(255) NOT NULL,
	`last_step` bigint NOT NULL DEFAULT 0,
	`tm_create` datetime(6) NOT NULL,
	`tm_confirm` datetime(6),
	CONSTRAINT `admin_totp_user_id` PRIMARY KEY(`user_id`)
);
--> statement-breakpoint
ALTER TABLE `admin_sessions` ADD `tm_confirm` datetime(6);--> statement-breakpoint
ALTER TABLE `admin_sessions` ADD `challenge` varchar(64);--> statement-breakpoint
ALTER TABLE `admin_sessions` ADD `tm_challenge` datetime(6);--> statement-breakpoint
ALTER TABLE `admin_users` ADD `tm_disable` datetime(6);--> statement-breakpoint
ALTER TABLE `admin_users` ADD `cascade_id` binary(16);--> statement-breakpoint
ALTER TABLE `admin_users` ADD `row_deleted` tinyint GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' then 1 else 0 end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `admin_users` ADD `sign_in_order` datetime(6) GENERATED ALWAYS AS ((ifnull(`tm_last_login`, '1000-01-01 00:00:00.000000'))) VIRTUAL;--> statement-breakpoint
CREATE INDEX `idx_admin_passkeys_user_id` ON `admin_passkeys` (`user_id`);--> statement-breakpoint
CREATE INDEX `idx_admin_sign_ins_tm_expire` ON `admin_sign_ins` (`tm_expire`);--> statement-breakpoint
CREATE INDEX `idx_admin_links_user_id` ON `admin_links` (`user_id`);--> statement-breakpoint
CREATE INDEX `idx_admin_users_row_deleted` ON `admin_users` (`row_deleted`);--> statement-breakpoint
CREATE INDEX `idx_admin_users_row_deleted_name` ON `admin_users` (`row_deleted`,`name`);--> statement-breakpoint
CREATE INDEX `idx_admin_users_row_deleted_sign_in_order` ON `admin_users` (`row_deleted`,`sign_in_order`);--> statement-breakpoint
CREATE INDEX `idx_admin_users_row_deleted_role` ON `admin_users` (`row_deleted`,`role`);--> statement-breakpoint
CREATE INDEX `idx_admin_users_customer_id_row_deleted` ON `admin_users` (`customer_id`,`row_deleted`);