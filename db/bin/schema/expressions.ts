import { sql, type SQL } from "drizzle-orm";

/** 1 for a deleted row. Rows that the original left without a time (NULL) are not deleted. */
export const deletedFlag = (): SQL =>
  sql.raw("(case when `tm_delete` < '9999-01-01 00:00:00.000000' then 1 else 0 end)");

/** The e-mail of a row that is not deleted, case ignored; NULL, which a unique index lets repeat, for all others. */
export const liveEmail = (): SQL =>
  sql.raw("(case when `tm_delete` < '9999-01-01 00:00:00.000000' or `email` = '' then null else lower(`email`) end)");
