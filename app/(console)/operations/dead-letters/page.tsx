import { LetterList } from "@/components/dead-letters/letter-list";
import { loadDeadLetterParams } from "@/components/dead-letters/list-params";
import { within } from "../../../prefetch";
import { titled } from "../../../titled";
import { listPage } from "../../list-page";

/** The broker may be away, or others may be looking: then the list comes after the page. */
const PATIENCE_MS = 400;

export const generateMetadata = titled("nav.deadLetters");

export default listPage({
  right: "dead-letter:read",
  load: loadDeadLetterParams,
  read: (trpc, { size }) => within(PATIENCE_MS, [trpc.deadLetter.list.prefetch({ limit: size })]),
  list: <LetterList />,
});
