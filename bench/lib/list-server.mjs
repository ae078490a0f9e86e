// A page of customers without anything around it: node list-server.mjs <mysql address>, by process.fork. Two statements in
// raw mysql2, the very ones that the console's list comes to, and their rows as JSON. Sends its port, and ends with whoever
// started it.
import { createServer } from "node:http";
import { createRequire } from "node:module";

const mysql = createRequire(import.meta.url)("mysql2/promise");
const pool = mysql.createPool({ uri: process.argv[2], connectionLimit: 20, maxIdle: 20, dateStrings: true });

const PAGE = `select id, name, detail, email, phone_number, address, webhook_method, webhook_uri, billing_account_id,
    cast(tm_create as char) as tm_create, cast(tm_update as char) as tm_update, cast(tm_delete as char) as tm_delete
  from customer_customers force index (idx_customer_customers_deleted_tm_create)
  where row_deleted = ? order by customer_customers.tm_create desc, id desc limit ?`;
const COUNT =
  "select count(*) as count from (select 1 as one from customer_customers where row_deleted = ? limit ?) as matching";

const server = createServer(async (_, response) => {
  try {
    const [[rows], [[total]]] = await Promise.all([pool.execute(PAGE, [0, "51"]), pool.execute(COUNT, [0, "10001"])]);
    for (const row of rows) {
      row.id = row.id.toString("hex");
      row.billing_account_id = row.billing_account_id?.toString("hex");
    }
    const text = JSON.stringify({ items: rows.slice(0, 50), next: rows.length > 50, total });
    response
      .writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
      .end(text);
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
process.once("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
