-- What a registrar may do in the asterisk database: read accounts, and keep registrations. Run once, as an
-- administrator, after `npm run db:migrate`, with a password of your own and the registrars' addresses instead of '%'.
create user if not exists 'asterisk'@'%' identified by 'change-me';
grant select on asterisk.ps_endpoints to 'asterisk'@'%';
grant select on asterisk.ps_auths to 'asterisk'@'%';
grant select on asterisk.ps_aors to 'asterisk'@'%';
grant select on asterisk.ps_domain_aliases to 'asterisk'@'%';
grant select, insert, update, delete on asterisk.ps_contacts to 'asterisk'@'%';
