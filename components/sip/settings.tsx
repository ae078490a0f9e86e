"use client";

import { Fragment } from "react";
import { CopyButton } from "../ui/copy";

export interface Setting {
  label: string;
  value: string;
}

/** What somebody types into a phone or a PBX, each with a button that copies it. */
export function Settings({ settings }: { settings: readonly Setting[] }) {
  return (
    <dl className="dl dl--tight">
      <SettingRows settings={settings} />
    </dl>
  );
}

/** The same in a list of other things. */
export function SettingRows({ settings }: { settings: readonly Setting[] }) {
  return settings.map(({ label, value }) => (
    <Fragment key={label}>
      <dt>{label}</dt>
      <dd>
        <span className="dl__value">
          <code>{value}</code>
          <CopyButton text={value} what={label} />
        </span>
      </dd>
    </Fragment>
  ));
}
