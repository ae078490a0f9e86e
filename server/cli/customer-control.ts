import { Command } from "commander";
import {
  accessKeyToWire,
  createAccessKey,
  createCustomer,
  customerToWire,
  deleteCustomer,
  getAccessKey,
  getCustomer,
  listAccessKeysBefore,
  listCustomersBefore,
  restoreCustomer,
  revokeAccessKey,
  rotateAccessKey,
  setBillingAccount,
  updateAccessKey,
  updateCustomer,
} from "@/server/domain/customer";
import type { WebhookMethod } from "@/server/domain/customer/limits";
import type { Context } from "@/server/kernel/context";
import { runCommand } from "./command";
import { integerFlag, pageFlags, readAll, requiredText, requiredUuid, type Flags } from "./flags";

const program = new Command("customer-control").description("Customers and access keys of VoIPbin, from the shell.");

const customer = program.command("customer").description("Customers");
profileFlags(customer.command("create").description("Create a customer"))
  .option("--email <address>", "e-mail address (required)", "")
  .action((flags: Flags) =>
    run("failed to create customer", () => {
      const email = requiredText(flags.email, "invalid email: Email is required");
      return async (ctx) => customerToWire(await createCustomer(ctx, { ...profile(flags), email }));
    }),
  );
customer
  .command("get")
  .description("Show a customer, a deleted one too")
  .option("--id <uuid>", "customer id (required)", "")
  .action((flags: Flags) =>
    run("failed to retrieve customer", () => {
      const id = customerId(flags);
      return async (ctx) => customerToWire(await getCustomer(ctx, { id }));
    }),
  );
customer
  .command("list")
  .description("List customers, newest first, deleted ones too")
  .option("--limit <number>", "how many at most; negative = all", "100")
  .option("--token <time>", "only those created before this time", "")
  .action((flags: Flags) =>
    run("failed to retrieve customers", () => {
      const page = pageFlags(flags);
      return async (ctx) =>
        (await readAll(page, (part) => listCustomersBefore(ctx, { filter: {}, ...part }))).map(customerToWire);
    }),
  );
profileFlags(customer.command("update").description("Replace a customer's fields; what is not given becomes empty"))
  .option("--id <uuid>", "customer id (required)", "")
  .option("--email <address>", "e-mail address (required)", "")
  .action((flags: Flags) =>
    run("failed to update customer", () => {
      const id = customerId(flags);
      const email = requiredText(flags.email, "invalid email: Email is required");
      return async (ctx) => customerToWire(await updateCustomer(ctx, { id, ...profile(flags), email }));
    }),
  );
customer
  .command("update-billing-account")
  .description("Set the account that pays")
  .option("--id <uuid>", "customer id (required)", "")
  .option("--billing-account-id <uuid>", "billing account id (required)", "")
  .action((flags: Flags) =>
    run("failed to update customer billing account", () => {
      const id = customerId(flags);
      const billingAccountId = requiredUuid(flags.billingAccountId, "invalid billing account ID", "Billing Account ID");
      return async (ctx) => customerToWire(await setBillingAccount(ctx, { id, billingAccountId }));
    }),
  );
customer
  .command("delete")
  .description("Delete a customer, and in the background all that is theirs")
  .option("--id <uuid>", "customer id (required)", "")
  .action((flags: Flags) =>
    run("failed to delete customer", () => {
      const id = customerId(flags);
      return async (ctx) => customerToWire(await deleteCustomer(ctx, { id }));
    }),
  );
customer
  .command("restore")
  .description("Bring back a customer that was deleted within the last 30 days")
  .option("--id <uuid>", "customer id (required)", "")
  .action((flags: Flags) =>
    run("failed to restore customer", () => {
      const id = customerId(flags);
      return async (ctx) => customerToWire(await restoreCustomer(ctx, { id }));
    }),
  );

