/** How a client is doing, area by area: the goals, and what is open of each kind that belongs there (Q2). Pure. */

import { drawnKinds, kindsAt } from '../kinds/fields.ts';
import type { RecordView } from '../model/engine.ts';
import type { Day } from '../rules/time.ts';
import { valuesOf } from './columns.ts';
import { deadlinesOf } from './falling_due.ts';
import { goalsOf } from './goals.ts';
import { isOpen } from './kind_rules.ts';
import { lineOf } from './records.ts';
import { isRemoved } from '../rules/merge.ts';

interface OpenKind {
  kind: string;
  icon: string;
  isListed: boolean;
  /** what has a deadline first, by its day; then the newest */
  open: RecordView[];
}

export interface AreaView {
  /** a code of `guidance_area`; empty for the service itself */
  area: string;
  goals: RecordView[];
  kinds: OpenKind[];
}

/** The service itself comes last. */
export function overviewOf(
  records: readonly RecordView[],
  areas: readonly string[],
  today: Day,
): AreaView[] {
  const goals = goalsOf([...records]).open;
  // What came with a referral is told where there was one (H4).
  const ofIntake = kindsAt('intake').filter(([name]) => records.some(({ kind }) => kind === name));
  const drawn = [...drawnKinds(), ...ofIntake];
  return [...areas, ''].map((area) => {
    const own = drawn.filter(([, kind]) => (kind.area ?? '') === area);
    return {
      area,
      goals: goals.filter((goal) => (lineOf(goal, 'area') ?? '') === area),
      kinds: own.map(([kind, { icon, columns }]) => ({
        kind,
        icon,
        isListed: columns !== undefined,
        open: inOrder(openOf(kind, records, today), today),
      })),
    };
  });
}

/** Of a kind what its declaration calls open. */
export function openOf(kind: string, records: readonly RecordView[], today: Day): RecordView[] {
  return records.filter(
    (one) => one.kind === kind && !isRemoved(one) && isOpen(kind, { values: valuesOf(one), today }),
  );
}

function inOrder(records: RecordView[], today: Day): RecordView[] {
  const days = new Map(records.map((record) => [record.id, nearest(record, today)]));
  const dayOf = (record: RecordView) => days.get(record.id) ?? '9';
  return records.sort((a, b) => {
    const [first, second] = [dayOf(a), dayOf(b)];
    if (first !== second) return first < second ? -1 : 1;
    return a.id < b.id ? 1 : -1;
  });
}

function nearest(record: RecordView, today: Day): Day | undefined {
  return deadlinesOf(record.kind, valuesOf(record), today)
    .map(({ day }) => day)
    .sort()[0];
}
