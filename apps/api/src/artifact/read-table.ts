import { readJson, show } from './read-json';

export type Cell = string | number | boolean | null;

export interface StoredTable {
  columns: string[];
  rows: Cell[][];
}

const mostColumns = 1000;
const expected = 'A table is { "columns": ["name", …], "rows": [["value", …], …] }';

/** A file of kind TABLE; throws an Error that says what is wrong with it and where. */
export function readTable(bytes: Uint8Array): StoredTable {
  const table = readJson(bytes) as Partial<StoredTable> | null;
  if (typeof table !== 'object' || table === null || !Array.isArray(table.columns) || !Array.isArray(table.rows)) throw new Error(`it has no columns or no rows. ${expected}`);
  const { columns, rows } = table as StoredTable;
  if (columns.length === 0 || columns.length > mostColumns) throw new Error(`it has ${columns.length} columns; a table has 1 to ${mostColumns}`);
  const unnamed = columns.findIndex((name) => typeof name !== 'string');
  if (unnamed !== -1) throw new Error(`columns.${unnamed} is ${show(columns[unnamed])}; the name of a column is a text`);
  rows.forEach((row, index) => {
    if (!Array.isArray(row)) throw new Error(`rows.${index} is ${show(row)}; a row is an array with one value for each column`);
    if (row.length !== columns.length) throw new Error(`rows.${index} has ${row.length} values for ${columns.length} columns; give one for each, null for none`);
    const odd = row.findIndex((cell) => typeof cell === 'object' && cell !== null);
    if (odd !== -1) throw new Error(`rows.${index}.${odd} (column ${show(columns[odd])}) is ${show(row[odd])}; a value is a text, a number, true, false or null`);
  });
  return { columns, rows };
}
