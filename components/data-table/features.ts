import {
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
  type ColumnDef,
  type RowData,
} from "@tanstack/react-table";

/** What a column says about itself beyond its cell. */
export interface ColumnMeta {
  /** Head of the column, label on a card, entry in the list of columns. */
  label: string;
  /** The name of the sort in the request; columns without one cannot be sorted by. */
  sort?: string;
  /** Numbers stand at the right. */
  numeric?: boolean;
  /** Left out where the list has less than 60 rem: altogether, or but for the cards below 768 px. */
  narrow?: "none" | "card";
  /** Takes a whole line of a card. */
  wholeLine?: boolean;
  /** Gets the width that the others leave, so that the table never grows for it. */
  fills?: boolean;
  /** The cell that names the row; always shown. */
  rowHead?: boolean;
  /** What can be done with the row; always shown, without a visible head. */
  actions?: boolean;
  /** Not shown until somebody asks for it. */
  offByDefault?: boolean;
  /** In CSS units; columns of a fixed width do not move when their contents change. */
  width?: string;
}

/** Rows are filtered, sorted and cut to pages by the server; the table only shows and hides columns. */
export const features = tableFeatures({ columnVisibilityFeature, columnMeta: {} as ColumnMeta });
export type Features = typeof features;

export const columnsOf = <Row extends RowData>() => createColumnHelper<Features, Row>();
export type Columns<Row extends RowData> = ReturnType<ReturnType<typeof columnsOf<Row>>["columns"]>;
export type Column<Row extends RowData> = ColumnDef<Features, Row>;
