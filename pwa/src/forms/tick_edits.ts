/** Ticking an item of a checklist by itself, outside a visit. */

import { checklistRecord } from '../domain/checklists.ts';
import { asParts, shownValue } from '../domain/records.ts';
import type { Day } from '../rules/time.ts';
import type { Edit, Json, RecordView } from '../model/engine.ts';
import { editOf, baselineOf } from './baseline.ts';

/** A tick goes to the case's list (`newId` names it where there is none); taking one away goes to every list that has it. */
export function tickEdits(
  item: string,
  done: boolean,
  records: RecordView[],
  about: { case: string; newId: string; on: Day; by: string },
): Edit[] {
  const path = `ticks/${item}`;
  const value: Json = { done, on: about.on, by: about.by };
  const lists = records.filter((record) => record.kind === 'checklist');
  const ticked = lists.filter((list) => asParts(shownValue(list, path))['done'] === true);
  const targets = done
    ? [checklistRecord(records)?.id ?? about.newId]
    : ticked.map((list) => list.id);
  const opened = baselineOf(lists);
  return targets
    .map((record) => ({ record, kind: 'checklist', case: about.case }))
    .map((target) => editOf(opened, target, { [path]: value }))
    .filter((edit) => edit !== null);
}