const accessKey = program.command("accesskey").description("Access keys");
accessKey
  .command("create")
  .description("Create an access key; its token is shown this once")
  .option("--customer-id <uuid>", "customer id (required)", "")
  .option("--name <text>", "name", "")
  .option("--detail <text>", "description", "")
  .option("--expire <seconds>", "seconds to live; 0 = one year", "0")
  .action((flags: Flags) =>
    run("failed to create access key", () => {
      const owner = requiredUuid(flags.customerId, "invalid customer ID", "Customer ID");
      const expire = integerFlag(flags.expire, "expire");
      return async (ctx) => {
        const { key, token } = await createAccessKey(ctx, {
          customerId: owner,
          name: flags.name,
          detail: flags.detail,
          expire,
        });
        return accessKeyToWire(key, token);
      };
    }),
  );
accessKey
  .command("get")
  .description("Show an access key")
  .option("--id <uuid>", "access key id (required)", "")
  .action((flags: Flags) =>
    run("failed to retrieve access key", () => {
      const id = keyId(flags);
      return async (ctx) => accessKeyToWire(await getAccessKey(ctx, { id }));
    }),
  );
accessKey
  .command("list")
  .description("List access keys, newest first, deleted ones too")
  .option("--customer-id <uuid>", "only those of this customer", "")
  .option("--limit <number>", "how many at most; negative = all", "100")
  .option("--token <time>", "only those created before this time", "")
  .action((flags: Flags) =>
    run("failed to retrieve access keys", () => {
      const filter =
        flags.customerId === ""
          ? {}
          : { customerId: requiredUuid(flags.customerId, "invalid customer ID", "Customer ID") };
      const page = pageFlags(flags);
      return async (ctx) =>
        (await readAll(page, (part) => listAccessKeysBefore(ctx, { filter, ...part }))).map((key) =>
          accessKeyToWire(key),
        );
    }),
  );
accessKey
  .command("update")
  .description("Replace name and description")
  .option("--id <uuid>", "access key id (required)", "")
  .option("--name <text>", "name", "")
  .option("--detail <text>", "description", "")
  .action((flags: Flags) =>
    run("failed to update access key", () => {
      const id = keyId(flags);
      return async (ctx) => accessKeyToWire(await updateAccessKey(ctx, { id, name: flags.name, detail: flags.detail }));
    }),
  );
accessKey
  .command("rotate")
  .description("Give an access key a new token, shown this once")
  .option("--id <uuid>", "access key id (required)", "")
  .option("--overlap <seconds>", "for how long the present token goes on working", "0")
  .action((flags: Flags) =>
    run("failed to rotate access key", () => {
      const id = keyId(flags);
      const overlap = integerFlag(flags.overlap, "overlap");
      return async (ctx) => {
        const { key, token } = await rotateAccessKey(ctx, { id, overlap });
        return accessKeyToWire(key, token);
      };
    }),
  );
accessKey
  .command("delete")
  .description("Revoke an access key")
  .option("--id <uuid>", "access key id (required)", "")
  .action((flags: Flags) =>
    run("failed to delete access key", () => {
      const id = keyId(flags);
      return async (ctx) => accessKeyToWire(await revokeAccessKey(ctx, { id }));
    }),
  );

void runCommand(program, process.argv.slice(2));

function run(failure: string, prepare: () => (ctx: Context) => Promise<unknown>): Promise<void> {
  return runCommand.action(program, failure, prepare);
}

function profileFlags(command: Command): Command {
  return command
    .option("--name <text>", "name", "")
    .option("--detail <text>", "description", "")
    .option("--phone-number <number>", "phone number", "")
    .option("--address <text>", "postal address", "")
    .option("--webhook-method <method>", "POST, GET, PUT or DELETE", "POST")
    .option("--webhook-uri <uri>", "where events are sent", "");
}

function profile(flags: Flags) {
  return {
    name: flags.name,
    detail: flags.detail,
    phoneNumber: flags.phoneNumber,
    address: flags.address,
    webhookMethod: (flags.webhookMethod ?? "") as WebhookMethod, // the verb checks it
    webhookUri: flags.webhookUri,
  };
}

function customerId(flags: Flags): string {
  return requiredUuid(flags.id, "invalid customer ID", "Customer ID");
}

function keyId(flags: Flags): string {
  return requiredUuid(flags.id, "invalid access key ID", "Access Key ID");
}
