// Fills the tables of an empty, migrated installation with many believable rows, fast: the server makes them itself.
import { createHash } from "node:crypto";

/** `select` of 0 … count-1 as `i`, for MySQL and MariaDB alike. */
const numbers = (count) => {
  const digits = Math.ceil(Math.log10(count));
  const digit = `(${Array.from({ length: 10 }, (_, d) => `select ${d} as d`).join(" union all ")})`;
  const names = Array.from({ length: digits }, (_, place) => `d${place}`);
  const sum = names.map((name, place) => `${name}.d * ${10 ** place}`).join(" + ");
  return `(select ${sum} as i from ${names.map((name) => `${digit} ${name}`).join(" cross join ")} having i < ${count})`;
};

const WORDS = ["Meridian", "Acme", "Northwind", "Harbor", "Blue", "Kestrel", "Zürcher", "Lumen", "Orchard", "Vertex"];
const TRADES = ["Telecom", "Clinics", "Logistics", "Media", "Bank", "Insurance", "Energy", "Travel", "Retail", "Labs"];
const pick = (words, by) => `elt(1 + ${by} mod ${words.length}, ${words.map((word) => `'${word}'`).join(", ")})`;
/** Spreads consecutive numbers, so that neighbours in time are no neighbours in any other order. */
const spread = (i, most) => `((${i} * 7919) mod ${most})`;
const MADE = (i, count) => `timestampadd(microsecond, ${i} * ${Math.floor(94_608_000_000_000 / count)}, '2023-11-21')`;
const NEVER = "'9999-01-01 00:00:00.000000'";

/** Rows go in in pieces, so that no transaction grows without bound. */
async function inPieces(connection, count, insert) {
  const piece = 100_000;
  for (let from = 0; from < count; from += piece)
    await connection.query(insert(`(select i + ${from} as i from ${numbers(Math.min(piece, count - from))} n)`));
}

/**
 * Customers over three years. One in twenty is deleted, and one in twenty has neither name nor number, as siblings make
 * them; billing accounts are set but for one in ten.
 */
export async function seedCustomers(connection, count) {
  await inPieces(
    connection,
    count,
    (n) => `insert into customer_customers
      (id, name, detail, email, phone_number, address, webhook_method, webhook_uri, billing_account_id, tm_create, tm_update, tm_delete)
      select unhex(md5(concat('c', i))),
        if(i mod 20 = 7, '', concat(${pick(WORDS, spread("i", 1009))}, ' ', ${pick(TRADES, spread("i", 2003))}, ' ', ${spread("i", count)})),
        'Seeded for a measurement', concat(lower(${pick(TRADES, spread("i", 2003))}), ${spread("i", count)}, '@bench.example'),
        if(i mod 20 = 7, '', concat('+1555', lpad(${spread("i", count)}, 7, '0'))), '1 Main Street',
        'POST', concat('https://hooks.example.com/', i), if(i mod 10 = 3, repeat('\\0', 16), unhex(md5(concat('b', i)))),
        ${MADE("i", count)}, ${MADE("i", count)}, if(i mod 20 = 11, ${MADE("i", count)}, ${NEVER})
      from ${n} as numbered`,
  );
}

/** Access keys of the seeded customers: two for most of them, and a thousand times as many for one. */
export async function seedAccessKeys(connection, count, customers) {
  await inPieces(
    connection,
    count,
    (n) => `insert into customer_accesskeys
      (id, customer_id, name, detail, token, token_hash, tm_expire, tm_create, tm_update, tm_delete, tm_used)
      select unhex(md5(concat('k', i))), unhex(md5(concat('c', if(i mod 100 = 0, 1, i mod ${customers})))),
        if(i mod 2 = 0, 'default', concat('key ', i)), '', 'vb_Seed…', unhex(sha2(concat('k', i), 256)),
        timestampadd(day, 30 + ${spread("i", 1500)}, ${MADE("i", count)}), ${MADE("i", count)}, ${MADE("i", count)},
        if(i mod 20 = 11, ${MADE("i", count)}, ${NEVER}),
        if(i mod 3 = 0, null, timestampadd(day, ${spread("i", 400)}, ${MADE("i", count)}))
      from ${n} as numbered`,
  );
}

const REALM = "registrar.voipbin.net";
/** A seeded customer's id as text. */
const customerText = (by) => {
  const hex = `md5(concat('c', ${by}))`;
  const parts = [
    [1, 8],
    [9, 4],
    [13, 4],
    [17, 4],
    [21, 12],
  ].map(([at, length]) => `substr(${hex}, ${at}, ${length})`);
  return `concat_ws('-', ${parts.join(", ")})`;
};
/** The key of Asterisk's rows: numbers from 1000 up for each of the customers. */
const endpoint = (customers) =>
  `concat(1000 + i div ${customers}, '@', ${customerText(`(i mod ${customers})`)}, '.${REALM}')`;

