/**
 * @typedef {object} MysqlAccess
 * @property {string} host @property {number} port @property {string} user @property {string} password
 */

/**
 * Reads `user:pass@tcp(host:3306)/db` (Go's form) and `mysql://user:pass@host:3306/db`.
 * @param {string} dsn
 * @returns {(MysqlAccess & { database: string }) | undefined} undefined when it is neither
 */
export function parseDsn(dsn) {
  if (dsn.startsWith("mysql://")) {
    if (!URL.canParse(dsn)) return undefined;
    const url = new URL(dsn);
    return {
      host: url.hostname,
      port: Number(url.port || 3306),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: decodeURIComponent(url.pathname.slice(1)),
    };
  }
  const match = /^([^:@]*)(?::(.*))?@(?:tcp\(([^()]*)\))?\/([^/?]*)(?:\?.*)?$/.exec(dsn);
  if (!match) return undefined;
  const [, user = "", password = "", address = "", database = ""] = match;
  const [, host = "127.0.0.1", port = "3306"] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(address || "127.0.0.1:3306") ?? [];
  return { host: host || "127.0.0.1", port: Number(port), user, password, database };
}

/** @param {MysqlAccess} access @param {string} database */
export const toDsn = ({ user, password, host, port }, database) =>
  `${user}${password ? `:${password}` : ""}@tcp(${host}:${port})/${database}`;

/** @param {MysqlAccess} access */
export const toMysqlUrl = ({ user, password, host, port }) =>
  `mysql://${encodeURIComponent(user)}${password ? `:${encodeURIComponent(password)}` : ""}@${host}:${port}`;

/** @param {{ port: number, password?: string, database?: number | string, host?: string }} redis */
export const toRedisUrl = ({ host = "127.0.0.1", port, password, database = 0 }) =>
  `redis://${password ? `:${encodeURIComponent(password)}@` : ""}${host}:${port}/${database}`;

/** @param {{ user: string, password: string, port: number, vhost?: string }} access */
export const toAmqpUrl = ({ user, password, port, vhost }) =>
  `amqp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}${vhost ? `/${encodeURIComponent(vhost)}` : ""}`;

/** An address without its password, for messages. @param {string} address */
export const withoutPassword = (address) => address.replace(/^([a-z]+:\/\/)?([^:@/]*):.*@/, "$1$2@");
