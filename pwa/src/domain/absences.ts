/** Who has a stand-in, and until which day: files that are open for a time, by whose clients they are (A11). Pure. */

import type { CaseSummary } from '../model/engine.ts';
import { dayOf, type Day } from '../rules/time.ts';

/** As the server tells it: the moment at which it is over, and the case files. */
interface StandIn {
  user: string;
  until: string;
  cases: readonly string[];
}

interface Absence {
  /** whose clients they are */
  person: string;
  standIn: string;
  lastDay: Day;
  clients: number;
}

/** The first to end comes first. Whose clients are not on this device is not known. */
export function absencesOf(
  summaries: readonly CaseSummary[],
  standIns: readonly StandIn[],
): Absence[] {
  const workerOf = new Map(summaries.map((client) => [client.case, client.ownWorker]));
  const found = new Map<string, Absence>();
  for (const { user, until, cases } of standIns) {
    const lastDay = dayOf(Date.parse(until) - 1);
    for (const id of cases) {
      const person = workerOf.get(id) ?? null;
      if (person === null || person === user) continue;
      const key = [person, user, lastDay].join();
      const clients = (found.get(key)?.clients ?? 0) + 1;
      found.set(key, { person, standIn: user, lastDay, clients });
    }
  }
  return [...found.values()].sort((a, b) => (a.lastDay < b.lastDay ? -1 : 1));
}

/** Who stands in for this person on a day, from today on. */
export function standInsOn(
  absences: readonly Absence[],
  person: string | null,
  { day, today }: { day: Day; today: Day },
): string[] {
  const on = absences.filter((one) => one.person === person && today <= day && day <= one.lastDay);
  return [...new Set(on.map(({ standIn }) => standIn))];
}

/** Whether somebody reads this client's file as a stand-in at that moment. */
export function standsIn(
  standIns: readonly StandIn[],
  person: string,
  client: string,
  at: string,
): boolean {
  return standIns.some(
    ({ user, until, cases }) => user === person && cases.includes(client) && at < until,
  );
}
