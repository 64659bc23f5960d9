import { createLoader, createParser, createSerializer, parseAsArrayOf, parseAsBoolean, parseAsInteger, parseAsString, parseAsStringLiteral, type inferParserType } from 'nuqs/server';
import { chartAddress, chartKeys } from '../../charts/chart-address';

/** Pairs in the address: `name*240,m:val/loss*120`. The mark occurs in no id, and is not encoded in addresses. */
const parseAsNumbers = createParser<Record<string, number>>({
  parse(text) {
    const pairs = text.split(',').map((part) => [decodeURIComponent(part.slice(0, part.lastIndexOf('*'))), Number(part.slice(part.lastIndexOf('*') + 1))] as const);
    return Object.fromEntries(pairs.filter(([key, number]) => key !== '' && Number.isFinite(number)));
  },
  serialize: (numbers) => Object.entries(numbers).map(([key, number]) => `${key.replace(/[%,*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)}*${number}`).join(','),
  eq: (a, b) => JSON.stringify(a) === JSON.stringify(b),
});

const list = parseAsArrayOf(parseAsString);

/** Name and status first, then a figure: so much fits on a phone. */
export const defaultColumns = ['name', 'status', 'max:val/accuracy', 'min:val/loss', 'c:freeze', 'backbone', 'dataset', 'epochs', 'duration', 'created'];

/** All that the runs page shows, in its address; what is as always is left out. */
export const tableAddress = {
  /** In the search language. */
  q: parseAsString.withDefault(''),
  /** A column, and which way. */
  sort: parseAsString.withDefault('created'),
  dir: parseAsStringLiteral(['asc', 'desc']).withDefault('desc'),
  /** Columns from left to right; those that the first `pin` are stay in sight. */
  cols: list.withDefault(defaultColumns),
  pin: parseAsInteger.withDefault(1),
  /** Widths in px of columns that were resized. */
  w: parseAsNumbers.withDefault({}),
  /** What the rows are grouped by, outermost first. */
  group: list.withDefault([]),
  /** Groups that are unfolded, by their paths. */
  open: list.withDefault([]),
  /** Runs left out of the chart, by the end of their ids. */
  hide: list.withDefault([]),
  /** Colours chosen by hand: the end of a run's id and a place in the palette. */
  colour: parseAsNumbers.withDefault({}),
  /** The run that the others are compared with. */
  base: parseAsString,
  archived: parseAsBoolean.withDefault(false),
  metric: parseAsString.withDefault('val/accuracy'),
  chart: parseAsBoolean.withDefault(true),
  /** How the chart is drawn. */
  ...chartAddress,
  /** At most mostNamed; more are held by the page alone. */
  selected: list.withDefault([]),
  /** The saved view this began from; `none`: no view, not the default one either. */
  view: parseAsString,
};

export type TableAddress = inferParserType<typeof tableAddress>;
export type ChangeAddress = (changes: { [Name in keyof TableAddress]?: TableAddress[Name] | null }) => void;

export const tableKeys = chartKeys;
export const loadTable = createLoader(tableAddress, { urlKeys: tableKeys });
export const tableQuery = createSerializer(tableAddress, { urlKeys: tableKeys });

/** An address of more would be too long for the server that is asked for it. */
const mostUnfolded = 100;

/** Beyond the most that an address holds, the one that was unfolded first is folded. */
export const toggled = (open: readonly string[], path: string): string[] => (open.includes(path) ? open.filter((each) => each !== path) : [...open, path].slice(-mostUnfolded));

/** What tells runs apart in an address. The beginnings of ids are times, and alike. */
export const shortId = (id: string): string => id.slice(-10);

const ofViews = ['q', 'sort', 'dir', 'cols', 'pin', 'w', 'group', 'hide', 'colour', 'base', 'archived', 'metric', 'chart', ...(Object.keys(chartAddress) as (keyof typeof chartAddress)[])] as const;

/** What a saved view keeps: all but what is selected or unfolded, and the view itself. Equal tables give equal texts. */
export function viewState(address: TableAddress): string {
  return tableQuery(Object.fromEntries(ofViews.map((name) => [name, address[name]])) as never).replace(/^\?/, '');
}
