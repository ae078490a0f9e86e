ALTER TABLE `ps_contacts` ADD `admin_tm_create` timestamp(6) NULL DEFAULT current_timestamp(6);--> statement-breakpoint
ALTER TABLE `ps_contacts` ADD `admin_tm_change` timestamp(6) NULL DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6);--> statement-breakpoint
ALTER TABLE `ps_contacts` ADD `admin_customer_id` varchar(36) GENERATED ALWAYS AS ((case when `endpoint` like '%@%' and substr(substring_index(`endpoint`,'@',-1),37,1) = '.' then left(substring_index(`endpoint`,'@',-1),36) else null end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `ps_contacts` ADD `admin_address` varchar(255) GENERATED ALWAYS AS ((left(substring_index(substring_index(replace(replace(substring_index(`uri`,'?',1),'sips:','@'),'sip:','@'),'@',-1),'^3B',1),255))) VIRTUAL;--> statement-breakpoint
ALTER TABLE `ps_contacts` ADD `admin_transport` varchar(8) GENERATED ALWAYS AS ((case when `uri` is null then null when `uri` like '%^3Btransport=wss%' then 'wss' when `uri` like '%^3Btransport=ws%' then 'ws' when `uri` like '%^3Btransport=tls%' then 'tls' when `uri` like '%^3Btransport=tcp%' then 'tcp' when `uri` like 'sips:%' then 'tls' else 'udp' end)) VIRTUAL;--> statement-breakpoint
CREATE INDEX `admin_ps_contacts_created` ON `ps_contacts` (`admin_tm_create`,`id`);--> statement-breakpoint
CREATE INDEX `admin_ps_contacts_changed` ON `ps_contacts` (`admin_tm_change`,`id`);--> statement-breakpoint
CREATE INDEX `admin_ps_contacts_customer` ON `ps_contacts` (`admin_customer_id`,`admin_tm_create`,`id`);--> statement-breakpoint
CREATE INDEX `admin_ps_contacts_customer_endpoint` ON `ps_contacts` (`admin_customer_id`,`endpoint`,`expiration_time`);--> statement-breakpoint
CREATE INDEX `admin_ps_contacts_transport` ON `ps_contacts` (`admin_transport`,`admin_tm_create`,`id`);--> statement-breakpoint
CREATE INDEX `admin_ps_contacts_node` ON `ps_contacts` (`reg_server`,`admin_tm_create`,`id`);--> statement-breakpoint
CREATE INDEX `admin_ps_contacts_address` ON `ps_contacts` (`admin_address`);--> statement-breakpoint
CREATE INDEX `admin_ps_contacts_via` ON `ps_contacts` (`via_addr`);--> statement-breakpoint
CREATE INDEX `admin_ps_contacts_user_agent` ON `ps_contacts` (`user_agent`);