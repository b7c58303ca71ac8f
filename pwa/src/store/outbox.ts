/** The outbox in memory: own entries in the order of the device's counter, and who waits for what (R2, R5, R6). */

import type { Entry } from './records.ts';

export class Outbox {
  readonly #entries = new Map<number, Entry>();
  readonly #byRecord = new Map<string, Entry[]>();

  constructor(entries: Iterable<Entry> = []) {
    for (const entry of entries) this.put(entry);
  }

  put(entry: Entry): void {
    this.remove(entry.n);
    this.#entries.set(entry.n, entry);
    const of = this.#byRecord.get(entry.change.record) ?? [];
    this.#byRecord.set(entry.change.record, [...of, entry].sort(byCounter));
  }

  remove(n: number): void {
    const entry = this.#entries.get(n);
    if (!entry) return;
    this.#entries.delete(n);
    const rest = this.ofRecord(entry.change.record).filter((other) => other.n !== n);
    if (rest.length > 0) this.#byRecord.set(entry.change.record, rest);
    else this.#byRecord.delete(entry.change.record);
  }

  all(): Entry[] {
    return [...this.#entries.values()].sort(byCounter);
  }

  waiting(): Entry[] {
    return this.all().filter((entry) => entry.state === 'waiting');
  }

  count(state: Entry['state']): number {
    let count = 0;
    for (const entry of this.#entries.values()) if (entry.state === state) count += 1;
    return count;
  }

  /** How many things that a person saved have a part in this state. */
  saves(...states: Entry['state'][]): number {
    const saves = new Set<string>();
    for (const { save, state } of this.#entries.values())
      if (states.includes(state)) saves.add(save);
    return saves.size;
  }

  ofRecord(record: string): Entry[] {
    return this.#byRecord.get(record) ?? [];
  }

  ofCase(caseId: string): Entry[] {
    return this.all().filter((entry) => entry.change.case === caseId);
  }

  ofChange(id: string): Entry | undefined {
    for (const entry of this.#entries.values()) if (entry.change.id === id) return entry;
    return undefined;
  }

  lastCounter(): number {
    return Math.max(0, ...this.#entries.keys());
  }
}

function byCounter(a: Entry, b: Entry): number {
  return a.n - b.n;
}
