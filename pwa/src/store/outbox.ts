/** The outbox in memory: own entries in the order of the device's counter, and who waits for what (R2, R5, R6). */

import type { OwnChange } from './records.ts';

export class Outbox {
  readonly #entries = new Map<number, OwnChange>();
  readonly #byRecord = new Map<string, OwnChange[]>();
  readonly #byCase = new Map<string, Map<number, OwnChange>>();
  readonly #byChange = new Map<string, number>();
  /** all of them in order, until one comes or goes */
  #inOrder: OwnChange[] | null = null;

  constructor(entries: Iterable<OwnChange> = []) {
    for (const entry of entries) this.put(entry);
  }

  put(entry: OwnChange): void {
    this.remove(entry.n);
    const { record, case: caseId, id } = entry.change;
    this.#entries.set(entry.n, entry);
    this.#byRecord.set(record, [...this.ofRecord(record), entry].sort(byCounter));
    this.#byChange.set(id, entry.n);
    const ofCase = this.#byCase.get(caseId);
    if (ofCase) ofCase.set(entry.n, entry);
    else this.#byCase.set(caseId, new Map([[entry.n, entry]]));
    this.#inOrder = null;
  }

  remove(n: number): void {
    const entry = this.#entries.get(n);
    if (!entry) return;
    const { record, case: caseId, id } = entry.change;
    this.#entries.delete(n);
    this.#byChange.delete(id);
    const ofCase = this.#byCase.get(caseId);
    ofCase?.delete(n);
    if (ofCase?.size === 0) this.#byCase.delete(caseId);
    const rest = this.ofRecord(record).filter((other) => other.n !== n);
    if (rest.length > 0) this.#byRecord.set(record, rest);
    else this.#byRecord.delete(record);
    this.#inOrder = null;
  }

  all(): readonly OwnChange[] {
    this.#inOrder ??= [...this.#entries.values()].sort(byCounter);
    return this.#inOrder;
  }

  waiting(): OwnChange[] {
    return this.all().filter((entry) => entry.state === 'waiting');
  }

  count(state: OwnChange['state']): number {
    let count = 0;
    for (const entry of this.#entries.values()) if (entry.state === state) count += 1;
    return count;
  }

  /** How many things that a person saved have a part in this state. */
  saves(...states: OwnChange['state'][]): number {
    const saves = new Set<string>();
    for (const { save, state } of this.#entries.values())
      if (states.includes(state)) saves.add(save);
    return saves.size;
  }

  ofRecord(record: string): OwnChange[] {
    return this.#byRecord.get(record) ?? [];
  }

  ofCase(caseId: string): OwnChange[] {
    return [...(this.#byCase.get(caseId)?.values() ?? [])].sort(byCounter);
  }

  ofChange(id: string): OwnChange | undefined {
    const n = this.#byChange.get(id);
    return n === undefined ? undefined : this.#entries.get(n);
  }

  lastCounter(): number {
    return this.all().at(-1)?.n ?? 0;
  }
}

function byCounter(a: OwnChange, b: OwnChange): number {
  return a.n - b.n;
}
