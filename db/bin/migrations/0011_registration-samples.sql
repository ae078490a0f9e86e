CREATE TABLE `admin_registration_alarms` (
	`id` binary(16) NOT NULL,
	`customer_id` binary(16),
	`endpoint` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`kind` varchar(16) NOT NULL,
	`before` varchar(255) NOT NULL,
	`after` varchar(255) NOT NULL,
	`times` int NOT NULL,
	`tm_create` datetime(6) NOT NULL,
	`tm_last` datetime(6) NOT NULL,
	`tm_acknowledge` datetime(6),
	`acknowledged_by` varchar(255),
	`is_open` tinyint GENERATED ALWAYS AS ((case when `tm_acknowledge` is null then 1 else 0 end)) VIRTUAL,
	`open_key` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin GENERATED ALWAYS AS ((case when `tm_acknowledge` is null then left(concat(`kind`,`endpoint`),255) else null end)) VIRTUAL,
	CONSTRAINT `admin_registration_alarms_id` PRIMARY KEY(`id`),
	CONSTRAINT `uq_admin_registration_alarms_open_key` UNIQUE(`open_key`)
);
--> statement-breakpoint
CREATE TABLE `admin_registration_changes` (
	`endpoint` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`tm` datetime(6) NOT NULL,
	`is_up` tinyint NOT NULL,
	`is_first` tinyint NOT NULL,
	CONSTRAINT `admin_registration_changes_endpoint_tm_pk` PRIMARY KEY(`endpoint`,`tm`)
);
--> statement-breakpoint
CREATE TABLE `admin_registration_samples` (
	`tm` datetime(6) NOT NULL,
	`registered` int NOT NULL,
	`tm_until` datetime(6) NOT NULL,
	CONSTRAINT `admin_registration_samples_tm` PRIMARY KEY(`tm`)
);
--> statement-breakpoint
CREATE TABLE `admin_registration_states` (
	`endpoint` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`is_up` tinyint NOT NULL,
	`tm_change` datetime(6) NOT NULL,
	`day` varchar(10) NOT NULL,
	`changes` int NOT NULL,
	`known` json,
	`holders` json,
	CONSTRAINT `admin_registration_states_endpoint` PRIMARY KEY(`endpoint`)
);
--> statement-breakpoint
CREATE TABLE `admin_registration_totals` (
	`customer_id` binary(16) NOT NULL,
	`tm` datetime(6) NOT NULL,
	`registered` int NOT NULL,
	CONSTRAINT `admin_registration_totals_customer_id_tm_pk` PRIMARY KEY(`customer_id`,`tm`)
);
--> statement-breakpoint
CREATE INDEX `idx_admin_registration_alarms_is_open` ON `admin_registration_alarms` (`is_open`,`id`);--> statement-breakpoint
CREATE INDEX `idx_admin_registration_alarms_customer_id_is_open` ON `admin_registration_alarms` (`customer_id`,`is_open`,`id`);--> statement-breakpoint
CREATE INDEX `idx_admin_registration_alarms_endpoint` ON `admin_registration_alarms` (`endpoint`,`id`);--> statement-breakpoint
CREATE INDEX `idx_admin_registration_alarms_tm_create` ON `admin_registration_alarms` (`tm_create`);--> statement-breakpoint
CREATE INDEX `idx_admin_registration_changes_tm` ON `admin_registration_changes` (`tm`);--> statement-breakpoint
CREATE INDEX `idx_admin_registration_states_is_up` ON `admin_registration_states` (`is_up`,`endpoint`);--> statement-breakpoint
CREATE INDEX `idx_admin_registration_states_is_up_tm_change` ON `admin_registration_states` (`is_up`,`tm_change`);--> statement-breakpoint
CREATE INDEX `idx_admin_registration_totals_tm` ON `admin_registration_totals` (`tm`);