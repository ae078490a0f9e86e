"use client";

import { Download, FileUp, KeyRound, TriangleAlert, Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState, type ReactNode } from "react";
import { IMPORT_BYTES_MOST, IMPORT_ROWS_MOST, type ImportKind } from "@/server/domain/registrar/limits";
import type { ImportInput, ImportPreview } from "@/server/domain/registrar/schemas";
import { CustomerPicker, type PickedCustomer } from "../customers/customer-picker";
import { FormFailure } from "../forms/form-failure";
import { useI18n } from "../i18n/provider";
import type { FailureDescription } from "../lib/failures";
import { PageHead } from "../shell/page-head";
import { useSession } from "../shell/session";
import { trpc } from "../trpc";
import { Button, ButtonLink } from "../ui/button";
import { Card } from "../ui/card";
import { Note } from "../ui/note";
import { toast } from "../ui/toast";
import { ColumnMapping } from "./column-mapping";
import { ImportRows } from "./import-rows";
import { downloadSample } from "./samples";
import { FileRefused, previewFile, startFile } from "./send-file";

/** Imports a CSV file: choose it, say which column is what, see what it would do, begin. */
export function ImportPage({ kind }: { kind: ImportKind }) {
  const { t } = useI18n();
  const work = useImport(kind);
  const { file, preview, failure, busy } = work;
  const list = `/sip/${kind}`;
  return (
    <>
      <PageHead
        crumbs={{
          label: t(`sipImport.${kind}.title`),
          items: [{ text: t(`sipImport.${kind}.list`), href: list }, { text: t("sipImport.import") }],
        }}
        title={t(`sipImport.${kind}.title`)}
        sub={t("sipImport.sub")}
      />
      <div className="stack">
        <FileStep kind={kind} work={work} />
        <FormFailure failure={failure} />
        {preview !== null && file !== null && (
          <>
            <Step number={2} title={t("sipImport.columns")}>
              <p className="muted">{t("sipImport.columnsText")}</p>
              <ColumnMapping
                kind={kind}
                preview={preview}
                onChange={(mapping) => void work.look(file, { ...work.input, mapping })}
              />
            </Step>
            <Step number={3} title={t("sipImport.preview")}>
              <Summary preview={preview} />
            </Step>
            <ImportRows kind={kind} preview={preview} busy={busy} />
            <div className="row row--end">
              <ButtonLink href={list}>{t("common.cancel")}</ButtonLink>
              <Button tone="primary" icon={Upload} busy={busy} onClick={() => void work.start(file)}>
                {t("sipImport.start", { count: preview.counts.create + preview.counts.change })}
              </Button>
            </div>
          </>
        )}
      </div>
    </>
  );
}

function useImport(kind: ImportKind) {
  const { t } = useI18n();
  const router = useRouter();
  const utils = trpc.useUtils();
  const [file, setFile] = useState<File | null>(null);
  const [input, setInput] = useState<ImportInput>({});
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [failure, setFailure] = useState<FailureDescription | null>(null);
  const [busy, setBusy] = useState(false);
  const turn = useRef(0);

  const attempt = async (work: (isLatest: () => boolean) => Promise<void>): Promise<void> => {
    const mine = ++turn.current;
    const isLatest = () => mine === turn.current;
    setBusy(true);
    setFailure(null);
    try {
      await work(isLatest);
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      if (isLatest()) setFailure(error.failure);
    } finally {
      if (isLatest()) setBusy(false);
    }
  };
  return {
    file,
    input,
    preview,
    failure,
    busy,
    /** Shows what a file would do. An answer that another request has overtaken is dropped. */
    look: (chosen: File, wanted: ImportInput) =>
      attempt(async (isLatest) => {
        setFile(chosen);
        setInput(wanted);
        const found = await previewFile(t, { kind, file: chosen, input: wanted }).catch((error: unknown) => {
          if (isLatest()) setPreview(null);
          throw error;
        });
        if (isLatest()) setPreview(found);
      }),
    start: (chosen: File) =>
      attempt(async () => {
        const mapping = preview?.mapping;
        const { id, count } = await startFile(t, {
          kind,
          file: chosen,
          input: { ...input, ...(mapping === undefined ? {} : { mapping }) },
        });
        toast(t("jobs.started", { count }));
        await utils.job.invalidate();
        router.push(`/operations/jobs/${id}`);
      }),
  };
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <Card id={`step-${number}`} title={`${number}. ${title}`}>
      <div className="card__body stack stack--sm">{children}</div>
    </Card>
  );
}

const ownedBy = (customer: PickedCustomer | null): ImportInput =>
  customer === null ? {} : { customerId: customer.id };

function FileStep({ kind, work }: { kind: ImportKind; work: ReturnType<typeof useImport> }) {
  const { t, number } = useI18n();
  const { tenant } = useSession();
  const chooser = useRef<HTMLInputElement>(null);
  const [customer, setCustomer] = useState<PickedCustomer | null>(null);
  const { file, look } = work;
  const limits = {
    rows: number(IMPORT_ROWS_MOST),
    size: IMPORT_BYTES_MOST / 2 ** 20,
  };
  return (
    <Step number={1} title={t("sipImport.file")}>
      <p className="muted">{t("sipImport.fileText", limits)}</p>
      {tenant.all && (
        <div className="import__customer">
          <CustomerPicker
            label={t("sipImport.customer")}
            hint={t("sipImport.customerHint")}
            required={false}
            picked={customer}
            onPick={(chosen) => {
              setCustomer(chosen);
              const { mapping } = work.input;
              if (file !== null) void look(file, { ...ownedBy(chosen), ...(mapping === undefined ? {} : { mapping }) });
            }}
          />
        </div>
      )}
      <input
        ref={chooser}
        className="sr"
        type="file"
        tabIndex={-1}
        aria-label={t("sipImport.choose")}
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          event.target.value = ""; // so that the same file, mended, can be chosen again
          if (chosen !== undefined) void look(chosen, ownedBy(customer));
        }}
      />
      <div className="row">
        <Button
          tone={file === null ? "primary" : undefined}
          icon={FileUp}
          busy={work.busy}
          onClick={() => chooser.current?.click()}
        >
          {t(file === null ? "sipImport.choose" : "sipImport.chooseOther")}
        </Button>
        <Button icon={Download} onClick={() => downloadSample(kind)}>
          {t("sipImport.sample")}
        </Button>
        {file !== null && <span className="wrap">{file.name}</span>}
      </div>
    </Step>
  );
}

function Summary({ preview: { counts, total, passwordsMade, encoding } }: { preview: ImportPreview }) {
  const { t } = useI18n();
  const words = (["create", "change", "unchanged", "wrong"] as const)
    .filter((each) => counts[each] > 0)
    .map((each) => t(`sipImport.counts.${each}`, { count: counts[each] }));
  return (
    <>
      <p role="status">{`${t("sipImport.total", { count: total })} ${words.join(" · ")}`}</p>
      {passwordsMade > 0 && (
        <Note tone="info" icon={KeyRound}>
          {t("sipImport.made", { count: passwordsMade })}
        </Note>
      )}
      {encoding === "windows-1252" && (
        <Note tone="warn" icon={TriangleAlert}>
          {t("sipImport.encoding")}
        </Note>
      )}
    </>
  );
}
