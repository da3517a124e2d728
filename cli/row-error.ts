/** A row of a file that could not be answered; `row` as a spreadsheet numbers it, the header being row 1. */
export type RowError = {
  readonly code: 'EID_ERR_CSV_ROW';
  readonly row: number;
  readonly column: string;
  readonly id: string;
  readonly message: string;
};

/** Names the row and the column at fault, and why. */
export const badRow = (row: number, column: string, id: string, reason: string): RowError => ({
  code: 'EID_ERR_CSV_ROW',
  row,
  column,
  id,
  message: `EID_ERR_CSV_ROW: row ${row}, column ${column}: ${reason}`,
});
