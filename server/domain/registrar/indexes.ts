/** Unique indexes that refuse what a look before could not, see db/bin/schema/registrar.ts. */
export const EXTENSION_INDEX = "uq_registrar_extensions_customer_id_extension_live";
export const DOMAIN_NAME_INDEX = "uq_registrar_trunks_domain_name_live";
