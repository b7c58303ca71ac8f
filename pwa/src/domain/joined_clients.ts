/** A client who was entered twice is one on every list (H7): the kept file's summary, with what its duplicates hold. Pure. */

import type { CaseSummary } from '../model/engine.ts';
import { keptFiles } from '../rules/one_person.ts';
import { own } from '../rules/own.ts';

/** One summary for each client; of one with duplicates `also` names them, and their visits and lines are among its own. */
export function asOne(summaries: CaseSummary[]): CaseSummary[] {
  const named = Object.fromEntries(
    summaries.flatMap(({ case: file, duplicateOf }) => (duplicateOf ? [[file, duplicateOf]] : [])),
  ) as Record<string, string>;
  const kept = new Map(
    Object.entries(
      keptFiles(
        named,
        summaries.map((one) => one.case),
      ),
    ),
  );
  return summaries
    .filter((one) => !kept.has(one.case))
    .map((one) => {
      const duplicates = summaries.filter((other) => kept.get(other.case) === one.case);
      return duplicates.length === 0 ? one : joined(one, duplicates);
    });
}

function joined(kept: CaseSummary, duplicates: CaseSummary[]): CaseSummary {
  const all = [kept, ...duplicates];
  const minutes: Record<string, number> = {};
  for (const { countedMinutes } of all)
    for (const [month, counted] of Object.entries(countedMinutes))
      minutes[month] = (own(minutes, month) ?? 0) + counted;
  const contacts = all.flatMap(({ lastContact }) => lastContact ?? []).sort();
  return {
    ...kept,
    also: duplicates.map((one) => one.case).sort(),
    duplicates,
    otherWorkers: duplicates.flatMap(({ ownWorker }) => ownWorker ?? []),
    isIntake: all.every(({ isIntake }) => isIntake === true),
    waits: all.some(({ isIntake }) => isIntake === true),
    countedMinutes: minutes,
    safety: [...new Set(all.flatMap(({ safety }) => safety))],
    safetyNote: [...new Set(all.flatMap(({ safetyNote }) => safetyNote ?? []))].join(' · ') || null,
    lastContact: contacts.at(-1) ?? null,
    visits: all.flatMap(({ visits }) => visits).sort((a, b) => (a.start < b.start ? -1 : 1)),
    openGoals: sum(all, 'openGoals'),
    // A duplicate's header is not shown, so nothing of it is settled here.
    differing: all
      .flatMap(({ differing, case: file }) =>
        differing.filter((id) => file === kept.case || id !== file),
      )
      .sort(),
    records: sum(all, 'records'),
    listed: all.flatMap(({ listed, case: file }) =>
      // What a duplicate's header says of its client, the kept one says.
      (listed ?? []).filter(({ kind }) => kind !== 'case' || file === kept.case),
    ),
  };
}

function sum(all: CaseSummary[], what: 'openGoals' | 'records'): number {
  return all.reduce((total, one) => total + one[what], 0);
}
