ALTER TABLE `registrar_extensions` ADD `cascade_id` binary(16);--> statement-breakpoint
ALTER TABLE `registrar_extensions` ADD `row_deleted` tinyint GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' then 1 else 0 end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `registrar_extensions` ADD `extension_live` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' or `extension` = '' then null else lower(rtrim(`extension`)) end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `registrar_trunks` ADD `cascade_id` binary(16);--> statement-breakpoint
ALTER TABLE `registrar_trunks` ADD `row_deleted` tinyint GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' then 1 else 0 end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `registrar_trunks` ADD `domain_name_live` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin GENERATED ALWAYS AS ((case when `tm_delete` < '9999-01-01 00:00:00.000000' or `domain_name` = '' then null else lower(rtrim(`domain_name`)) end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `registrar_extensions` ADD CONSTRAINT `uq_registrar_extensions_customer_id_extension_live` UNIQUE(`customer_id`,`extension_live`);--> statement-breakpoint
ALTER TABLE `registrar_trunks` ADD CONSTRAINT `uq_registrar_trunks_domain_name_live` UNIQUE(`domain_name_live`);--> statement-breakpoint
CREATE INDEX `idx_registrar_extensions_tm_create` ON `registrar_extensions` (`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_registrar_extensions_deleted_tm_create` ON `registrar_extensions` (`row_deleted`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_registrar_extensions_deleted_extension` ON `registrar_extensions` (`row_deleted`,`extension`);--> statement-breakpoint
CREATE INDEX `idx_registrar_extensions_deleted_name` ON `registrar_extensions` (`row_deleted`,`name`);--> statement-breakpoint
CREATE INDEX `idx_registrar_extensions_customer_id_deleted_tm_create` ON `registrar_extensions` (`customer_id`,`row_deleted`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_registrar_extensions_customer_id_deleted_extension` ON `registrar_extensions` (`customer_id`,`row_deleted`,`extension`);--> statement-breakpoint
CREATE INDEX `idx_registrar_extensions_customer_id_deleted_name` ON `registrar_extensions` (`customer_id`,`row_deleted`,`name`);--> statement-breakpoint
CREATE INDEX `idx_registrar_extensions_customer_id_extension` ON `registrar_extensions` (`customer_id`,`extension`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_registrar_extensions_endpoint_id` ON `registrar_extensions` (`endpoint_id`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_registrar_extensions_name_tm_create` ON `registrar_extensions` (`name`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_registrar_sip_auths_realm_username` ON `registrar_sip_auths` (`realm`,`username`);--> statement-breakpoint
CREATE INDEX `idx_registrar_trunks_tm_create` ON `registrar_trunks` (`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_registrar_trunks_deleted_tm_create` ON `registrar_trunks` (`row_deleted`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_registrar_trunks_deleted_domain_name` ON `registrar_trunks` (`row_deleted`,`domain_name`);--> statement-breakpoint
CREATE INDEX `idx_registrar_trunks_deleted_name` ON `registrar_trunks` (`row_deleted`,`name`);--> statement-breakpoint
CREATE INDEX `idx_registrar_trunks_customer_id_deleted_tm_create` ON `registrar_trunks` (`customer_id`,`row_deleted`,`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_registrar_trunks_customer_id_deleted_domain_name` ON `registrar_trunks` (`customer_id`,`row_deleted`,`domain_name`);--> statement-breakpoint
CREATE INDEX `idx_registrar_trunks_customer_id_deleted_name` ON `registrar_trunks` (`customer_id`,`row_deleted`,`name`);