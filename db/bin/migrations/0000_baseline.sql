CREATE TABLE `admin_audit` (
	`id` binary(16) NOT NULL,
	`tm_create` datetime(6) NOT NULL,
	`actor_type` varchar(16),
	`actor_id` varchar(64),
	`actor_name` varchar(255),
	`customer_id` binary(16),
	`action` varchar(64) NOT NULL,
	`resource_type` varchar(32),
	`resource_id` varchar(64),
	`before` json,
	`after` json,
	`request_id` varchar(64),
	`ip` varchar(45),
	`user_agent` varchar(255),
	CONSTRAINT `admin_audit_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `admin_jobs` (
	`id` binary(16) NOT NULL,
	`type` varchar(64) NOT NULL,
	`state` varchar(16) NOT NULL,
	`customer_id` binary(16),
	`subject_type` varchar(32),
	`subject_id` binary(16),
	`payload` json,
	`progress` json,
	`attempts` int NOT NULL DEFAULT 0,
	`due_at` datetime(6) NOT NULL,
	`locked_until` datetime(6),
	`locked_by` varchar(64),
	`error` text,
	`request_id` varchar(64),
	`tm_create` datetime(6) NOT NULL,
	`tm_update` datetime(6),
	`tm_finish` datetime(6),
	CONSTRAINT `admin_jobs_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `admin_links` (
	`id` binary(16) NOT NULL,
	`purpose` varchar(16) NOT NULL,
	`user_id` binary(16),
	`token_hash` binary(32) NOT NULL,
	`tm_create` datetime(6) NOT NULL,
	`tm_expire` datetime(6) NOT NULL,
	`tm_use` datetime(6),
	CONSTRAINT `admin_links_id` PRIMARY KEY(`id`),
	CONSTRAINT `uq_admin_links_token_hash` UNIQUE(`token_hash`)
);
--> statement-breakpoint
CREATE TABLE `admin_locks` (
	`name` varchar(64) NOT NULL,
	CONSTRAINT `admin_locks_name` PRIMARY KEY(`name`)
);
--> statement-breakpoint
CREATE TABLE `admin_outbox` (
	`seq` bigint unsigned AUTO_INCREMENT NOT NULL,
	`message_id` binary(16) NOT NULL,
	`exchange` varchar(255) NOT NULL,
	`type` varchar(64) NOT NULL,
	`body` mediumtext NOT NULL,
	`cache_keys` text,
	`state` tinyint NOT NULL DEFAULT 0,
	`request_id` varchar(64),
	`tm_create` datetime(6) NOT NULL,
	CONSTRAINT `admin_outbox_seq` PRIMARY KEY(`seq`)
);
--> statement-breakpoint
CREATE TABLE `admin_preferences` (
	`user_id` binary(16) NOT NULL,
	`name` varchar(64) NOT NULL,
	`value` json,
	CONSTRAINT `admin_preferences_user_id_name_pk` PRIMARY KEY(`user_id`,`name`)
);
--> statement-breakpoint
CREATE TABLE `admin_receipts` (
	`id` binary(32) NOT NULL,
	`reply` mediumblob,
	`tm_create` datetime(6) NOT NULL,
	CONSTRAINT `admin_receipts_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `admin_sessions` (
	`id` binary(16) NOT NULL,
	`user_id` binary(16) NOT NULL,
	`ip` varchar(45),
	`user_agent` varchar(255),
	`tm_create` datetime(6) NOT NULL,
	`tm_last_seen` datetime(6),
	`tm_expire` datetime(6) NOT NULL,
	`tm_revoke` datetime(6),
	CONSTRAINT `admin_sessions_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `admin_users` (
	`id` binary(16) NOT NULL,
	`email` varchar(255),
	`name` varchar(255),
	`password_hash` varchar(255),
	`role` varchar(32),
	`customer_id` binary(16),
	`tm_last_login` datetime(6),
	`tm_create` datetime(6),
	`tm_update` datetime(6),
	`tm_delete` datetime(6),
	`email_live` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' or `email` = '' then null else lower(`email`) end)) VIRTUAL,
	CONSTRAINT `admin_users_id` PRIMARY KEY(`id`),
	CONSTRAINT `uq_admin_users_email_live` UNIQUE(`email_live`)
);
--> statement-breakpoint
CREATE TABLE `customer_accesskeys` (
	`id` binary(16) NOT NULL,
	`customer_id` binary(16),
	`name` varchar(255),
	`detail` text,
	`token` varchar(1023),
	`tm_expire` datetime(6),
	`tm_create` datetime(6),
	`tm_update` datetime(6),
	`tm_delete` datetime(6),
	`token_hash` binary(32),
	`prev_token_hash` binary(32),
	`tm_prev_expire` datetime(6),
	`tm_used` datetime(6),
	`used_ip` varchar(45),
	`used_agent` varchar(255),
	`cascade_id` binary(16),
	`row_deleted` tinyint GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' then 1 else 0 end)) VIRTUAL,
	CONSTRAINT `customer_accesskeys_id` PRIMARY KEY(`id`),
	CONSTRAINT `uq_customer_accesskeys_token_hash` UNIQUE(`token_hash`),
	CONSTRAINT `uq_customer_accesskeys_prev_token_hash` UNIQUE(`prev_token_hash`)
);
--> statement-breakpoint
CREATE TABLE `customer_customers` (
	`id` binary(16) NOT NULL,
	`name` varchar(255),
	`detail` text,
	`email` varchar(255),
	`phone_number` varchar(255),
	`address` varchar(1024),
	`webhook_method` varchar(255),
	`webhook_uri` varchar(1023),
	`billing_account_id` binary(16),
	`tm_create` datetime(6),
	`tm_update` datetime(6),
	`tm_delete` datetime(6),
	`row_deleted` tinyint GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' then 1 else 0 end)) VIRTUAL,
	`email_live` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' or `email` = '' then null else lower(`email`) end)) VIRTUAL,
	CONSTRAINT `customer_customers_id` PRIMARY KEY(`id`),
	CONSTRAINT `uq_customer_customers_email_live` UNIQUE(`email_live`)
);
--> statement-breakpoint
CREATE TABLE `number_numbers` (
	`id` binary(16) NOT NULL,
	`customer_id` binary(16),
	`call_flow_id` binary(16),
	`message_flow_id` binary(16),
	`name` varchar(255) DEFAULT '',
	`detail` text,
	`number` varchar(255),
	`tm_create` datetime(6),
	`tm_update` datetime(6),
	`tm_delete` datetime(6),
	`provider_name` varchar(255),
	`provider_reference_id` varchar(255),
	`status` varchar(32),
	`t38_enabled` boolean,
	`emergency_enabled` boolean,
	`tm_purchase` datetime(6),
	`tm_renew` datetime(6),
	CONSTRAINT `number_numbers_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `outdial_outdials` (
	`id` binary(16) NOT NULL,
	`customer_id` binary(16),
	`campaign_id` binary(16),
	`name` varchar(255),
	`detail` text,
	`data` text,
	`tm_create` datetime(6),
	`tm_update` datetime(6),
	`tm_delete` datetime(6),
	CONSTRAINT `outdial_outdials_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `outdial_outdialtargetcalls` (
	`id` binary(16) NOT NULL,
	`customer_id` binary(16),
	`campaign_id` binary(16),
	`outdial_id` binary(16),
	`outdial_target_id` binary(16),
	`activeflow_id` binary(16),
	`reference_type` varchar(255),
	`reference_id` binary(16),
	`status` varchar(255),
	`destination` json,
	`destination_index` int,
	`try_count` int,
	`tm_create` datetime(6),
	`tm_update` datetime(6),
	`tm_delete` datetime(6),
	CONSTRAINT `outdial_outdialtargetcalls_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `outdial_outdialtargets` (
	`id` binary(16) NOT NULL,
	`outdial_id` binary(16),
	`name` varchar(255),
	`detail` text,
	`data` text,
	`status` varchar(255),
	`destination_0` json,
	`destination_1` json,
	`destination_2` json,
	`destination_3` json,
	`destination_4` json,
	`try_count_0` int,
	`try_count_1` int,
	`try_count_2` int,
	`try_count_3` int,
	`try_count_4` int,
	`tm_create` datetime(6),
	`tm_update` datetime(6),
	`tm_delete` datetime(6),
	CONSTRAINT `outdial_outdialtargets_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `registrar_extensions` (
	`id` binary(16) NOT NULL,
	`customer_id` binary(16),
	`name` varchar(255),
	`detail` varchar(255),
	`endpoint_id` varchar(255),
	`aor_id` varchar(255),
	`auth_id` varchar(255),
	`extension` varchar(255),
	`domain_name` varchar(255),
	`realm` varchar(255),
	`username` varchar(255),
	`password` varchar(255),
	`tm_create` datetime(6),
	`tm_update` datetime(6),
	`tm_delete` datetime(6),
	CONSTRAINT `registrar_extensions_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `registrar_sip_auths` (
	`id` binary(16) NOT NULL,
	`reference_type` varchar(255),
	`auth_types` json,
	`realm` varchar(255),
	`username` varchar(255),
	`password` varchar(255),
	`allowed_ips` json,
	`tm_create` datetime(6),
	`tm_update` datetime(6),
	CONSTRAINT `registrar_sip_auths_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `registrar_trunks` (
	`id` binary(16) NOT NULL,
	`customer_id` binary(16),
	`name` varchar(255),
	`detail` varchar(255),
	`domain_name` varchar(255),
	`auth_types` json,
	`realm` varchar(255),
	`username` varchar(255),
	`password` varchar(255),
	`allowed_ips` json,
	`tm_create` datetime(6),
	`tm_update` datetime(6),
	`tm_delete` datetime(6),
	CONSTRAINT `registrar_trunks_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE INDEX `idx_admin_audit_customer_id` ON `admin_audit` (`customer_id`,`id`);--> statement-breakpoint
CREATE INDEX `idx_admin_audit_resource_id` ON `admin_audit` (`resource_id`,`id`);--> statement-breakpoint
CREATE INDEX `idx_admin_audit_actor_id` ON `admin_audit` (`actor_id`,`id`);--> statement-breakpoint
CREATE INDEX `idx_admin_audit_action` ON `admin_audit` (`action`,`id`);--> statement-breakpoint
CREATE INDEX `idx_admin_jobs_state_due_at` ON `admin_jobs` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `idx_admin_jobs_subject_id_tm_create` ON `admin_jobs` (`subject_id`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_admin_jobs_customer_id_tm_create` ON `admin_jobs` (`customer_id`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_admin_outbox_state` ON `admin_outbox` (`state`,`seq`);--> statement-breakpoint
CREATE INDEX `idx_admin_receipts_tm_create` ON `admin_receipts` (`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_admin_sessions_user_id` ON `admin_sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `idx_admin_sessions_tm_expire` ON `admin_sessions` (`tm_expire`);--> statement-breakpoint
CREATE INDEX `idx_customer_accesskeys_customer_id` ON `customer_accesskeys` (`customer_id`);--> statement-breakpoint
CREATE INDEX `idx_customer_accesskeys_token` ON `customer_accesskeys` (`token`(64));--> statement-breakpoint
CREATE INDEX `idx_customer_accesskeys_customer_id_tm_create` ON `customer_accesskeys` (`customer_id`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_customer_accesskeys_customer_id_deleted_tm_create` ON `customer_accesskeys` (`customer_id`,`row_deleted`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_customer_accesskeys_tm_create` ON `customer_accesskeys` (`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_customer_accesskeys_deleted_tm_create` ON `customer_accesskeys` (`row_deleted`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_customer_accesskeys_name_tm_create` ON `customer_accesskeys` (`name`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_customer_customers_tm_create` ON `customer_customers` (`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_customer_customers_deleted_tm_create` ON `customer_customers` (`row_deleted`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_customer_customers_deleted_name` ON `customer_customers` (`row_deleted`,`name`);--> statement-breakpoint
CREATE INDEX `idx_customer_customers_name` ON `customer_customers` (`name`);--> statement-breakpoint
CREATE INDEX `idx_customer_customers_name_tm_create` ON `customer_customers` (`name`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_customer_customers_email_tm_create` ON `customer_customers` (`email`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_customer_customers_phone_number_tm_create` ON `customer_customers` (`phone_number`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_customer_customers_billing_account_id_tm_create` ON `customer_customers` (`billing_account_id`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_number_numbers_number` ON `number_numbers` (`number`);--> statement-breakpoint
CREATE INDEX `idx_number_numbers_customer_id` ON `number_numbers` (`customer_id`);--> statement-breakpoint
CREATE INDEX `idx_number_numbers_call_flow_id` ON `number_numbers` (`call_flow_id`);--> statement-breakpoint
CREATE INDEX `idx_number_numbers_message_flow_id` ON `number_numbers` (`message_flow_id`);--> statement-breakpoint
CREATE INDEX `idx_number_numbers_provider_name` ON `number_numbers` (`provider_name`);--> statement-breakpoint
CREATE INDEX `idx_number_numbers_tm_renew` ON `number_numbers` (`tm_renew`);--> statement-breakpoint
CREATE INDEX `idx_outdial_outdials_customer_id` ON `outdial_outdials` (`customer_id`);--> statement-breakpoint
CREATE INDEX `idx_outdial_outdials_campaign_id` ON `outdial_outdials` (`campaign_id`);--> statement-breakpoint
CREATE INDEX `idx_outdial_outdialtargetcalls_customer_id` ON `outdial_outdialtargetcalls` (`customer_id`);--> statement-breakpoint
CREATE INDEX `idx_outdial_outdialtargetcalls_campaign_id` ON `outdial_outdialtargetcalls` (`campaign_id`);--> statement-breakpoint
CREATE INDEX `idx_outdial_outdialtargetcalls_outdial_target_id` ON `outdial_outdialtargetcalls` (`outdial_target_id`);--> statement-breakpoint
CREATE INDEX `idx_outdial_outdialtargetcalls_activeflow_id` ON `outdial_outdialtargetcalls` (`activeflow_id`);--> statement-breakpoint
CREATE INDEX `idx_outdial_outdialtargetcalls_reference_id` ON `outdial_outdialtargetcalls` (`reference_id`);--> statement-breakpoint
CREATE INDEX `idx_outdial_outdialtargets_outdial_id` ON `outdial_outdialtargets` (`outdial_id`);--> statement-breakpoint
CREATE INDEX `idx_registrar_extensions_customer_id` ON `registrar_extensions` (`customer_id`);--> statement-breakpoint
CREATE INDEX `idx_registrar_extensions_extension` ON `registrar_extensions` (`extension`);--> statement-breakpoint
CREATE INDEX `idx_registrar_extensions_domain_name` ON `registrar_extensions` (`domain_name`);--> statement-breakpoint
CREATE INDEX `idx_registrar_extensions_username` ON `registrar_extensions` (`username`);--> statement-breakpoint
CREATE INDEX `idx_registrar_extensions_realm` ON `registrar_extensions` (`realm`);--> statement-breakpoint
CREATE INDEX `idx_registrar_sip_auths_realm` ON `registrar_sip_auths` (`realm`);--> statement-breakpoint
CREATE INDEX `idx_registrar_trunks_customer_id` ON `registrar_trunks` (`customer_id`);--> statement-breakpoint
CREATE INDEX `idx_registrar_trunks_domain_name` ON `registrar_trunks` (`domain_name`);--> statement-breakpoint
CREATE INDEX `idx_registrar_trunks_realm` ON `registrar_trunks` (`realm`);