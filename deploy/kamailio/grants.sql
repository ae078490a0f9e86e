-- What Kamailio may do in the bin_manager database: read what a digest is checked with. Run once, as an administrator,
-- after `npm run db:migrate`, with a password of your own and the proxies' addresses instead of '%'.
create user if not exists 'kamailio'@'%' identified by 'change-me';
grant select (id, reference_type, auth_types, realm, username, password, allowed_ips)
  on bin_manager.registrar_sip_auths to 'kamailio'@'%';
-- Which extension an account is, where a phone proves itself with another name.
grant select (id, extension) on bin_manager.registrar_extensions to 'kamailio'@'%';
