/** The app of a test, opened by somebody: an engine that has these clients and people, and answers nothing else. */

import { vi } from 'vitest';
import type { CaseSummary, Engine, Json, Person, VisitSummary } from '../model/engine.ts';
import type { Role } from '../rules/constants.ts';
import { loadAllWords, setLocale } from '../words/index.svelte.ts';
import { app } from './app.svelte.ts';

export const person = (id: string, role: Role, team = 'north'): Person => ({
  id,
  name: id.charAt(0).toUpperCase() + id.slice(1),
  role,
  team,
  phone: null,
});

/** A client with visits, of which each says what it needs to. */
export function client(name: string, ownWorker: string | null, ...visits: Partial<VisitSummary>[]) {
  const whole = visits.map((visit, index) => ({
    record: `${name}-${index}`,
    case: name,
    worker: null,
    partner: null,
    outcome: null,
    end: visit.start,
    ...visit,
  }));
  const fields = { case: name, name, ownWorker, team: 'north', updatedAt: '', tasks: [] };
  return { ...fields, visits: whole } as unknown as CaseSummary;
}

interface Opened {
  me: string;
  people: Person[];
  summaries: CaseSummary[];
  /** by address, what the server answers */
  answers?: Record<string, Json>;
}

export async function openApp({ me, people, summaries, answers = {} }: Opened): Promise<void> {
  vi.stubGlobal('document', { documentElement: {} });
  const storage = { persisted: () => Promise.resolve(true), estimate: () => Promise.resolve({}) };
  vi.stubGlobal('navigator', { storage });
  await setLocale('fi');
  await loadAllWords();
  const known: Partial<Engine> = {
    profiles: () => Promise.resolve([]),
    summaries: () => Promise.resolve(summaries),
    people: () => Promise.resolve(people),
    ask: (_, path) => {
      const ok = answers[path];
      return Promise.resolve(ok === undefined ? { none: true } : { ok });
    },
  };
  const nothing = () => Promise.resolve(null);
  const engine = new Proxy(known as Engine, {
    get: (some, name): unknown => Reflect.get(some, name) ?? nothing,
  });
  await app.start(engine);
  await app.opened({ profile: 'p', user: me, organisation: 'org', production: false });
}
