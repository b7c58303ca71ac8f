/** Own entries as a reply leaves them: each gets its verdict, and what the server's copy has reached leaves the outbox. */

import type { Verdict } from '../messages.ts';
import type { Batch } from '../../store/batch.ts';
import { isPending, type Copy, type OwnChange } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';

/** Where no backup is configured nothing tells that a held entry is safe; it stays as long as others do (P10). */
const HELD_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

export class VerdictsApplication {
  readonly #store: Store;
  readonly #batch: Batch;
  readonly #resetCount: number;
  /** entries as they will stand, by counter; null for those that leave the outbox */
  readonly #entries = new Map<number, OwnChange | null>();

  constructor(store: Store, batch: Batch) {
    this.#store = store;
    this.#batch = batch;
    this.#resetCount = store.syncState.resetCount;
  }

  /** [W2, R6] */
  judge({ id, verdict, seq, problem }: Verdict, now: number): void {
    const entry = this.#store.outbox.ofChange(id);
    if (!entry) return;
    const settled = { ...entry, settledAt: now };
    if (verdict === 'refused') {
      this.put({ ...settled, state: 'refused', problem: problem ?? { code: 'internal' } });
    } else if (verdict === 'in_review') {
      this.put({ ...settled, state: 'in_review' });
    } else {
      const placed = seq === undefined ? {} : { resetCount: this.#resetCount, seq };
      this.put({ ...settled, ...placed, state: 'acknowledged' });
    }
  }

  /** [R5] What the server's copy has reached leaves the outbox, and stays sealed until it is backed up. */
  settle(
    copyOf: (entry: OwnChange) => Copy | undefined,
    purged: ReadonlySet<string>,
    backedUpSeq: number,
    now: number,
  ): void {
    const settled: OwnChange[] = [];
    for (const known of this.#store.outbox.all()) {
      const entry = this.#entries.get(known.n) ?? known;
      const copy = copyOf(entry);
      const isReached =
        entry.state === 'acknowledged' && copy !== undefined && !isPending(entry, copy);
      const isGone = purged.has(entry.change.case) && entry.state === 'acknowledged';
      const isOld = entry.state === 'in_review' && now - (entry.settledAt ?? now) > HELD_KEPT_MS;
      if (!isReached && !isGone && !isOld) {
        if (copy && entry.hasNoServerCopy) this.put({ ...entry, hasNoServerCopy: false });
        continue;
      }
      if (!isOld) settled.push(entry);
      this.#entries.set(entry.n, null);
    }
    this.#keepSent(settled, backedUpSeq);
    this.#write();
  }

  /** [P10] */
  #keepSent(settled: OwnChange[], backedUpSeq: number): void {
    if (backedUpSeq > this.#store.syncState.backedUpSeq) {
      const reached = IDBKeyRange.bound(
        [0, 0, 0],
        [this.#resetCount, backedUpSeq, Number.MAX_SAFE_INTEGER],
      );
      this.#batch.delete('sent', reached);
    }
    const last = settled.reduce((seq, entry) => Math.max(seq, entry.seq ?? 0), 0);
    const [first] = settled;
    if (first && last > backedUpSeq)
      this.#batch.put('sent', [this.#resetCount, last, first.n], settled);
  }

  put(entry: OwnChange): void {
    this.#entries.set(entry.n, entry);
  }

  /** What stays is sealed once, as it stays; what goes, goes in runs: a backlog is one run. */
  #write(): void {
    let run: [from: number, to: number] | null = null;
    const drop = () => {
      if (run) this.#batch.delete('outbox', IDBKeyRange.bound(...run));
    };
    for (const [n, entry] of [...this.#entries].sort(([a], [b]) => a - b)) {
      if (entry) this.#batch.put('outbox', n, entry);
      else if (run?.[1] === n - 1) run[1] = n;
      else {
        drop();
        run = [n, n];
      }
    }
    drop();
  }

  isChanged({ n }: OwnChange): boolean {
    return this.#entries.has(n);
  }

  /** Those of a case file, as they will stand. */
  ofCase(caseId: string): OwnChange[] {
    return this.#kept(this.#store.outbox.ofCase(caseId));
  }

  /** The case files of entries that changed and stay. */
  cases(): Set<string> {
    const cases = new Set<string>();
    for (const entry of this.#entries.values())
      if (entry?.change.record) cases.add(entry.change.case);
    return cases;
  }

  isAnyWaiting(): boolean {
    return this.#kept(this.#store.outbox.all()).some(({ state }) => state === 'waiting');
  }

  #kept(entries: readonly OwnChange[]): OwnChange[] {
    const next = entries.map((entry) => {
      const changed = this.#entries.get(entry.n);
      return changed === undefined ? entry : changed;
    });
    return next.filter((entry) => entry !== null);
  }

  /** Once it stands on the disk. */
  remember(): void {
    for (const [n, entry] of this.#entries) {
      if (entry) this.#store.outbox.put(entry);
      else this.#store.outbox.remove(n);
    }
  }
}
