/** Ratings of one sheet, by whom and when: what the wheel and its table show. Pure. */

import type { RecordView } from '../model/engine.ts';
import { itemsOf, lineOf } from './records.ts';
import { isRemoved } from '../rules/merge.ts';

export interface Rated {
  by: string;
  on: string;
  /** by item, the code of the sheet's scale */
  values: Map<string, string>;
}

interface Wheel {
  /** whose first rating the change is counted from; null where there is only one */
  first: Rated | null;
  /** the latest of each side, the client's first */
  latest: Rated[];
}

const SIDES = ['client', 'worker', 'commissioner'];

/** The ratings of a sheet, oldest first. Of one day the later made is the later. */
export function ratingsOf(records: readonly RecordView[], sheet: string): Rated[] {
  return records
    .filter((one) => one.kind === 'rating' && !isRemoved(one) && lineOf(one, 'sheet') === sheet)
    .map((one) => ({
      id: one.id,
      by: lineOf(one, 'by') ?? '',
      on: lineOf(one, 'on') ?? '',
      values: valuesIn(one),
    }))
    .filter(({ values }) => values.size > 0)
    .sort((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1))
    .map(({ by, on, values }) => ({ by, on, values }));
}

function valuesIn(record: RecordView): Map<string, string> {
  const said = [...itemsOf(record, 'values')].flatMap(([item, value]): [string, string][] =>
    typeof value === 'string' ? [[item, value]] : [],
  );
  return new Map(said);
}

/** The change is counted from the first rating of the side that has rated more than once, the client before others. */
export function wheelOf(ratings: readonly Rated[]): Wheel {
  const latest = SIDES.flatMap((by) => ratings.findLast((one) => one.by === by) ?? []);
  const first = latest
    .map(({ by, on }) => ratings.find((one) => one.by === by && one.on < on))
    .find((one) => one !== undefined);
  return { first: first ?? null, latest };
}

/** Where the spokes of a wheel end: `share` of its radius, the first upwards, clockwise; rounded to a tenth. */
export function pointOf(
  index: number,
  spokes: number,
  share: number,
  radius: number,
): [number, number] {
  const angle = (2 * Math.PI * index) / spokes - Math.PI / 2;
  const round = (value: number) => Math.round(value * share * radius * 10) / 10;
  return [round(Math.cos(angle)), round(Math.sin(angle))];
}
