/**
 * Case files: sealed segments on the disk, a few decoded ones in memory. A segment holds what one transaction brought
 * of one case file; a later one replaces record by record. Opening a file costs one read, whatever its records.
 */

import { withTodaysNames } from './stored_names.ts';
import type { SealedDb } from './db.ts';
import { aadKey } from './batch.ts';
import { isNewer, type Copy, type WireRecord } from './records.ts';
import { Tampered, type Vault } from './vault.ts';
import type { Bytes } from '../model/keys.ts';

/** Decoded files together hold about this many records; the least recently used go first. */
const RECORDS_MAX = 8_000;
/** A file in so many segments more than its records need is compacted when there is time. */
const SEGMENTS_SPARE = 6;
/** Browsers put a value of more than 64 KiB into a file of its own, at several times the cost; a record has about 800 B. */
const SEGMENT_RECORDS_MAX = 64;

interface Segment {
  resetCount: number;
  /** a compacted segment may hold copies of earlier eras, which say so themselves */
  records: (WireRecord | Copy)[];
}

export interface StoredFile {
  copies: Map<string, Copy>;
  /** numbers of its segments on the disk, rising */
  segments: number[];
}

export class Files {
  readonly #db: SealedDb;
  readonly #vault: Vault;
  /** in the order of use, the latest last */
  readonly #decoded = new Map<string, StoredFile>();
  #records = 0;
  /** files of which something did not open */
  readonly damaged = new Set<string>();

  constructor(db: SealedDb, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  /** The file as it lies here; empty where nothing does. */
  async of(caseId: string): Promise<StoredFile> {
    const file = this.#decoded.get(caseId) ?? (await this.#decode(caseId));
    this.keep(caseId, file);
    return file;
  }

  /** The same for somebody who reads them all and shall not push others out of the memory. */
  async read(caseId: string): Promise<StoredFile> {
    return this.#decoded.get(caseId) ?? this.#decode(caseId);
  }

  /** Puts a file in front of the memory; others leave it if it is full. */
  keep(caseId: string, file: StoredFile): void {
    this.forget(caseId);
    this.#decoded.set(caseId, file);
    this.#records += file.copies.size;
    for (const oldest of this.#decoded.keys()) {
      if (this.#records <= RECORDS_MAX || oldest === caseId) break;
      this.forget(oldest);
    }
  }

  isDecoded(caseId: string): boolean {
    return this.#decoded.has(caseId);
  }

  forget(caseId: string): void {
    const file = this.#decoded.get(caseId);
    if (!file) return;
    this.#decoded.delete(caseId);
    this.#records -= file.copies.size;
  }

  forgetAll(): void {
    this.#decoded.clear();
    this.#records = 0;
  }

  async #decode(caseId: string): Promise<StoredFile> {
    const name = await this.#vault.name(caseId);
    const range = rangeOf(name);
    const transaction = this.#db.transaction('files');
    const [keys, rows] = await Promise.all([
      transaction.store.getAllKeys(range),
      transaction.store.getAll(range),
    ]);
    const segments = await Promise.all(
      rows.map((row, at) => this.#segment(caseId, keys[at] ?? [name, 0], row)),
    );
    const file: StoredFile = { copies: new Map(), segments: keys.map(([, n]) => n) };
    for (const { resetCount, records } of segments) {
      for (const record of records) file.copies.set(record.id, { resetCount, ...record });
    }
    return file;
  }

  /** [V6] A segment that does not open is left out, and its file is fetched anew (D3). */
  async #segment(caseId: string, key: [string, number], row: Bytes): Promise<Segment> {
    try {
      return withTodaysNames(await this.#vault.open<Segment>('files', aadKey(key), row));
    } catch (error) {
      if (!(error instanceof Tampered)) throw error;
      this.damaged.add(caseId);
      return { resetCount: 0, records: [] };
    }
  }
}

/** A file with what is newer of these records (R3), and the numbers of those it took. The given file stays as it was. */
export function withRecords(
  file: StoredFile,
  records: WireRecord[],
  resetCount: number,
): [StoredFile, number[]] {
  const copies = new Map(file.copies);
  const taken: number[] = [];
  for (const [at, record] of records.entries()) {
    const copy: Copy = Object.assign(record, { resetCount });
    if (!isNewer(copy, copies.get(copy.id))) continue;
    copies.set(copy.id, copy);
    taken.push(at);
  }
  return [{ ...file, copies }, taken];
}

export function nextSegment(file: StoredFile): number {
  return (file.segments.at(-1) ?? -1) + 1;
}

/** Records as the segments in which they are stored, numbered from `first`. */
export function inSegments<T>(records: T[], first: number): [n: number, records: T[]][] {
  const count = Math.ceil(records.length / SEGMENT_RECORDS_MAX);
  return Array.from({ length: count }, (_, at) => [
    first + at,
    records.slice(at * SEGMENT_RECORDS_MAX, (at + 1) * SEGMENT_RECORDS_MAX),
  ]);
}

export function wantsCompacting(segments: number, records: number): boolean {
  return segments > SEGMENTS_SPARE + Math.ceil(records / SEGMENT_RECORDS_MAX);
}

/** All segments of a file. */
export function rangeOf(name: string): IDBKeyRange {
  return IDBKeyRange.bound([name, 0], [name, Number.MAX_SAFE_INTEGER]);
}