/** The id of a seeded customer, as text. @param {number} index */
export const seededCustomer = (index) =>
  createHash("md5")
    .update(`c${index}`)
    .digest("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** Live extensions of the seeded customers, as many for each, in bin_manager: the records, and what Kamailio reads. */
export async function seedExtensions(connection, count, customers) {
  const realm = `concat(${customerText(`(i mod ${customers})`)}, '.${REALM}')`;
  const id = endpoint(customers);
  await inPieces(
    connection,
    count,
    (n) => `insert into registrar_extensions
      (id, customer_id, name, detail, endpoint_id, aor_id, auth_id, extension, domain_name, realm, username, password, tm_create, tm_update, tm_delete)
      select unhex(md5(concat('e', i))), unhex(md5(concat('c', i mod ${customers}))), concat(${pick(WORDS, spread("i", 1009))}, ' desk ', i), '',
        ${id}, ${id}, ${id}, 1000 + i div ${customers}, ${customerText(`(i mod ${customers})`)}, ${realm}, 1000 + i div ${customers},
        concat('pw-', md5(i)), ${MADE("i", count)}, ${MADE("i", count)}, ${NEVER}
      from ${n} as numbered`,
  );
  await inPieces(
    connection,
    count,
    (
      n,
    ) => `insert into registrar_sip_auths (id, reference_type, auth_types, realm, username, password, allowed_ips, tm_create, tm_update)
      select unhex(md5(concat('e', i))), 'extension', '["basic"]', ${realm}, 1000 + i div ${customers}, concat('pw-', md5(i)), '[]',
        ${MADE("i", count)}, ${NEVER} from ${n} as numbered`,
  );
}

/** The accounts of the same extensions in Asterisk's database, and a registered phone for each of the first `contacts`. */
export async function seedAccounts(connection, count, customers, contacts) {
  const id = endpoint(customers);
  const realm = `concat(${customerText(`(i mod ${customers})`)}, '.${REALM}')`;
  const rows = (columns, values) => (n) => `insert into ${columns} select ${values} from ${n} as numbered`;
  await inPieces(connection, count, rows("ps_aors (id, max_contacts, remove_existing)", `${id}, 3, 'yes'`));
  await inPieces(
    connection,
    count,
    rows(
      "ps_auths (id, auth_type, username, password, realm)",
      `${id}, 'userpass', 1000 + i div ${customers}, concat('pw-', md5(i)), ${realm}`,
    ),
  );
  await inPieces(connection, count, rows("ps_endpoints (id, aors, auth)", `${id}, ${id}, ${id}`));
  await inPieces(
    connection,
    contacts,
    rows(
      "ps_contacts (id, uri, expiration_time, qualify_frequency, outbound_proxy, path, user_agent, qualify_timeout, reg_server, authenticate_qualify, via_addr, via_port, call_id, endpoint, prune_on_boot, qualify_2xx_only)",
      `concat(${id}, '^3B@', md5(i)), concat('sip:', 1000 + i div ${customers}, '@203.0.113.', i mod 250, ':', 5000 + i mod 60000, '^3Btransport=udp'),
       unix_timestamp() + 3600 + i mod 3600, 0, '', '', concat('Phone/', i mod 9), 3, concat('reg-', i mod 3), 'no', concat('203.0.113.', i mod 250), 5060,
       md5(concat('call', i)), ${id}, 'no', 'false'`,
    ),
  );
}

/** Audit entries about the seeded customers, by a few admins. */
export async function seedAudit(connection, count, customers) {
  await inPieces(
    connection,
    count,
    (n) => `insert into admin_audit
      (id, tm_create, actor_type, actor_id, actor_name, customer_id, action, resource_type, resource_id, \`before\`, \`after\`, request_id, ip, user_agent)
      select unhex(concat(lpad(hex(1700000000000 + i * 60), 12, '0'), right(md5(i), 20))), ${MADE("i", count)},
        if(i mod 4 = 0, 'access-key', 'admin'), concat('actor-', i mod 50), concat('Admin ', i mod 50),
        unhex(md5(concat('c', ${spread("i", customers)}))), elt(1 + i mod 4, 'customer.update', 'access-key.create', 'access-key.rotate', 'customer.create'),
        elt(1 + i mod 4, 'customer', 'access-key', 'access-key', 'customer'), concat('resource-', ${spread("i", customers)}),
        '{"name":"old"}', '{"name":"new"}', concat('request-', i), '127.0.0.1', 'bench'
      from ${n} as numbered`,
  );
}
