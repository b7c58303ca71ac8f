/**
 * Comparing digests (D3): once a day and after errors, does this device hold what the server holds? A file that differs
 * twice in a row, with an exchange between, is filled anew; the server writes that down.
 */

import { unpack } from '../rules/merge.ts';
import { isId } from '../rules/id.ts';
import { own } from '../rules/own.ts';
import type { StoredFile } from '../store/files.ts';
import { FILE_CLASS } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { exchange } from './exchange.ts';
import type { Asking, Exchange, Outcome } from './exchange_state.ts';
import { PROTOCOL } from './protocol.ts';
import type { SyncRequest } from '../model/outgoing.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** the server's `checks_max` */
const FILES_AT_ONCE = 500;
/** hashed in one go, some 10 ms */
const RECORDS_AT_ONCE = 250;

/** What one exchange is to ask. What a request has asked is asked no more. */
export function asking(check: string[], repair: string[] = []): Asking {
  const left = { check, repair };
  const some = (list: keyof typeof left) =>
    left[list].length > 0 ? { [list]: left[list].slice(0, FILES_AT_ONCE) } : {};
  return {
    next: () => ({ ...some('check'), ...some('repair') }),
    asked(request: SyncRequest) {
      for (const list of ['check', 'repair'] as const)
        left[list] = left[list].filter((one) => !request[list]?.includes(one));
    },
    get isLeft() {
      return left.check.length + left.repair.length > 0;
    },
  };
}

/** [W13] The server speaks a newer protocol: everything went both ways, and this app is to be renewed. */
export function updateNeeded({ protocol = PROTOCOL }: Exchange): Outcome | null {
  if (protocol <= PROTOCOL) return null;
  return { refused: { code: 'update_needed' }, status: 426, retryAfterMs: null };
}

/** Compares if it is time to; null where it is not. */
export async function check(run: Exchange): Promise<Outcome | null> {
  const { store } = run;
  const damaged = [...store.files.damaged];
  const isTime = store.now() - store.syncState.checkedAt > DAY_MS;
  if (!isTime && damaged.length === 0) return null;
  const start = performance.now();
  let cases = isTime ? [...store.index.keys()].filter(isId) : [];
  for (let round = 0; round < 2 && cases.length > 0; round++) {
    const compared = await differing(run, cases);
    if (!Array.isArray(compared)) return compared;
    cases = compared;
  }
  const repair = [...new Set([...cases, ...damaged])];
  if (repair.length > 0) {
    const outcome = await exchange({ ...run, ask: asking([], repair) });
    if (!('done' in outcome)) return outcome;
    for (const caseId of repair) store.files.damaged.delete(caseId);
  }
  await noteChecked(store);
  performance.measure('digests compared', { start });
  return { done: true };
}

/** Those of the files whose digests are not the server's. */
async function differing(run: Exchange, cases: string[]): Promise<string[] | Outcome> {
  const wrong: string[] = [];
  for (let at = 0; at < cases.length; at += FILES_AT_ONCE) {
    const told = new Map<string, Record<string, string>>();
    const outcome = await exchange({
      ...run,
      ask: asking(cases.slice(at, at + FILES_AT_ONCE)),
      heard: (files) => {
        for (const said of files)
          if (said.event === 'check')
            told.set(said.case, { ...told.get(said.case), [said.class]: said.digest });
      },
    });
    if (!('done' in outcome)) return outcome;
    for (const [caseId, theirs] of told)
      if (!(await agrees(run.store, caseId, theirs))) wrong.push(caseId);
  }
  return wrong;
}

/** [D4] Class by class. One of which the server says nothing may not be read any more, and nothing of it may lie here. */
async function agrees(
  store: Store,
  caseId: string,
  theirs: Record<string, string>,
): Promise<boolean> {
  const { EMPTY } = await import('../rules/digest.ts');
  const ours = await ownDigests(await store.files.read(caseId));
  const classes = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...classes].every((one) => (own(ours, one) ?? EMPTY) === (own(theirs, one) ?? EMPTY));
}

async function ownDigests({ copies }: StoredFile): Promise<Record<string, string>> {
  const { digests, EMPTY } = await import('../rules/digest.ts');
  const { together } = await import('../rules/text_hash.ts');
  const records = [...copies.values()];
  const byClass: Record<string, string> = {};
  for (let at = 0; at < records.length; at += RECORDS_AT_ONCE) {
    // Hashing takes a while: what the screens ask meanwhile goes first.
    await new Promise((resolve) => setTimeout(resolve));
    const some = records.slice(at, at + RECORDS_AT_ONCE);
    const states = some.map((one) => [one.id, one.class ?? FILE_CLASS, unpack(one)] as const);
    for (const [itsClass, digest] of Object.entries(digests(states)))
      byClass[itsClass] = together(own(byClass, itsClass) ?? EMPTY, digest);
  }
  return byClass;
}

async function noteChecked(store: Store): Promise<void> {
  await store.mutate((batch) => {
    const syncState = { ...store.syncState, checkedAt: store.now() };
    batch.put('state', 'standing', syncState);
    return {
      durability: 'relaxed',
      cases: [],
      after: () => {
        store.syncState = syncState;
      },
    };
  });
}
