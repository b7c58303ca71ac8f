/**
 * The digests of a case file, one for each class of visibility: equal digests, equal copies (SPEC D).
 *
 * Twin of `server/sync/digest.py`. XOR makes it independent of order, and cheap to keep: a write XORs out what it
 * replaced and in what it added. Loaded lazily: the hash is needed once a day, not for the first screen.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical, type Held, type State } from './merge.ts';

export const EMPTY = '0'.repeat(64);

/** The number of one held version: SHA-256 over where it stands, whose it is, its value (D1). */
export function digestEntry(record: string, path: string, version: Held): bigint {
  return BigInt(`0x${bytesToHex(entryHash(record, path, version))}`);
}

function entryHash(record: string, path: string, [change, rank, , value]: Held): Uint8Array {
  const valueHash = bytesToHex(sha256(utf8ToBytes(canonical(value))));
  return sha256(utf8ToBytes([record, path, change, valueHash, rank].join('\n')));
}

/** The digest, computed anew, of records of one class: `(id, state)` each (D1). */
export function digest(records: Iterable<readonly [record: string, state: State]>): string {
  const total = new Uint8Array(32);
  for (const [record, { fields }] of records) {
    for (const [path, versions] of Object.entries(fields)) {
      for (const version of versions) xorInto(total, entryHash(record, path, version));
    }
  }
  return bytesToHex(total);
}

/** By class, the digests of the records of a case file: `(id, class, state)` each (D1, D4). */
export function digests(
  records: Iterable<readonly [record: string, itsClass: string, state: State]>,
): Record<string, string> {
  const byClass = new Map<string, (readonly [record: string, state: State])[]>();
  for (const [record, itsClass, state] of records) {
    const of = byClass.get(itsClass);
    if (of) of.push([record, state]);
    else byClass.set(itsClass, [[record, state]]);
  }
  return Object.fromEntries([...byClass].map(([itsClass, own]) => [itsClass, digest(own)]));
}

function xorInto(total: Uint8Array, hash: Uint8Array): void {
  hash.forEach((byte, index) => (total[index] = (total[index] ?? 0) ^ byte));
}

/** What to XOR into a digest when a record's fields turn from `before` to `after` (D2). */
export function digestChanged(
  record: string,
  before: State['fields'],
  after: State['fields'],
): bigint {
  let total = 0n;
  for (const [path, versions] of Object.entries(after)) {
    if (versions !== before[path]) total ^= pathDigest(record, path, versions);
  }
  for (const [path, versions] of Object.entries(before)) {
    if (versions !== after[path]) total ^= pathDigest(record, path, versions);
  }
  return total;
}

function pathDigest(record: string, path: string, versions: readonly Held[]): bigint {
  return versions.reduce((total, version) => total ^ digestEntry(record, path, version), 0n);
}

/** Lower-case hex, 64 characters. */
export function written(total: bigint): string {
  return total.toString(16).padStart(64, '0');
}
