// Written by scripts/db-generate.mjs. Do not edit.
export const steps = [
  {
    "migration": "0000_baseline",
    "table": "admin_audit",
    "sql": "CREATE TABLE `admin_audit` (\n\t`id` binary(16) NOT NULL,\n\t`tm_create` datetime(6) NOT NULL,\n\t`actor_type` varchar(16),\n\t`actor_id` varchar(64),\n\t`actor_name` varchar(255),\n\t`customer_id` binary(16),\n\t`action` varchar(64) NOT NULL,\n\t`resource_type` varchar(32),\n\t`resource_id` varchar(64),\n\t`before` json,\n\t`after` json,\n\t`request_id` varchar(64),\n\t`ip` varchar(45),\n\t`user_agent` varchar(255),\n\tCONSTRAINT `admin_audit_id` PRIMARY KEY(`id`),\n\tINDEX `idx_admin_audit_customer_id` (`customer_id`,`id`),\n\tINDEX `idx_admin_audit_resource_id` (`resource_id`,`id`),\n\tINDEX `idx_admin_audit_actor_id` (`actor_id`,`id`),\n\tINDEX `idx_admin_audit_action` (`action`,`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "admin_jobs",
    "sql": "CREATE TABLE `admin_jobs` (\n\t`id` binary(16) NOT NULL,\n\t`type` varchar(64) NOT NULL,\n\t`state` varchar(16) NOT NULL,\n\t`customer_id` binary(16),\n\t`subject_type` varchar(32),\n\t`subject_id` binary(16),\n\t`payload` json,\n\t`progress` json,\n\t`attempts` int NOT NULL DEFAULT 0,\n\t`due_at` datetime(6) NOT NULL,\n\t`locked_until` datetime(6),\n\t`locked_by` varchar(64),\n\t`error` text,\n\t`request_id` varchar(64),\n\t`tm_create` datetime(6) NOT NULL,\n\t`tm_update` datetime(6),\n\t`tm_finish` datetime(6),\n\tCONSTRAINT `admin_jobs_id` PRIMARY KEY(`id`),\n\tINDEX `idx_admin_jobs_state_due_at` (`state`,`due_at`),\n\tINDEX `idx_admin_jobs_subject_id_tm_create` (`subject_id`,`tm_create`),\n\tINDEX `idx_admin_jobs_customer_id_tm_create` (`customer_id`,`tm_create`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "admin_links",
    "sql": "CREATE TABLE `admin_links` (\n\t`id` binary(16) NOT NULL,\n\t`purpose` varchar(16) NOT NULL,\n\t`user_id` binary(16),\n\t`token_hash` binary(32) NOT NULL,\n\t`tm_create` datetime(6) NOT NULL,\n\t`tm_expire` datetime(6) NOT NULL,\n\t`tm_use` datetime(6),\n\tCONSTRAINT `admin_links_id` PRIMARY KEY(`id`),\n\tCONSTRAINT `uq_admin_links_token_hash` UNIQUE(`token_hash`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "admin_locks",
    "sql": "CREATE TABLE `admin_locks` (\n\t`name` varchar(64) NOT NULL,\n\tCONSTRAINT `admin_locks_name` PRIMARY KEY(`name`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "admin_outbox",
    "sql": "CREATE TABLE `admin_outbox` (\n\t`seq` bigint unsigned AUTO_INCREMENT NOT NULL,\n\t`message_id` binary(16) NOT NULL,\n\t`exchange` varchar(255) NOT NULL,\n\t`type` varchar(64) NOT NULL,\n\t`body` mediumtext NOT NULL,\n\t`cache_keys` text,\n\t`state` tinyint NOT NULL DEFAULT 0,\n\t`request_id` varchar(64),\n\t`tm_create` datetime(6) NOT NULL,\n\tCONSTRAINT `admin_outbox_seq` PRIMARY KEY(`seq`),\n\tINDEX `idx_admin_outbox_state` (`state`,`seq`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "admin_preferences",
    "sql": "CREATE TABLE `admin_preferences` (\n\t`user_id` binary(16) NOT NULL,\n\t`name` varchar(64) NOT NULL,\n\t`value` json,\n\tCONSTRAINT `admin_preferences_user_id_name_pk` PRIMARY KEY(`user_id`,`name`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "admin_receipts",
    "sql": "CREATE TABLE `admin_receipts` (\n\t`id` binary(32) NOT NULL,\n\t`reply` mediumblob,\n\t`tm_create` datetime(6) NOT NULL,\n\tCONSTRAINT `admin_receipts_id` PRIMARY KEY(`id`),\n\tINDEX `idx_admin_receipts_tm_create` (`tm_create`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "admin_sessions",
    "sql": "CREATE TABLE `admin_sessions` (\n\t`id` binary(16) NOT NULL,\n\t`user_id` binary(16) NOT NULL,\n\t`ip` varchar(45),\n\t`user_agent` varchar(255),\n\t`tm_create` datetime(6) NOT NULL,\n\t`tm_last_seen` datetime(6),\n\t`tm_expire` datetime(6) NOT NULL,\n\t`tm_revoke` datetime(6),\n\tCONSTRAINT `admin_sessions_id` PRIMARY KEY(`id`),\n\tINDEX `idx_admin_sessions_user_id` (`user_id`),\n\tINDEX `idx_admin_sessions_tm_expire` (`tm_expire`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "admin_users",
    "sql": "CREATE TABLE `admin_users` (\n\t`id` binary(16) NOT NULL,\n\t`email` varchar(255),\n\t`name` varchar(255),\n\t`password_hash` varchar(255),\n\t`role` varchar(32),\n\t`customer_id` binary(16),\n\t`tm_last_login` datetime(6),\n\t`tm_create` datetime(6),\n\t`tm_update` datetime(6),\n\t`tm_delete` datetime(6),\n\t`email_live` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' or `email` = '' then null else lower(`email`) end)) VIRTUAL,\n\tCONSTRAINT `admin_users_id` PRIMARY KEY(`id`),\n\tCONSTRAINT `uq_admin_users_email_live` UNIQUE(`email_live`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "customer_accesskeys",
    "sql": "CREATE TABLE `customer_accesskeys` (\n\t`id` binary(16) NOT NULL,\n\t`customer_id` binary(16),\n\t`name` varchar(255),\n\t`detail` text,\n\t`token` varchar(1023),\n\t`tm_expire` datetime(6),\n\t`tm_create` datetime(6),\n\t`tm_update` datetime(6),\n\t`tm_delete` datetime(6),\n\t`token_hash` binary(32),\n\t`prev_token_hash` binary(32),\n\t`tm_prev_expire` datetime(6),\n\t`tm_used` datetime(6),\n\t`used_ip` varchar(45),\n\t`used_agent` varchar(255),\n\t`cascade_id` binary(16),\n\t`row_deleted` tinyint GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' then 1 else 0 end)) VIRTUAL,\n\tCONSTRAINT `customer_accesskeys_id` PRIMARY KEY(`id`),\n\tCONSTRAINT `uq_customer_accesskeys_token_hash` UNIQUE(`token_hash`),\n\tCONSTRAINT `uq_customer_accesskeys_prev_token_hash` UNIQUE(`prev_token_hash`),\n\tINDEX `idx_customer_accesskeys_customer_id` (`customer_id`),\n\tINDEX `idx_customer_accesskeys_token` (`token`(64)),\n\tINDEX `idx_customer_accesskeys_customer_id_tm_create` (`customer_id`,`tm_create`),\n\tINDEX `idx_customer_accesskeys_customer_id_deleted_tm_create` (`customer_id`,`row_deleted`,`tm_create`),\n\tINDEX `idx_customer_accesskeys_tm_create` (`tm_create`),\n\tINDEX `idx_customer_accesskeys_deleted_tm_create` (`row_deleted`,`tm_create`),\n\tINDEX `idx_customer_accesskeys_name_tm_create` (`name`,`tm_create`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "customer_customers",
    "sql": "CREATE TABLE `customer_customers` (\n\t`id` binary(16) NOT NULL,\n\t`name` varchar(255),\n\t`detail` text,\n\t`email` varchar(255),\n\t`phone_number` varchar(255),\n\t`address` varchar(1024),\n\t`webhook_method` varchar(255),\n\t`webhook_uri` varchar(1023),\n\t`billing_account_id` binary(16),\n\t`tm_create` datetime(6),\n\t`tm_update` datetime(6),\n\t`tm_delete` datetime(6),\n\t`row_deleted` tinyint GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' then 1 else 0 end)) VIRTUAL,\n\t`email_live` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' or `email` = '' then null else lower(`email`) end)) VIRTUAL,\n\tCONSTRAINT `customer_customers_id` PRIMARY KEY(`id`),\n\tCONSTRAINT `uq_customer_customers_email_live` UNIQUE(`email_live`),\n\tINDEX `idx_customer_customers_tm_create` (`tm_create`),\n\tINDEX `idx_customer_customers_deleted_tm_create` (`row_deleted`,`tm_create`),\n\tINDEX `idx_customer_customers_deleted_name` (`row_deleted`,`name`),\n\tINDEX `idx_customer_customers_name` (`name`),\n\tINDEX `idx_customer_customers_name_tm_create` (`name`,`tm_create`),\n\tINDEX `idx_customer_customers_email_tm_create` (`email`,`tm_create`),\n\tINDEX `idx_customer_customers_phone_number_tm_create` (`phone_number`,`tm_create`),\n\tINDEX `idx_customer_customers_billing_account_id_tm_create` (`billing_account_id`,`tm_create`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "number_numbers",
    "sql": "CREATE TABLE `number_numbers` (\n\t`id` binary(16) NOT NULL,\n\t`customer_id` binary(16),\n\t`call_flow_id` binary(16),\n\t`message_flow_id` binary(16),\n\t`name` varchar(255) DEFAULT '',\n\t`detail` text,\n\t`number` varchar(255),\n\t`tm_create` datetime(6),\n\t`tm_update` datetime(6),\n\t`tm_delete` datetime(6),\n\t`provider_name` varchar(255),\n\t`provider_reference_id` varchar(255),\n\t`status` varchar(32),\n\t`t38_enabled` boolean,\n\t`emergency_enabled` boolean,\n\t`tm_purchase` datetime(6),\n\t`tm_renew` datetime(6),\n\tCONSTRAINT `number_numbers_id` PRIMARY KEY(`id`),\n\tINDEX `idx_number_numbers_number` (`number`),\n\tINDEX `idx_number_numbers_customer_id` (`customer_id`),\n\tINDEX `idx_number_numbers_call_flow_id` (`call_flow_id`),\n\tINDEX `idx_number_numbers_message_flow_id` (`message_flow_id`),\n\tINDEX `idx_number_numbers_provider_name` (`provider_name`),\n\tINDEX `idx_number_numbers_tm_renew` (`tm_renew`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "outdial_outdials",
    "sql": "CREATE TABLE `outdial_outdials` (\n\t`id` binary(16) NOT NULL,\n\t`customer_id` binary(16),\n\t`campaign_id` binary(16),\n\t`name` varchar(255),\n\t`detail` text,\n\t`data` text,\n\t`tm_create` datetime(6),\n\t`tm_update` datetime(6),\n\t`tm_delete` datetime(6),\n\tCONSTRAINT `outdial_outdials_id` PRIMARY KEY(`id`),\n\tINDEX `idx_outdial_outdials_customer_id` (`customer_id`),\n\tINDEX `idx_outdial_outdials_campaign_id` (`campaign_id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "outdial_outdialtargetcalls",
    "sql": "CREATE TABLE `outdial_outdialtargetcalls` (\n\t`id` binary(16) NOT NULL,\n\t`customer_id` binary(16),\n\t`campaign_id` binary(16),\n\t`outdial_id` binary(16),\n\t`outdial_target_id` binary(16),\n\t`activeflow_id` binary(16),\n\t`reference_type` varchar(255),\n\t`reference_id` binary(16),\n\t`status` varchar(255),\n\t`destination` json,\n\t`destination_index` int,\n\t`try_count` int,\n\t`tm_create` datetime(6),\n\t`tm_update` datetime(6),\n\t`tm_delete` datetime(6),\n\tCONSTRAINT `outdial_outdialtargetcalls_id` PRIMARY KEY(`id`),\n\tINDEX `idx_outdial_outdialtargetcalls_customer_id` (`customer_id`),\n\tINDEX `idx_outdial_outdialtargetcalls_campaign_id` (`campaign_id`),\n\tINDEX `idx_outdial_outdialtargetcalls_outdial_target_id` (`outdial_target_id`),\n\tINDEX `idx_outdial_outdialtargetcalls_activeflow_id` (`activeflow_id`),\n\tINDEX `idx_outdial_outdialtargetcalls_reference_id` (`reference_id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "outdial_outdialtargets",
    "sql": "CREATE TABLE `outdial_outdialtargets` (\n\t`id` binary(16) NOT NULL,\n\t`outdial_id` binary(16),\n\t`name` varchar(255),\n\t`detail` text,\n\t`data` text,\n\t`status` varchar(255),\n\t`destination_0` json,\n\t`destination_1` json,\n\t`destination_2` json,\n\t`destination_3` json,\n\t`destination_4` json,\n\t`try_count_0` int,\n\t`try_count_1` int,\n\t`try_count_2` int,\n\t`try_count_3` int,\n\t`try_count_4` int,\n\t`tm_create` datetime(6),\n\t`tm_update` datetime(6),\n\t`tm_delete` datetime(6),\n\tCONSTRAINT `outdial_outdialtargets_id` PRIMARY KEY(`id`),\n\tINDEX `idx_outdial_outdialtargets_outdial_id` (`outdial_id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "registrar_extensions",
    "sql": "CREATE TABLE `registrar_extensions` (\n\t`id` binary(16) NOT NULL,\n\t`customer_id` binary(16),\n\t`name` varchar(255),\n\t`detail` varchar(255),\n\t`endpoint_id` varchar(255),\n\t`aor_id` varchar(255),\n\t`auth_id` varchar(255),\n\t`extension` varchar(255),\n\t`domain_name` varchar(255),\n\t`realm` varchar(255),\n\t`username` varchar(255),\n\t`password` varchar(255),\n\t`tm_create` datetime(6),\n\t`tm_update` datetime(6),\n\t`tm_delete` datetime(6),\n\tCONSTRAINT `registrar_extensions_id` PRIMARY KEY(`id`),\n\tINDEX `idx_registrar_extensions_customer_id` (`customer_id`),\n\tINDEX `idx_registrar_extensions_extension` (`extension`),\n\tINDEX `idx_registrar_extensions_domain_name` (`domain_name`),\n\tINDEX `idx_registrar_extensions_username` (`username`),\n\tINDEX `idx_registrar_extensions_realm` (`realm`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "registrar_sip_auths",
    "sql": "CREATE TABLE `registrar_sip_auths` (\n\t`id` binary(16) NOT NULL,\n\t`reference_type` varchar(255),\n\t`auth_types` json,\n\t`realm` varchar(255),\n\t`username` varchar(255),\n\t`password` varchar(255),\n\t`allowed_ips` json,\n\t`tm_create` datetime(6),\n\t`tm_update` datetime(6),\n\tCONSTRAINT `registrar_sip_auths_id` PRIMARY KEY(`id`),\n\tINDEX `idx_registrar_sip_auths_realm` (`realm`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0000_baseline",
    "table": "registrar_trunks",
    "sql": "CREATE TABLE `registrar_trunks` (\n\t`id` binary(16) NOT NULL,\n\t`customer_id` binary(16),\n\t`name` varchar(255),\n\t`detail` varchar(255),\n\t`domain_name` varchar(255),\n\t`auth_types` json,\n\t`realm` varchar(255),\n\t`username` varchar(255),\n\t`password` varchar(255),\n\t`allowed_ips` json,\n\t`tm_create` datetime(6),\n\t`tm_update` datetime(6),\n\t`tm_delete` datetime(6),\n\tCONSTRAINT `registrar_trunks_id` PRIMARY KEY(`id`),\n\tINDEX `idx_registrar_trunks_customer_id` (`customer_id`),\n\tINDEX `idx_registrar_trunks_domain_name` (`domain_name`),\n\tINDEX `idx_registrar_trunks_realm` (`realm`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0001_bizarre_aqueduct",
    "table": "admin_daily_counts",
    "sql": "CREATE TABLE `admin_daily_counts` (\n\t`name` varchar(32) NOT NULL,\n\t`day` varchar(10) NOT NULL,\n\t`count` bigint unsigned NOT NULL,\n\tCONSTRAINT `admin_daily_counts_name_day_pk` PRIMARY KEY(`name`,`day`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0001_bizarre_aqueduct",
    "table": "admin_processes",
    "sql": "CREATE TABLE `admin_processes` (\n\t`id` binary(16) NOT NULL,\n\t`kind` varchar(16) NOT NULL,\n\t`name` varchar(64) NOT NULL,\n\t`roles` varchar(255) NOT NULL,\n\t`version` varchar(64) NOT NULL,\n\t`node` varchar(32) NOT NULL,\n\t`tm_start` datetime(6) NOT NULL,\n\t`tm_beat` datetime(6) NOT NULL,\n\tCONSTRAINT `admin_processes_id` PRIMARY KEY(`id`),\n\tINDEX `idx_admin_processes_tm_beat` (`tm_beat`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0001_bizarre_aqueduct",
    "table": "customer_accesskeys",
    "sql": "ALTER TABLE `customer_accesskeys` ADD `tm_idle` datetime(6) GENERATED ALWAYS AS ((coalesce(`tm_used`,`tm_create`))) VIRTUAL"
  },
  {
    "migration": "0001_bizarre_aqueduct",
    "table": "admin_audit",
    "sql": "CREATE INDEX `idx_admin_audit_resource_type` ON `admin_audit` (`resource_type`,`id`)"
  },
  {
    "migration": "0001_bizarre_aqueduct",
    "table": "admin_audit",
    "sql": "CREATE INDEX `idx_admin_audit_request_id` ON `admin_audit` (`request_id`,`id`)"
  },
  {
    "migration": "0001_bizarre_aqueduct",
    "table": "admin_audit",
    "sql": "CREATE INDEX `idx_admin_audit_customer_id_action` ON `admin_audit` (`customer_id`,`action`,`id`)"
  },
  {
    "migration": "0001_bizarre_aqueduct",
    "table": "admin_audit",
    "sql": "CREATE INDEX `idx_admin_audit_customer_id_resource_type` ON `admin_audit` (`customer_id`,`resource_type`,`id`)"
  },
  {
    "migration": "0001_bizarre_aqueduct",
    "table": "admin_audit",
    "sql": "CREATE INDEX `idx_admin_audit_customer_id_actor_id` ON `admin_audit` (`customer_id`,`actor_id`,`id`)"
  },
  {
    "migration": "0001_bizarre_aqueduct",
    "table": "admin_audit",
    "sql": "CREATE INDEX `idx_admin_audit_actor_id_action` ON `admin_audit` (`actor_id`,`action`,`id`)"
  },
  {
    "migration": "0001_bizarre_aqueduct",
    "table": "customer_accesskeys",
    "sql": "CREATE INDEX `idx_customer_accesskeys_deleted_tm_expire` ON `customer_accesskeys` (`row_deleted`,`tm_expire`)"
  },
  {
    "migration": "0001_bizarre_aqueduct",
    "table": "customer_accesskeys",
    "sql": "CREATE INDEX `idx_customer_accesskeys_deleted_tm_idle` ON `customer_accesskeys` (`row_deleted`,`tm_idle`)"
  },
  {
    "migration": "0001_bizarre_aqueduct",
    "table": "customer_accesskeys",
    "sql": "CREATE INDEX `idx_customer_accesskeys_deleted_tm_used` ON `customer_accesskeys` (`row_deleted`,`tm_used`)"
  },
  {
    "migration": "0001_bizarre_aqueduct",
    "table": "customer_accesskeys",
    "sql": "CREATE INDEX `idx_customer_accesskeys_customer_id_deleted_tm_expire` ON `customer_accesskeys` (`customer_id`,`row_deleted`,`tm_expire`)"
  },
  {
    "migration": "0001_bizarre_aqueduct",
    "table": "customer_accesskeys",
    "sql": "CREATE INDEX `idx_customer_accesskeys_customer_id_deleted_tm_idle` ON `customer_accesskeys` (`customer_id`,`row_deleted`,`tm_idle`)"
  },
  {
    "migration": "0001_bizarre_aqueduct",
    "table": "customer_accesskeys",
    "sql": "CREATE INDEX `idx_customer_accesskeys_customer_id_deleted_tm_used` ON `customer_accesskeys` (`customer_id`,`row_deleted`,`tm_used`)"
  },
  {
    "migration": "0002_admins",
    "table": "admin_passkeys",
    "sql": "CREATE TABLE `admin_passkeys` (\n\t`id` binary(16) NOT NULL,\n\t`user_id` binary(16) NOT NULL,\n\t`name` varchar(255) NOT NULL,\n\t`credential_id` varbinary(1023) NOT NULL,\n\t`credential_hash` binary(32) NOT NULL,\n\t`public_key` varbinary(2048) NOT NULL,\n\t`counter` bigint unsigned NOT NULL,\n\t`transports` varchar(255) NOT NULL,\n\t`synced` tinyint NOT NULL,\n\t`tm_create` datetime(6) NOT NULL,\n\t`tm_last_use` datetime(6),\n\tCONSTRAINT `admin_passkeys_id` PRIMARY KEY(`id`),\n\tCONSTRAINT `uq_admin_passkeys_credential_hash` UNIQUE(`credential_hash`),\n\tINDEX `idx_admin_passkeys_user_id` (`user_id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0002_admins",
    "table": "admin_recovery_codes",
    "sql": "CREATE TABLE `admin_recovery_codes` (\n\t`user_id` binary(16) NOT NULL,\n\t`code_hash` binary(32) NOT NULL,\n\t`tm_create` datetime(6) NOT NULL,\n\t`tm_use` datetime(6),\n\tCONSTRAINT `admin_recovery_codes_user_id_code_hash_pk` PRIMARY KEY(`user_id`,`code_hash`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0002_admins",
    "table": "admin_sign_ins",
    "sql": "CREATE TABLE `admin_sign_ins` (\n\t`id` binary(32) NOT NULL,\n\t`user_id` binary(16),\n\t`attempts` tinyint NOT NULL DEFAULT 0,\n\t`challenge` varchar(64),\n\t`tm_create` datetime(6) NOT NULL,\n\t`tm_expire` datetime(6) NOT NULL,\n\t`tm_use` datetime(6),\n\tCONSTRAINT `admin_sign_ins_id` PRIMARY KEY(`id`),\n\tINDEX `idx_admin_sign_ins_tm_expire` (`tm_expire`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0002_admins",
    "table": "admin_totp",
    "sql": "CREATE TABLE `admin_totp` (\n\t`user_id` binary(16) NOT NULL,\n\t`secret` varbinary(255) NOT NULL,\n\t`last_step` bigint NOT NULL DEFAULT 0,\n\t`tm_create` datetime(6) NOT NULL,\n\t`tm_confirm` datetime(6),\n\tCONSTRAINT `admin_totp_user_id` PRIMARY KEY(`user_id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0002_admins",
    "table": "admin_sessions",
    "sql": "ALTER TABLE `admin_sessions` ADD `tm_confirm` datetime(6)"
  },
  {
    "migration": "0002_admins",
    "table": "admin_sessions",
    "sql": "ALTER TABLE `admin_sessions` ADD `challenge` varchar(64)"
  },
  {
    "migration": "0002_admins",
    "table": "admin_sessions",
    "sql": "ALTER TABLE `admin_sessions` ADD `tm_challenge` datetime(6)"
  },
  {
    "migration": "0002_admins",
    "table": "admin_users",
    "sql": "ALTER TABLE `admin_users` ADD `tm_disable` datetime(6)"
  },
  {
    "migration": "0002_admins",
    "table": "admin_users",
    "sql": "ALTER TABLE `admin_users` ADD `cascade_id` binary(16)"
  },
  {
    "migration": "0002_admins",
    "table": "admin_users",
    "sql": "ALTER TABLE `admin_users` ADD `row_deleted` tinyint GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' then 1 else 0 end)) VIRTUAL"
  },
  {
    "migration": "0002_admins",
    "table": "admin_users",
    "sql": "ALTER TABLE `admin_users` ADD `sign_in_order` datetime(6) GENERATED ALWAYS AS ((ifnull(`tm_last_login`, '1000-01-01 00:00:00.000000'))) VIRTUAL"
  },
  {
    "migration": "0002_admins",
    "table": "admin_links",
    "sql": "CREATE INDEX `idx_admin_links_user_id` ON `admin_links` (`user_id`)"
  },
  {
    "migration": "0002_admins",
    "table": "admin_users",
    "sql": "CREATE INDEX `idx_admin_users_row_deleted` ON `admin_users` (`row_deleted`)"
  },
  {
    "migration": "0002_admins",
    "table": "admin_users",
    "sql": "CREATE INDEX `idx_admin_users_row_deleted_name` ON `admin_users` (`row_deleted`,`name`)"
  },
  {
    "migration": "0002_admins",
    "table": "admin_users",
    "sql": "CREATE INDEX `idx_admin_users_row_deleted_sign_in_order` ON `admin_users` (`row_deleted`,`sign_in_order`)"
  },
  {
    "migration": "0002_admins",
    "table": "admin_users",
    "sql": "CREATE INDEX `idx_admin_users_row_deleted_role` ON `admin_users` (`row_deleted`,`role`)"
  },
  {
    "migration": "0002_admins",
    "table": "admin_users",
    "sql": "CREATE INDEX `idx_admin_users_customer_id_row_deleted` ON `admin_users` (`customer_id`,`row_deleted`)"
  },
  {
    "migration": "0003_bulk-jobs",
    "table": "admin_job_results",
    "sql": "CREATE TABLE `admin_job_results` (\n\t`job_id` binary(16) NOT NULL,\n\t`seq` int unsigned NOT NULL,\n\t`item_id` binary(16) NOT NULL,\n\t`customer_id` binary(16),\n\t`label` varchar(255),\n\t`state` varchar(16) NOT NULL,\n\t`reason` varchar(64),\n\t`message` varchar(255),\n\t`tm_update` datetime(6) NOT NULL,\n\tCONSTRAINT `admin_job_results_job_id_seq_pk` PRIMARY KEY(`job_id`,`seq`),\n\tCONSTRAINT `uq_admin_job_results_item_id` UNIQUE(`job_id`,`item_id`),\n\tINDEX `idx_admin_job_results_state` (`job_id`,`state`,`seq`),\n\tINDEX `idx_admin_job_results_tm_update` (`tm_update`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0003_bulk-jobs",
    "table": "admin_jobs",
    "sql": "ALTER TABLE `admin_jobs` ADD `owner_type` varchar(16)"
  },
  {
    "migration": "0003_bulk-jobs",
    "table": "admin_jobs",
    "sql": "ALTER TABLE `admin_jobs` ADD `owner_id` varchar(64)"
  },
  {
    "migration": "0003_bulk-jobs",
    "table": "admin_jobs",
    "sql": "ALTER TABLE `admin_jobs` ADD `owner_name` varchar(255)"
  },
  {
    "migration": "0003_bulk-jobs",
    "table": "admin_jobs",
    "sql": "CREATE INDEX `idx_admin_jobs_tm_create` ON `admin_jobs` (`tm_create`)"
  },
  {
    "migration": "0003_bulk-jobs",
    "table": "admin_jobs",
    "sql": "CREATE INDEX `idx_admin_jobs_state_tm_create` ON `admin_jobs` (`state`,`tm_create`)"
  },
  {
    "migration": "0003_bulk-jobs",
    "table": "admin_jobs",
    "sql": "CREATE INDEX `idx_admin_jobs_type_tm_create` ON `admin_jobs` (`type`,`tm_create`)"
  },
  {
    "migration": "0003_bulk-jobs",
    "table": "admin_jobs",
    "sql": "CREATE INDEX `idx_admin_jobs_owner_id_tm_create` ON `admin_jobs` (`owner_id`,`tm_create`)"
  },
  {
    "migration": "0004_sign-ins-of-an-admin",
    "table": "admin_sign_ins",
    "sql": "CREATE INDEX `idx_admin_sign_ins_user_id` ON `admin_sign_ins` (`user_id`)"
  },
  {
    "migration": "0005_customer-lists",
    "table": "customer_customers",
    "sql": "CREATE INDEX `idx_customer_customers_deleted_billing_tm_create` ON `customer_customers` (`row_deleted`,`billing_account_id`,`tm_create`)"
  },
  {
    "migration": "0006_billing-names",
    "table": "customer_customers",
    "sql": "CREATE INDEX `idx_customer_customers_deleted_billing_name` ON `customer_customers` (`row_deleted`,`billing_account_id`,`name`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_extensions",
    "sql": "ALTER TABLE `registrar_extensions` ADD `cascade_id` binary(16)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_extensions",
    "sql": "ALTER TABLE `registrar_extensions` ADD `row_deleted` tinyint GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' then 1 else 0 end)) VIRTUAL"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_extensions",
    "sql": "ALTER TABLE `registrar_extensions` ADD `extension_live` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' or `extension` = '' then null else lower(rtrim(`extension`)) end)) VIRTUAL"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_trunks",
    "sql": "ALTER TABLE `registrar_trunks` ADD `cascade_id` binary(16)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_trunks",
    "sql": "ALTER TABLE `registrar_trunks` ADD `row_deleted` tinyint GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' then 1 else 0 end)) VIRTUAL"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_trunks",
    "sql": "ALTER TABLE `registrar_trunks` ADD `domain_name_live` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' or `domain_name` = '' then null else lower(rtrim(`domain_name`)) end)) VIRTUAL"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_extensions",
    "sql": "ALTER TABLE `registrar_extensions` ADD CONSTRAINT `uq_registrar_extensions_customer_id_extension_live` UNIQUE(`customer_id`,`extension_live`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_trunks",
    "sql": "ALTER TABLE `registrar_trunks` ADD CONSTRAINT `uq_registrar_trunks_domain_name_live` UNIQUE(`domain_name_live`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_extensions",
    "sql": "CREATE INDEX `idx_registrar_extensions_tm_create` ON `registrar_extensions` (`tm_create`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_extensions",
    "sql": "CREATE INDEX `idx_registrar_extensions_deleted_tm_create` ON `registrar_extensions` (`row_deleted`,`tm_create`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_extensions",
    "sql": "CREATE INDEX `idx_registrar_extensions_deleted_extension` ON `registrar_extensions` (`row_deleted`,`extension`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_extensions",
    "sql": "CREATE INDEX `idx_registrar_extensions_deleted_name` ON `registrar_extensions` (`row_deleted`,`name`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_extensions",
    "sql": "CREATE INDEX `idx_registrar_extensions_customer_id_deleted_tm_create` ON `registrar_extensions` (`customer_id`,`row_deleted`,`tm_create`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_extensions",
    "sql": "CREATE INDEX `idx_registrar_extensions_customer_id_deleted_extension` ON `registrar_extensions` (`customer_id`,`row_deleted`,`extension`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_extensions",
    "sql": "CREATE INDEX `idx_registrar_extensions_customer_id_deleted_name` ON `registrar_extensions` (`customer_id`,`row_deleted`,`name`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_extensions",
    "sql": "CREATE INDEX `idx_registrar_extensions_customer_id_extension` ON `registrar_extensions` (`customer_id`,`extension`,`tm_create`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_extensions",
    "sql": "CREATE INDEX `idx_registrar_extensions_endpoint_id` ON `registrar_extensions` (`endpoint_id`,`tm_create`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_extensions",
    "sql": "CREATE INDEX `idx_registrar_extensions_name_tm_create` ON `registrar_extensions` (`name`,`tm_create`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_sip_auths",
    "sql": "CREATE INDEX `idx_registrar_sip_auths_realm_username` ON `registrar_sip_auths` (`realm`,`username`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_trunks",
    "sql": "CREATE INDEX `idx_registrar_trunks_tm_create` ON `registrar_trunks` (`tm_create`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_trunks",
    "sql": "CREATE INDEX `idx_registrar_trunks_deleted_tm_create` ON `registrar_trunks` (`row_deleted`,`tm_create`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_trunks",
    "sql": "CREATE INDEX `idx_registrar_trunks_deleted_domain_name` ON `registrar_trunks` (`row_deleted`,`domain_name`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_trunks",
    "sql": "CREATE INDEX `idx_registrar_trunks_deleted_name` ON `registrar_trunks` (`row_deleted`,`name`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_trunks",
    "sql": "CREATE INDEX `idx_registrar_trunks_customer_id_deleted_tm_create` ON `registrar_trunks` (`customer_id`,`row_deleted`,`tm_create`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_trunks",
    "sql": "CREATE INDEX `idx_registrar_trunks_customer_id_deleted_domain_name` ON `registrar_trunks` (`customer_id`,`row_deleted`,`domain_name`)"
  },
  {
    "migration": "0007_registrar",
    "table": "registrar_trunks",
    "sql": "CREATE INDEX `idx_registrar_trunks_customer_id_deleted_name` ON `registrar_trunks` (`customer_id`,`row_deleted`,`name`)"
  },
  {
    "migration": "0008_handovers",
    "table": "admin_handovers",
    "sql": "CREATE TABLE `admin_handovers` (\n\t`id` binary(16) NOT NULL,\n\t`token_hash` binary(32) NOT NULL,\n\t`extension_id` binary(16) NOT NULL,\n\t`customer_id` binary(16) NOT NULL,\n\t`password_mac` binary(32) NOT NULL,\n\t`renew` tinyint NOT NULL DEFAULT 0,\n\t`tm_create` datetime(6) NOT NULL,\n\t`tm_expire` datetime(6) NOT NULL,\n\t`tm_end` datetime(6),\n\t`tm_use` datetime(6),\n\t`format` varchar(8),\n\t`ip` varchar(45),\n\t`user_agent` varchar(255),\n\tCONSTRAINT `admin_handovers_id` PRIMARY KEY(`id`),\n\tCONSTRAINT `uq_admin_handovers_token_hash` UNIQUE(`token_hash`),\n\tINDEX `idx_admin_handovers_extension_id` (`extension_id`,`tm_create`),\n\tINDEX `idx_admin_handovers_tm_expire` (`tm_expire`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0009_bulk_import",
    "table": "admin_import_rows",
    "sql": "CREATE TABLE `admin_import_rows` (\n\t`id` binary(16) NOT NULL,\n\t`job_id` binary(16) NOT NULL,\n\t`customer_id` binary(16) NOT NULL,\n\t`fields` json NOT NULL,\n\t`password` varchar(255) NOT NULL,\n\t`tm_create` datetime(6) NOT NULL,\n\tCONSTRAINT `admin_import_rows_id` PRIMARY KEY(`id`),\n\tINDEX `idx_admin_import_rows_job_id` (`job_id`),\n\tINDEX `idx_admin_import_rows_tm_create` (`tm_create`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0009_bulk_import",
    "table": "admin_job_keys",
    "sql": "CREATE TABLE `admin_job_keys` (\n\t`job_id` binary(16) NOT NULL,\n\t`public_key` varbinary(64) NOT NULL,\n\t`private_key` varbinary(255) NOT NULL,\n\t`tm_create` datetime(6) NOT NULL,\n\tCONSTRAINT `admin_job_keys_job_id` PRIMARY KEY(`job_id`),\n\tINDEX `idx_admin_job_keys_tm_create` (`tm_create`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0010_drift",
    "table": "admin_drift_findings",
    "sql": "CREATE TABLE `admin_drift_findings` (\n\t`id` binary(16) NOT NULL,\n\t`kind` varchar(16) NOT NULL,\n\t`target` varchar(16) NOT NULL,\n\t`subject` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,\n\t`customer_id` binary(16),\n\t`record_type` varchar(16),\n\t`record_id` binary(16),\n\t`differences` json NOT NULL,\n\t`pass_id` binary(16) NOT NULL,\n\t`tm_found` datetime(6) NOT NULL,\n\t`tm_seen` datetime(6) NOT NULL,\n\tCONSTRAINT `admin_drift_findings_id` PRIMARY KEY(`id`),\n\tCONSTRAINT `uq_admin_drift_findings_subject` UNIQUE(`target`,`subject`,`kind`),\n\tINDEX `idx_admin_drift_findings_kind` (`kind`,`id`),\n\tINDEX `idx_admin_drift_findings_customer_id` (`customer_id`,`id`),\n\tINDEX `idx_admin_drift_findings_pass_id` (`pass_id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0011_registration-samples",
    "table": "admin_registration_alarms",
    "sql": "CREATE TABLE `admin_registration_alarms` (\n\t`id` binary(16) NOT NULL,\n\t`customer_id` binary(16),\n\t`endpoint` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,\n\t`kind` varchar(16) NOT NULL,\n\t`before` varchar(255) NOT NULL,\n\t`after` varchar(255) NOT NULL,\n\t`times` int NOT NULL,\n\t`tm_create` datetime(6) NOT NULL,\n\t`tm_last` datetime(6) NOT NULL,\n\t`tm_acknowledge` datetime(6),\n\t`acknowledged_by` varchar(255),\n\t`is_open` tinyint GENERATED ALWAYS AS ((case when `tm_acknowledge` is null then 1 else 0 end)) VIRTUAL,\n\t`open_key` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin GENERATED ALWAYS AS ((case when `tm_acknowledge` is null then left(concat(`kind`,`endpoint`),255) else null end)) VIRTUAL,\n\tCONSTRAINT `admin_registration_alarms_id` PRIMARY KEY(`id`),\n\tCONSTRAINT `uq_admin_registration_alarms_open_key` UNIQUE(`open_key`),\n\tINDEX `idx_admin_registration_alarms_is_open` (`is_open`,`id`),\n\tINDEX `idx_admin_registration_alarms_customer_id_is_open` (`customer_id`,`is_open`,`id`),\n\tINDEX `idx_admin_registration_alarms_endpoint` (`endpoint`,`id`),\n\tINDEX `idx_admin_registration_alarms_tm_create` (`tm_create`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0011_registration-samples",
    "table": "admin_registration_changes",
    "sql": "CREATE TABLE `admin_registration_changes` (\n\t`endpoint` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,\n\t`tm` datetime(6) NOT NULL,\n\t`is_up` tinyint NOT NULL,\n\t`is_first` tinyint NOT NULL,\n\tCONSTRAINT `admin_registration_changes_endpoint_tm_pk` PRIMARY KEY(`endpoint`,`tm`),\n\tINDEX `idx_admin_registration_changes_tm` (`tm`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0011_registration-samples",
    "table": "admin_registration_samples",
    "sql": "CREATE TABLE `admin_registration_samples` (\n\t`tm` datetime(6) NOT NULL,\n\t`registered` int NOT NULL,\n\t`tm_until` datetime(6) NOT NULL,\n\tCONSTRAINT `admin_registration_samples_tm` PRIMARY KEY(`tm`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0011_registration-samples",
    "table": "admin_registration_states",
    "sql": "CREATE TABLE `admin_registration_states` (\n\t`endpoint` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,\n\t`is_up` tinyint NOT NULL,\n\t`tm_change` datetime(6) NOT NULL,\n\t`day` varchar(10) NOT NULL,\n\t`changes` int NOT NULL,\n\t`known` json,\n\t`holders` json,\n\tCONSTRAINT `admin_registration_states_endpoint` PRIMARY KEY(`endpoint`),\n\tINDEX `idx_admin_registration_states_is_up` (`is_up`,`endpoint`),\n\tINDEX `idx_admin_registration_states_is_up_tm_change` (`is_up`,`tm_change`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  },
  {
    "migration": "0011_registration-samples",
    "table": "admin_registration_totals",
    "sql": "CREATE TABLE `admin_registration_totals` (\n\t`customer_id` binary(16) NOT NULL,\n\t`tm` datetime(6) NOT NULL,\n\t`registered` int NOT NULL,\n\tCONSTRAINT `admin_registration_totals_customer_id_tm_pk` PRIMARY KEY(`customer_id`,`tm`),\n\tINDEX `idx_admin_registration_totals_tm` (`tm`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
  }
];
