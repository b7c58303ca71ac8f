/** Checklists: the items of phases and areas, and who ticked each of them when. */

import type { Json, RecordView } from '../model/engine.ts';
import { asParts, partText, shownValue } from './records.ts';
import type { Day } from '../rules/time.ts';

/** A phase or an area of the catalogue with its items, by code. */
export interface ListOutline {
  code: string;
  items: string[];
}

export interface TickedItem {
  code: string;
  done: boolean;
  on: Day | null;
  by: string | null;
  visit: string | null;
}

interface TickList {
  code: string;
  items: TickedItem[];
  done: number;
}

/** The one checklist record of a case; the oldest where two phones made one each. */
export function checklistRecord(records: RecordView[]): RecordView | null {
  const lists = records.filter((record) => record.kind === 'checklist');
  return lists.sort((a, b) => (a.id < b.id ? -1 : 1))[0] ?? null;
}

/** Every item with its tick. Two phones may each have begun a checklist record: a tick in either counts. */
export function tickList(outline: ListOutline, records: RecordView[]): TickList {
  const lists = records.filter((record) => record.kind === 'checklist');
  const items = outline.items.map((code) => tickedItem(code, lists));
  return { code: outline.code, items, done: items.filter((item) => item.done).length };
}

function tickedItem(code: string, lists: RecordView[]): TickedItem {
  const ticks = lists.map((list) => tickOf(code, shownValue(list, `ticks/${code}`)));
  return (
    ticks.find((tick) => tick.done) ??
    ticks[0] ?? { code, done: false, on: null, by: null, visit: null }
  );
}

function tickOf(code: string, value: Json): TickedItem {
  const parts = asParts(value);
  return {
    code,
    done: parts['done'] === true,
    on: partText(parts, 'on'),
    by: partText(parts, 'by'),
    visit: partText(parts, 'visit'),
  };
}

/** What is open comes first. `wasDone`: as it stood when the screen was opened, so that nothing moves under a finger. */
export function openFirst<Item extends { code: string }>(
  items: Item[],
  wasDone: ReadonlySet<string>,
): Item[] {
  const isDone = ({ code }: Item) => wasDone.has(code);
  return [...items.filter((item) => !isDone(item)), ...items.filter(isDone)];
}
