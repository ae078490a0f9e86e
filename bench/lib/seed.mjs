// Fills the tables of an empty, migrated installation with many believable rows, fast: the server makes them itself.

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
