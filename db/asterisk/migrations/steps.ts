// Written by scripts/db-generate.mjs. Do not edit.
export const steps = [
  {
    "migration": "0000_baseline",
    "table": "alembic_version",
    "sql": "CREATE TABLE `alembic_version` (\n\t`version_num` varchar(32) NOT NULL,\n\tCONSTRAINT `alembic_version_version_num` PRIMARY KEY(`version_num`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "extensions",
    "sql": "CREATE TABLE `extensions` (\n\t`id` bigint AUTO_INCREMENT NOT NULL,\n\t`context` varchar(40) NOT NULL,\n\t`exten` varchar(40) NOT NULL,\n\t`priority` int NOT NULL,\n\t`app` varchar(40) NOT NULL,\n\t`appdata` varchar(256) NOT NULL,\n\tCONSTRAINT `extensions_id` PRIMARY KEY(`id`),\n\tCONSTRAINT `context` UNIQUE(`context`,`exten`,`priority`),\n\tCONSTRAINT `id` UNIQUE(`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "iaxfriends",
    "sql": "CREATE TABLE `iaxfriends` (\n\t`id` int AUTO_INCREMENT NOT NULL,\n\t`name` varchar(40) NOT NULL,\n\t`type` enum('friend','user','peer'),\n\t`username` varchar(40),\n\t`mailbox` varchar(40),\n\t`secret` varchar(40),\n\t`dbsecret` varchar(40),\n\t`context` varchar(40),\n\t`regcontext` varchar(40),\n\t`host` varchar(40),\n\t`ipaddr` varchar(40),\n\t`port` int,\n\t`defaultip` varchar(20),\n\t`sourceaddress` varchar(20),\n\t`mask` varchar(20),\n\t`regexten` varchar(40),\n\t`regseconds` int,\n\t`accountcode` varchar(80),\n\t`mohinterpret` varchar(20),\n\t`mohsuggest` varchar(20),\n\t`inkeys` varchar(40),\n\t`outkeys` varchar(40),\n\t`language` varchar(10),\n\t`callerid` varchar(100),\n\t`cid_number` varchar(40),\n\t`sendani` enum('yes','no'),\n\t`fullname` varchar(40),\n\t`trunk` enum('yes','no'),\n\t`auth` varchar(20),\n\t`maxauthreq` int,\n\t`requirecalltoken` enum('yes','no','auto'),\n\t`encryption` enum('yes','no','aes128'),\n\t`transfer` enum('yes','no','mediaonly'),\n\t`jitterbuffer` enum('yes','no'),\n\t`forcejitterbuffer` enum('yes','no'),\n\t`disallow` varchar(200),\n\t`allow` varchar(200),\n\t`codecpriority` varchar(40),\n\t`qualify` varchar(10),\n\t`qualifysmoothing` enum('yes','no'),\n\t`qualifyfreqok` varchar(10),\n\t`qualifyfreqnotok` varchar(10),\n\t`timezone` varchar(20),\n\t`adsi` enum('yes','no'),\n\t`amaflags` varchar(20),\n\t`setvar` varchar(200),\n\tCONSTRAINT `iaxfriends_id` PRIMARY KEY(`id`),\n\tCONSTRAINT `name` UNIQUE(`name`),\n\tINDEX `iaxfriends_name` (`name`),\n\tINDEX `iaxfriends_name_host` (`name`,`host`),\n\tINDEX `iaxfriends_name_ipaddr_port` (`name`,`ipaddr`,`port`),\n\tINDEX `iaxfriends_ipaddr_port` (`ipaddr`,`port`),\n\tINDEX `iaxfriends_host_port` (`host`,`port`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "meetme",
    "sql": "CREATE TABLE `meetme` (\n\t`bookid` int AUTO_INCREMENT NOT NULL,\n\t`confno` varchar(80) NOT NULL,\n\t`starttime` datetime,\n\t`endtime` datetime,\n\t`pin` varchar(20),\n\t`adminpin` varchar(20),\n\t`opts` varchar(20),\n\t`adminopts` varchar(20),\n\t`recordingfilename` varchar(80),\n\t`recordingformat` varchar(10),\n\t`maxusers` int,\n\t`members` int NOT NULL,\n\tCONSTRAINT `meetme_bookid` PRIMARY KEY(`bookid`),\n\tINDEX `meetme_confno_start_end` (`confno`,`starttime`,`endtime`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "musiconhold_entry",
    "sql": "CREATE TABLE `musiconhold_entry` (\n\t`name` varchar(80) NOT NULL,\n\t`position` int NOT NULL,\n\t`entry` varchar(1024) NOT NULL,\n\tCONSTRAINT `musiconhold_entry_name_position_pk` PRIMARY KEY(`name`,`position`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "musiconhold",
    "sql": "CREATE TABLE `musiconhold` (\n\t`name` varchar(80) NOT NULL,\n\t`mode` enum('custom','files','mp3nb','quietmp3nb','quietmp3','playlist'),\n\t`directory` varchar(255),\n\t`application` varchar(255),\n\t`digit` varchar(1),\n\t`sort` varchar(10),\n\t`format` varchar(10),\n\t`stamp` datetime,\n\t`loop_last` enum('yes','no'),\n\tCONSTRAINT `musiconhold_name` PRIMARY KEY(`name`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "ps_aors",
    "sql": "CREATE TABLE `ps_aors` (\n\t`id` varchar(255) NOT NULL,\n\t`contact` varchar(255),\n\t`default_expiration` int,\n\t`mailboxes` varchar(80),\n\t`max_contacts` int,\n\t`minimum_expiration` int,\n\t`remove_existing` enum('0','1','off','on','false','true','no','yes'),\n\t`qualify_frequency` int,\n\t`authenticate_qualify` enum('0','1','off','on','false','true','no','yes'),\n\t`maximum_expiration` int,\n\t`outbound_proxy` varchar(255),\n\t`support_path` enum('0','1','off','on','false','true','no','yes'),\n\t`qualify_timeout` float,\n\t`voicemail_extension` varchar(40),\n\t`remove_unavailable` enum('0','1','off','on','false','true','no','yes'),\n\t`qualify_2xx_only` enum('0','1','off','on','false','true','no','yes'),\n\tCONSTRAINT `id` UNIQUE(`id`),\n\tINDEX `ps_aors_id` (`id`),\n\tINDEX `ps_aors_qualifyfreq_contact` (`qualify_frequency`,`contact`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "ps_asterisk_publications",
    "sql": "CREATE TABLE `ps_asterisk_publications` (\n\t`id` varchar(40) NOT NULL,\n\t`devicestate_publish` varchar(40),\n\t`mailboxstate_publish` varchar(40),\n\t`device_state` enum('0','1','off','on','false','true','no','yes'),\n\t`device_state_filter` varchar(256),\n\t`mailbox_state` enum('0','1','off','on','false','true','no','yes'),\n\t`mailbox_state_filter` varchar(256),\n\tCONSTRAINT `id` UNIQUE(`id`),\n\tINDEX `ps_asterisk_publications_id` (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "ps_auths",
    "sql": "CREATE TABLE `ps_auths` (\n\t`id` varchar(255) NOT NULL,\n\t`auth_type` enum('md5','userpass','google_oauth'),\n\t`nonce_lifetime` int,\n\t`md5_cred` varchar(40),\n\t`password` varchar(80),\n\t`realm` varchar(255),\n\t`username` varchar(40),\n\t`refresh_token` varchar(255),\n\t`oauth_clientid` varchar(255),\n\t`oauth_secret` varchar(255),\n\t`password_digest` varchar(1024),\n\t`supported_algorithms_uas` varchar(1024),\n\t`supported_algorithms_uac` varchar(1024),\n\tCONSTRAINT `id` UNIQUE(`id`),\n\tINDEX `ps_auths_id` (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "ps_contacts",
    "sql": "CREATE TABLE `ps_contacts` (\n\t`id` varchar(255),\n\t`uri` varchar(511),\n\t`expiration_time` bigint,\n\t`qualify_frequency` int,\n\t`outbound_proxy` varchar(255),\n\t`path` text,\n\t`user_agent` varchar(255),\n\t`qualify_timeout` float,\n\t`reg_server` varchar(255),\n\t`authenticate_qualify` enum('0','1','off','on','false','true','no','yes'),\n\t`via_addr` varchar(40),\n\t`via_port` int,\n\t`call_id` varchar(255),\n\t`endpoint` varchar(255),\n\t`prune_on_boot` enum('0','1','off','on','false','true','no','yes'),\n\t`qualify_2xx_only` enum('0','1','off','on','false','true','no','yes'),\n\tCONSTRAINT `id` UNIQUE(`id`),\n\tCONSTRAINT `ps_contacts_uq` UNIQUE(`id`,`reg_server`),\n\tINDEX `ps_contacts_id` (`id`),\n\tINDEX `ps_contacts_qualifyfreq_exp` (`qualify_frequency`,`expiration_time`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "ps_domain_aliases",
    "sql": "CREATE TABLE `ps_domain_aliases` (\n\t`id` varchar(255) NOT NULL,\n\t`domain` varchar(255),\n\tCONSTRAINT `id` UNIQUE(`id`),\n\tINDEX `ps_domain_aliases_id` (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "ps_endpoint_id_ips",
    "sql": "CREATE TABLE `ps_endpoint_id_ips` (\n\t`id` varchar(255) NOT NULL,\n\t`endpoint` varchar(255),\n\t`match` varchar(80),\n\t`srv_lookups` enum('0','1','off','on','false','true','no','yes'),\n\t`match_header` varchar(255),\n\t`match_request_uri` varchar(255),\n\tCONSTRAINT `id` UNIQUE(`id`),\n\tINDEX `ps_endpoint_id_ips_id` (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "ps_endpoints",
    "sql": "CREATE TABLE `ps_endpoints` (\n\t`id` varchar(255) NOT NULL,\n\t`transport` varchar(40),\n\t`aors` varchar(2048),\n\t`auth` varchar(255),\n\t`context` varchar(40),\n\t`disallow` varchar(200),\n\t`allow` varchar(200),\n\t`direct_media` enum('0','1','off','on','false','true','no','yes'),\n\t`connected_line_method` enum('invite','reinvite','update'),\n\t`direct_media_method` enum('invite','reinvite','update'),\n\t`direct_media_glare_mitigation` enum('none','outgoing','incoming'),\n\t`disable_direct_media_on_nat` enum('0','1','off','on','false','true','no','yes'),\n\t`dtmf_mode` enum('rfc4733','inband','info','auto','auto_info'),\n\t`external_media_address` varchar(40),\n\t`force_rport` enum('0','1','off','on','false','true','no','yes'),\n\t`ice_support` enum('0','1','off','on','false','true','no','yes'),\n\t`identify_by` varchar(80),\n\t`mailboxes` varchar(40),\n\t`moh_suggest` varchar(40),\n\t`outbound_auth` varchar(255),\n\t`outbound_proxy` varchar(255),\n\t`rewrite_contact` enum('0','1','off','on','false','true','no','yes'),\n\t`rtp_ipv6` enum('0','1','off','on','false','true','no','yes'),\n\t`rtp_symmetric` enum('0','1','off','on','false','true','no','yes'),\n\t`send_diversion` enum('0','1','off','on','false','true','no','yes'),\n\t`send_pai` enum('0','1','off','on','false','true','no','yes'),\n\t`send_rpid` enum('0','1','off','on','false','true','no','yes'),\n\t`timers_min_se` int,\n\t`timers` enum('forced','no','required','yes'),\n\t`timers_sess_expires` int,\n\t`callerid` varchar(40),\n\t`callerid_privacy` enum('allowed_not_screened','allowed_passed_screened','allowed_failed_screened','allowed','prohib_not_screened','prohib_passed_screened','prohib_failed_screened','prohib','unavailable'),\n\t`callerid_tag` varchar(40),\n\t`100rel` enum('no','required','peer_supported','yes'),\n\t`aggregate_mwi` enum('0','1','off','on','false','true','no','yes'),\n\t`trust_id_inbound` enum('0','1','off','on','false','true','no','yes'),\n\t`trust_id_outbound` enum('0','1','off','on','false','true','no','yes'),\n\t`use_ptime` enum('0','1','off','on','false','true','no','yes'),\n\t`use_avpf` enum('0','1','off','on','false','true','no','yes'),\n\t`media_encryption` enum('no','sdes','dtls'),\n\t`inband_progress` enum('0','1','off','on','false','true','no','yes'),\n\t`call_group` varchar(40),\n\t`pickup_group` varchar(40),\n\t`named_call_group` varchar(40),\n\t`named_pickup_group` varchar(40),\n\t`device_state_busy_at` int,\n\t`fax_detect` enum('0','1','off','on','false','true','no','yes'),\n\t`t38_udptl` enum('0','1','off','on','false','true','no','yes'),\n\t`t38_udptl_ec` enum('none','fec','redundancy'),\n\t`t38_udptl_maxdatagram` int,\n\t`t38_udptl_nat` enum('0','1','off','on','false','true','no','yes'),\n\t`t38_udptl_ipv6` enum('0','1','off','on','false','true','no','yes'),\n\t`tone_zone` varchar(40),\n\t`language` varchar(40),\n\t`one_touch_recording` enum('0','1','off','on','false','true','no','yes'),\n\t`record_on_feature` varchar(40),\n\t`record_off_feature` varchar(40),\n\t`rtp_engine` varchar(40),\n\t`allow_transfer` enum('0','1','off','on','false','true','no','yes'),\n\t`allow_subscribe` enum('0','1','off','on','false','true','no','yes'),\n\t`sdp_owner` varchar(40),\n\t`sdp_session` varchar(40),\n\t`tos_audio` varchar(10),\n\t`tos_video` varchar(10),\n\t`sub_min_expiry` int,\n\t`from_domain` varchar(40),\n\t`from_user` varchar(40),\n\t`mwi_from_user` varchar(40),\n\t`dtls_verify` varchar(40),\n\t`dtls_rekey` varchar(40),\n\t`dtls_cert_file` varchar(200),\n\t`dtls_private_key` varchar(200),\n\t`dtls_cipher` varchar(200),\n\t`dtls_ca_file` varchar(200),\n\t`dtls_ca_path` varchar(200),\n\t`dtls_setup` enum('active','passive','actpass'),\n\t`srtp_tag_32` enum('0','1','off','on','false','true','no','yes'),\n\t`media_address` varchar(40),\n\t`redirect_method` enum('user','uri_core','uri_pjsip'),\n\t`set_var` text,\n\t`cos_audio` int,\n\t`cos_video` int,\n\t`message_context` varchar(40),\n\t`force_avp` enum('0','1','off','on','false','true','no','yes'),\n\t`media_use_received_transport` enum('0','1','off','on','false','true','no','yes'),\n\t`accountcode` varchar(80),\n\t`user_eq_phone` enum('0','1','off','on','false','true','no','yes'),\n\t`moh_passthrough` enum('0','1','off','on','false','true','no','yes'),\n\t`media_encryption_optimistic` enum('0','1','off','on','false','true','no','yes'),\n\t`rpid_immediate` enum('0','1','off','on','false','true','no','yes'),\n\t`g726_non_standard` enum('0','1','off','on','false','true','no','yes'),\n\t`rtp_keepalive` int,\n\t`rtp_timeout` int,\n\t`rtp_timeout_hold` int,\n\t`bind_rtp_to_media_address` enum('0','1','off','on','false','true','no','yes'),\n\t`voicemail_extension` varchar(40),\n\t`mwi_subscribe_replaces_unsolicited` enum('0','1','off','on','false','true','no','yes'),\n\t`deny` varchar(95),\n\t`permit` varchar(95),\n\t`acl` varchar(40),\n\t`contact_deny` varchar(95),\n\t`contact_permit` varchar(95),\n\t`contact_acl` varchar(40),\n\t`subscribe_context` varchar(40),\n\t`fax_detect_timeout` int,\n\t`contact_user` varchar(80),\n\t`preferred_codec_only` enum('0','1','off','on','false','true','no','yes'),\n\t`asymmetric_rtp_codec` enum('0','1','off','on','false','true','no','yes'),\n\t`rtcp_mux` enum('0','1','off','on','false','true','no','yes'),\n\t`allow_overlap` enum('0','1','off','on','false','true','no','yes'),\n\t`refer_blind_progress` enum('0','1','off','on','false','true','no','yes'),\n\t`notify_early_inuse_ringing` enum('0','1','off','on','false','true','no','yes'),\n\t`max_audio_streams` int,\n\t`max_video_streams` int,\n\t`webrtc` enum('0','1','off','on','false','true','no','yes'),\n\t`dtls_fingerprint` enum('SHA-1','SHA-256'),\n\t`incoming_mwi_mailbox` varchar(40),\n\t`bundle` enum('0','1','off','on','false','true','no','yes'),\n\t`dtls_auto_generate_cert` enum('0','1','off','on','false','true','no','yes'),\n\t`follow_early_media_fork` enum('0','1','off','on','false','true','no','yes'),\n\t`accept_multiple_sdp_answers` enum('0','1','off','on','false','true','no','yes'),\n\t`suppress_q850_reason_headers` enum('0','1','off','on','false','true','no','yes'),\n\t`trust_connected_line` enum('0','1','off','on','false','true','no','yes'),\n\t`send_connected_line` enum('0','1','off','on','false','true','no','yes'),\n\t`ignore_183_without_sdp` enum('0','1','off','on','false','true','no','yes'),\n\t`codec_prefs_incoming_offer` varchar(128),\n\t`codec_prefs_outgoing_offer` varchar(128),\n\t`codec_prefs_incoming_answer` varchar(128),\n\t`codec_prefs_outgoing_answer` varchar(128),\n\t`stir_shaken` enum('0','1','off','on','false','true','no','yes'),\n\t`send_history_info` enum('0','1','off','on','false','true','no','yes'),\n\t`allow_unauthenticated_options` enum('0','1','off','on','false','true','no','yes'),\n\t`t38_bind_udptl_to_media_address` enum('0','1','off','on','false','true','no','yes'),\n\t`geoloc_incoming_call_profile` varchar(80),\n\t`geoloc_outgoing_call_profile` varchar(80),\n\t`incoming_call_offer_pref` enum('local','local_first','remote','remote_first'),\n\t`outgoing_call_offer_pref` enum('local','local_merge','local_first','remote','remote_merge','remote_first'),\n\t`stir_shaken_profile` varchar(80),\n\t`security_negotiation` enum('no','mediasec'),\n\t`security_mechanisms` varchar(512),\n\t`send_aoc` enum('0','1','off','on','false','true','no','yes'),\n\t`overlap_context` varchar(80),\n\t`tenantid` varchar(80),\n\t`suppress_moh_on_sendonly` enum('0','1','off','on','false','true','no','yes'),\n\tCONSTRAINT `id` UNIQUE(`id`),\n\tINDEX `ps_endpoints_id` (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "ps_globals",
    "sql": "CREATE TABLE `ps_globals` (\n\t`id` varchar(40) NOT NULL,\n\t`max_forwards` int,\n\t`user_agent` varchar(255),\n\t`default_outbound_endpoint` varchar(40),\n\t`debug` varchar(40),\n\t`endpoint_identifier_order` varchar(40),\n\t`max_initial_qualify_time` int,\n\t`default_from_user` varchar(80),\n\t`keep_alive_interval` int,\n\t`regcontext` varchar(80),\n\t`contact_expiration_check_interval` int,\n\t`default_voicemail_extension` varchar(40),\n\t`disable_multi_domain` enum('0','1','off','on','false','true','no','yes'),\n\t`unidentified_request_count` int,\n\t`unidentified_request_period` int,\n\t`unidentified_request_prune_interval` int,\n\t`default_realm` varchar(40),\n\t`mwi_tps_queue_high` int,\n\t`mwi_tps_queue_low` int,\n\t`mwi_disable_initial_unsolicited` enum('0','1','off','on','false','true','no','yes'),\n\t`ignore_uri_user_options` enum('0','1','off','on','false','true','no','yes'),\n\t`use_callerid_contact` enum('0','1','off','on','false','true','no','yes'),\n\t`send_contact_status_on_update_registration` enum('0','1','off','on','false','true','no','yes'),\n\t`taskprocessor_overload_trigger` enum('none','global','pjsip_only'),\n\t`norefersub` enum('0','1','off','on','false','true','no','yes'),\n\t`allow_sending_180_after_183` enum('0','1','off','on','false','true','no','yes'),\n\t`all_codecs_on_empty_reinvite` enum('0','1','off','on','false','true','no','yes'),\n\t`default_auth_algorithms_uas` varchar(1024),\n\t`default_auth_algorithms_uac` varchar(1024),\n\tCONSTRAINT `id` UNIQUE(`id`),\n\tINDEX `ps_globals_id` (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "ps_inbound_publications",
    "sql": "CREATE TABLE `ps_inbound_publications` (\n\t`id` varchar(255) NOT NULL,\n\t`endpoint` varchar(255),\n\t`event_asterisk-devicestate` varchar(40),\n\t`event_asterisk-mwi` varchar(40),\n\tCONSTRAINT `id` UNIQUE(`id`),\n\tINDEX `ps_inbound_publications_id` (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "ps_outbound_publishes",
    "sql": "CREATE TABLE `ps_outbound_publishes` (\n\t`id` varchar(255) NOT NULL,\n\t`expiration` int,\n\t`outbound_auth` varchar(255),\n\t`outbound_proxy` varchar(256),\n\t`server_uri` varchar(256),\n\t`from_uri` varchar(256),\n\t`to_uri` varchar(256),\n\t`event` varchar(40),\n\t`max_auth_attempts` int,\n\t`transport` varchar(40),\n\t`multi_user` enum('0','1','off','on','false','true','no','yes'),\n\t`@body` varchar(40),\n\t`@context` varchar(256),\n\t`@exten` varchar(256),\n\tCONSTRAINT `id` UNIQUE(`id`),\n\tINDEX `ps_outbound_publishes_id` (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "ps_registrations",
    "sql": "CREATE TABLE `ps_registrations` (\n\t`id` varchar(255) NOT NULL,\n\t`auth_rejection_permanent` enum('0','1','off','on','false','true','no','yes'),\n\t`client_uri` varchar(255),\n\t`contact_user` varchar(40),\n\t`expiration` int,\n\t`max_retries` int,\n\t`outbound_auth` varchar(255),\n\t`outbound_proxy` varchar(255),\n\t`retry_interval` int,\n\t`forbidden_retry_interval` int,\n\t`server_uri` varchar(255),\n\t`transport` varchar(40),\n\t`support_path` enum('0','1','off','on','false','true','no','yes'),\n\t`fatal_retry_interval` int,\n\t`line` enum('0','1','off','on','false','true','no','yes'),\n\t`endpoint` varchar(255),\n\t`support_outbound` enum('0','1','off','on','false','true','no','yes'),\n\t`contact_header_params` varchar(255),\n\t`max_random_initial_delay` int,\n\t`security_negotiation` enum('no','mediasec'),\n\t`security_mechanisms` varchar(512),\n\t`user_agent` varchar(255),\n\tCONSTRAINT `id` UNIQUE(`id`),\n\tINDEX `ps_registrations_id` (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "ps_resource_list",
    "sql": "CREATE TABLE `ps_resource_list` (\n\t`id` varchar(40) NOT NULL,\n\t`list_item` varchar(2048),\n\t`event` varchar(40),\n\t`full_state` enum('0','1','off','on','false','true','no','yes'),\n\t`notification_batch_interval` int,\n\t`resource_display_name` enum('0','1','off','on','false','true','no','yes'),\n\tCONSTRAINT `id` UNIQUE(`id`),\n\tINDEX `ps_resource_list_id` (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "ps_subscription_persistence",
    "sql": "CREATE TABLE `ps_subscription_persistence` (\n\t`id` varchar(40) NOT NULL,\n\t`packet` varchar(2048),\n\t`src_name` varchar(128),\n\t`src_port` int,\n\t`transport_key` varchar(64),\n\t`local_name` varchar(128),\n\t`local_port` int,\n\t`cseq` int,\n\t`tag` varchar(128),\n\t`endpoint` varchar(40),\n\t`expires` int,\n\t`contact_uri` varchar(256),\n\t`prune_on_boot` enum('0','1','off','on','false','true','no','yes'),\n\t`generator_data` text,\n\tCONSTRAINT `id` UNIQUE(`id`),\n\tINDEX `ps_subscription_persistence_id` (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "ps_systems",
    "sql": "CREATE TABLE `ps_systems` (\n\t`id` varchar(40) NOT NULL,\n\t`timer_t1` int,\n\t`timer_b` int,\n\t`compact_headers` enum('0','1','off','on','false','true','no','yes'),\n\t`threadpool_initial_size` int,\n\t`threadpool_auto_increment` int,\n\t`threadpool_idle_timeout` int,\n\t`threadpool_max_size` int,\n\t`disable_tcp_switch` enum('0','1','off','on','false','true','no','yes'),\n\t`follow_early_media_fork` enum('0','1','off','on','false','true','no','yes'),\n\t`accept_multiple_sdp_answers` enum('0','1','off','on','false','true','no','yes'),\n\t`disable_rport` enum('0','1','off','on','false','true','no','yes'),\n\tCONSTRAINT `id` UNIQUE(`id`),\n\tINDEX `ps_systems_id` (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "ps_transports",
    "sql": "CREATE TABLE `ps_transports` (\n\t`id` varchar(40) NOT NULL,\n\t`async_operations` int,\n\t`bind` varchar(40),\n\t`ca_list_file` varchar(200),\n\t`cert_file` varchar(200),\n\t`cipher` varchar(200),\n\t`domain` varchar(40),\n\t`external_media_address` varchar(40),\n\t`external_signaling_address` varchar(40),\n\t`external_signaling_port` int,\n\t`method` enum('default','unspecified','tlsv1','tlsv1_1','tlsv1_2','tlsv1_3','sslv2','sslv23','sslv3'),\n\t`local_net` varchar(40),\n\t`password` varchar(40),\n\t`priv_key_file` varchar(200),\n\t`protocol` enum('udp','tcp','tls','ws','wss','flow'),\n\t`require_client_cert` enum('0','1','off','on','false','true','no','yes'),\n\t`verify_client` enum('0','1','off','on','false','true','no','yes'),\n\t`verify_server` enum('0','1','off','on','false','true','no','yes'),\n\t`tos` varchar(10),\n\t`cos` int,\n\t`allow_reload` enum('0','1','off','on','false','true','no','yes'),\n\t`symmetric_transport` enum('0','1','off','on','false','true','no','yes'),\n\t`allow_wildcard_certs` enum('0','1','off','on','false','true','no','yes'),\n\t`tcp_keepalive_enable` boolean,\n\t`tcp_keepalive_idle_time` int,\n\t`tcp_keepalive_interval_time` int,\n\t`tcp_keepalive_probe_count` int,\n\tCONSTRAINT `id` UNIQUE(`id`),\n\tINDEX `ps_transports_id` (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "queue_members",
    "sql": "CREATE TABLE `queue_members` (\n\t`queue_name` varchar(80) NOT NULL,\n\t`interface` varchar(80) NOT NULL,\n\t`membername` varchar(80),\n\t`state_interface` varchar(80),\n\t`penalty` int,\n\t`paused` int,\n\t`uniqueid` int AUTO_INCREMENT NOT NULL,\n\t`wrapuptime` int,\n\t`ringinuse` enum('0','1','off','on','false','true','no','yes'),\n\t`reason_paused` varchar(80),\n\tCONSTRAINT `queue_members_queue_name_interface_pk` PRIMARY KEY(`queue_name`,`interface`),\n\tCONSTRAINT `uniqueid` UNIQUE(`uniqueid`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "queue_rules",
    "sql": "CREATE TABLE `queue_rules` (\n\t`rule_name` varchar(80) NOT NULL,\n\t`time` varchar(32) NOT NULL,\n\t`min_penalty` varchar(32) NOT NULL,\n\t`max_penalty` varchar(32) NOT NULL\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "queues",
    "sql": "CREATE TABLE `queues` (\n\t`name` varchar(128) NOT NULL,\n\t`musiconhold` varchar(128),\n\t`announce` varchar(128),\n\t`context` varchar(128),\n\t`timeout` int,\n\t`ringinuse` enum('yes','no'),\n\t`setinterfacevar` enum('yes','no'),\n\t`setqueuevar` enum('yes','no'),\n\t`setqueueentryvar` enum('yes','no'),\n\t`monitor_format` varchar(8),\n\t`membermacro` varchar(512),\n\t`membergosub` varchar(512),\n\t`queue_youarenext` varchar(128),\n\t`queue_thereare` varchar(128),\n\t`queue_callswaiting` varchar(128),\n\t`queue_quantity1` varchar(128),\n\t`queue_quantity2` varchar(128),\n\t`queue_holdtime` varchar(128),\n\t`queue_minutes` varchar(128),\n\t`queue_minute` varchar(128),\n\t`queue_seconds` varchar(128),\n\t`queue_thankyou` varchar(128),\n\t`queue_callerannounce` varchar(128),\n\t`queue_reporthold` varchar(128),\n\t`announce_frequency` int,\n\t`announce_to_first_user` enum('yes','no'),\n\t`min_announce_frequency` int,\n\t`announce_round_seconds` int,\n\t`announce_holdtime` varchar(128),\n\t`announce_position` varchar(128),\n\t`announce_position_limit` int,\n\t`periodic_announce` varchar(50),\n\t`periodic_announce_frequency` int,\n\t`relative_periodic_announce` enum('yes','no'),\n\t`random_periodic_announce` enum('yes','no'),\n\t`retry` int,\n\t`wrapuptime` int,\n\t`penaltymemberslimit` int,\n\t`autofill` enum('yes','no'),\n\t`monitor_type` varchar(128),\n\t`autopause` enum('yes','no','all'),\n\t`autopausedelay` int,\n\t`autopausebusy` enum('yes','no'),\n\t`autopauseunavail` enum('yes','no'),\n\t`maxlen` int,\n\t`servicelevel` int,\n\t`strategy` enum('ringall','leastrecent','fewestcalls','random','rrmemory','linear','wrandom','rrordered'),\n\t`joinempty` varchar(128),\n\t`leavewhenempty` varchar(128),\n\t`reportholdtime` enum('yes','no'),\n\t`memberdelay` int,\n\t`weight` int,\n\t`timeoutrestart` enum('yes','no'),\n\t`defaultrule` varchar(128),\n\t`timeoutpriority` varchar(128),\n\t`log_restricted_caller_id` enum('0','1','off','on','false','true','no','yes'),\n\tCONSTRAINT `queues_name` PRIMARY KEY(`name`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "sippeers",
    "sql": "CREATE TABLE `sippeers` (\n\t`id` int AUTO_INCREMENT NOT NULL,\n\t`name` varchar(40) NOT NULL,\n\t`ipaddr` varchar(45),\n\t`port` int,\n\t`regseconds` int,\n\t`defaultuser` varchar(40),\n\t`fullcontact` varchar(80),\n\t`regserver` varchar(20),\n\t`useragent` varchar(255),\n\t`lastms` int,\n\t`host` varchar(40),\n\t`type` enum('friend','user','peer'),\n\t`context` varchar(40),\n\t`permit` varchar(95),\n\t`deny` varchar(95),\n\t`secret` varchar(40),\n\t`md5secret` varchar(40),\n\t`remotesecret` varchar(40),\n\t`transport` ENUM('udp','tcp','tls','ws','wss','udp,tcp','tcp,udp'),\n\t`dtmfmode` enum('rfc2833','info','shortinfo','inband','auto'),\n\t`directmedia` enum('yes','no','nonat','update','outgoing'),\n\t`nat` varchar(29),\n\t`callgroup` varchar(40),\n\t`pickupgroup` varchar(40),\n\t`language` varchar(40),\n\t`disallow` varchar(200),\n\t`allow` varchar(200),\n\t`insecure` varchar(40),\n\t`trustrpid` enum('yes','no'),\n\t`progressinband` enum('yes','no','never'),\n\t`promiscredir` enum('yes','no'),\n\t`useclientcode` enum('yes','no'),\n\t`accountcode` varchar(80),\n\t`setvar` varchar(200),\n\t`callerid` varchar(40),\n\t`amaflags` varchar(40),\n\t`callcounter` enum('yes','no'),\n\t`busylevel` int,\n\t`allowoverlap` enum('yes','no'),\n\t`allowsubscribe` enum('yes','no'),\n\t`videosupport` enum('yes','no'),\n\t`maxcallbitrate` int,\n\t`rfc2833compensate` enum('yes','no'),\n\t`mailbox` varchar(40),\n\t`session-timers` enum('accept','refuse','originate'),\n\t`session-expires` int,\n\t`session-minse` int,\n\t`session-refresher` enum('uac','uas'),\n\t`t38pt_usertpsource` varchar(40),\n\t`regexten` varchar(40),\n\t`fromdomain` varchar(40),\n\t`fromuser` varchar(40),\n\t`qualify` varchar(40),\n\t`defaultip` varchar(45),\n\t`rtptimeout` int,\n\t`rtpholdtimeout` int,\n\t`sendrpid` enum('yes','no'),\n\t`outboundproxy` varchar(40),\n\t`callbackextension` varchar(40),\n\t`timert1` int,\n\t`timerb` int,\n\t`qualifyfreq` int,\n\t`constantssrc` enum('yes','no'),\n\t`contactpermit` varchar(95),\n\t`contactdeny` varchar(95),\n\t`usereqphone` enum('yes','no'),\n\t`textsupport` enum('yes','no'),\n\t`faxdetect` enum('yes','no'),\n\t`buggymwi` enum('yes','no'),\n\t`auth` varchar(40),\n\t`fullname` varchar(40),\n\t`trunkname` varchar(40),\n\t`cid_number` varchar(40),\n\t`callingpres` enum('allowed_not_screened','allowed_passed_screen','allowed_failed_screen','allowed','prohib_not_screened','prohib_passed_screen','prohib_failed_screen','prohib'),\n\t`mohinterpret` varchar(40),\n\t`mohsuggest` varchar(40),\n\t`parkinglot` varchar(40),\n\t`hasvoicemail` enum('yes','no'),\n\t`subscribemwi` enum('yes','no'),\n\t`vmexten` varchar(40),\n\t`autoframing` enum('yes','no'),\n\t`rtpkeepalive` int,\n\t`call-limit` int,\n\t`g726nonstandard` enum('yes','no'),\n\t`ignoresdpversion` enum('yes','no'),\n\t`allowtransfer` enum('yes','no'),\n\t`dynamic` enum('yes','no'),\n\t`path` varchar(256),\n\t`supportpath` enum('yes','no'),\n\tCONSTRAINT `sippeers_id` PRIMARY KEY(`id`),\n\tCONSTRAINT `name` UNIQUE(`name`),\n\tINDEX `sippeers_name` (`name`),\n\tINDEX `sippeers_name_host` (`name`,`host`),\n\tINDEX `sippeers_ipaddr_port` (`ipaddr`,`port`),\n\tINDEX `sippeers_host_port` (`host`,`port`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "stir_tn",
    "sql": "CREATE TABLE `stir_tn` (\n\t`id` varchar(80) NOT NULL,\n\t`private_key_file` varchar(1024),\n\t`public_cert_url` varchar(1024),\n\t`attest_level` varchar(1),\n\t`send_mky` enum('0','1','off','on','false','true','no','yes'),\n\tCONSTRAINT `stir_tn_id` PRIMARY KEY(`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "voicemail",
    "sql": "CREATE TABLE `voicemail` (\n\t`uniqueid` int AUTO_INCREMENT NOT NULL,\n\t`context` varchar(80) NOT NULL,\n\t`mailbox` varchar(80) NOT NULL,\n\t`password` varchar(80) NOT NULL,\n\t`fullname` varchar(80),\n\t`alias` varchar(80),\n\t`email` varchar(80),\n\t`pager` varchar(80),\n\t`attach` enum('yes','no'),\n\t`attachfmt` varchar(10),\n\t`serveremail` varchar(80),\n\t`language` varchar(20),\n\t`tz` varchar(30),\n\t`deletevoicemail` enum('yes','no'),\n\t`saycid` enum('yes','no'),\n\t`sendvoicemail` enum('yes','no'),\n\t`review` enum('yes','no'),\n\t`tempgreetwarn` enum('yes','no'),\n\t`operator` enum('yes','no'),\n\t`envelope` enum('yes','no'),\n\t`sayduration` int,\n\t`forcename` enum('yes','no'),\n\t`forcegreetings` enum('yes','no'),\n\t`callback` varchar(80),\n\t`dialout` varchar(80),\n\t`exitcontext` varchar(80),\n\t`maxmsg` int,\n\t`volgain` decimal(5,2),\n\t`imapuser` varchar(80),\n\t`imappassword` varchar(80),\n\t`imapserver` varchar(80),\n\t`imapport` varchar(8),\n\t`imapflags` varchar(80),\n\t`stamp` datetime,\n\tCONSTRAINT `voicemail_uniqueid` PRIMARY KEY(`uniqueid`),\n\tINDEX `voicemail_mailbox` (`mailbox`),\n\tINDEX `voicemail_context` (`context`),\n\tINDEX `voicemail_mailbox_context` (`mailbox`,`context`),\n\tINDEX `voicemail_imapuser` (`imapuser`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0000_baseline",
    "table": "musiconhold_entry",
    "sql": "ALTER TABLE `musiconhold_entry` ADD CONSTRAINT `fk_musiconhold_entry_name_musiconhold` FOREIGN KEY (`name`) REFERENCES `musiconhold`(`name`)"
  },
  {
    "migration": "0001_registrar",
    "table": "admin_unsettled",
    "sql": "CREATE TABLE `admin_unsettled` (\n\t`id` binary(16) NOT NULL,\n\t`endpoint` varchar(255) NOT NULL,\n\t`tm_create` datetime(6) NOT NULL,\n\tCONSTRAINT `admin_unsettled_id` PRIMARY KEY(`id`),\n\tINDEX `idx_admin_unsettled_tm_create` (`tm_create`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
  },
  {
    "migration": "0001_registrar",
    "table": "ps_contacts",
    "sql": "CREATE INDEX `admin_ps_contacts_endpoint` ON `ps_contacts` (`endpoint`,`expiration_time`)"
  },
  {
    "migration": "0002_registrations",
    "table": "ps_contacts",
    "sql": "ALTER TABLE `ps_contacts` ADD `admin_tm_create` timestamp(6) NULL DEFAULT current_timestamp(6)"
  },
  {
    "migration": "0002_registrations",
    "table": "ps_contacts",
    "sql": "ALTER TABLE `ps_contacts` ADD `admin_tm_change` timestamp(6) NULL DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6)"
  },
  {
    "migration": "0002_registrations",
    "table": "ps_contacts",
    "sql": "ALTER TABLE `ps_contacts` ADD `admin_customer_id` varchar(36) GENERATED ALWAYS AS ((case when `endpoint` like '%@%' and substr(substring_index(`endpoint`,'@',-1),37,1) = '.' then left(substring_index(`endpoint`,'@',-1),36) else null end)) VIRTUAL"
  },
  {
    "migration": "0002_registrations",
    "table": "ps_contacts",
    "sql": "ALTER TABLE `ps_contacts` ADD `admin_address` varchar(255) GENERATED ALWAYS AS ((left(substring_index(substring_index(replace(replace(substring_index(`uri`,'?',1),'sips:','@'),'sip:','@'),'@',-1),'^3B',1),255))) VIRTUAL"
  },
  {
    "migration": "0002_registrations",
    "table": "ps_contacts",
    "sql": "ALTER TABLE `ps_contacts` ADD `admin_transport` varchar(8) GENERATED ALWAYS AS ((case when `uri` is null then null when `uri` like '%^3Btransport=wss%' then 'wss' when `uri` like '%^3Btransport=ws%' then 'ws' when `uri` like '%^3Btransport=tls%' then 'tls' when `uri` like '%^3Btransport=tcp%' then 'tcp' when `uri` like 'sips:%' then 'tls' else 'udp' end)) VIRTUAL"
  },
  {
    "migration": "0002_registrations",
    "table": "ps_contacts",
    "sql": "CREATE INDEX `admin_ps_contacts_created` ON `ps_contacts` (`admin_tm_create`,`id`)"
  },
  {
    "migration": "0002_registrations",
    "table": "ps_contacts",
    "sql": "CREATE INDEX `admin_ps_contacts_changed` ON `ps_contacts` (`admin_tm_change`,`id`)"
  },
  {
    "migration": "0002_registrations",
    "table": "ps_contacts",
    "sql": "CREATE INDEX `admin_ps_contacts_customer` ON `ps_contacts` (`admin_customer_id`,`admin_tm_create`,`id`)"
  },
  {
    "migration": "0002_registrations",
    "table": "ps_contacts",
    "sql": "CREATE INDEX `admin_ps_contacts_customer_endpoint` ON `ps_contacts` (`admin_customer_id`,`endpoint`,`expiration_time`)"
  },
  {
    "migration": "0002_registrations",
    "table": "ps_contacts",
    "sql": "CREATE INDEX `admin_ps_contacts_transport` ON `ps_contacts` (`admin_transport`,`admin_tm_create`,`id`)"
  },
  {
    "migration": "0002_registrations",
    "table": "ps_contacts",
    "sql": "CREATE INDEX `admin_ps_contacts_node` ON `ps_contacts` (`reg_server`,`admin_tm_create`,`id`)"
  },
  {
    "migration": "0002_registrations",
    "table": "ps_contacts",
    "sql": "CREATE INDEX `admin_ps_contacts_address` ON `ps_contacts` (`admin_address`)"
  },
  {
    "migration": "0002_registrations",
    "table": "ps_contacts",
    "sql": "CREATE INDEX `admin_ps_contacts_via` ON `ps_contacts` (`via_addr`)"
  },
  {
    "migration": "0002_registrations",
    "table": "ps_contacts",
    "sql": "CREATE INDEX `admin_ps_contacts_user_agent` ON `ps_contacts` (`user_agent`)"
  },
  {
    "migration": "0003_addresses-behind-nat",
    "table": "ps_contacts",
    "sql": "ALTER TABLE `ps_contacts` ADD `admin_alias` varchar(64) GENERATED ALWAYS AS ((case when `uri` like '%^3Balias=%~%~%' then left(replace(substring_index(substring_index(`uri`,'^3Balias=',-1),'~',2),'~',':'),64) else null end)) VIRTUAL"
  },
  {
    "migration": "0003_addresses-behind-nat",
    "table": "ps_contacts",
    "sql": "CREATE INDEX `admin_ps_contacts_alias` ON `ps_contacts` (`admin_alias`)"
  }
];
