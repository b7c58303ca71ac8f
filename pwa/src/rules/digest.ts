/**
 * The digests of a case file, one for each class of visibility: equal digests, equal copies (SPEC D).
 *
 * Twin of `server/rules/digest.py`. XOR makes it independent of order, and cheap to keep: a write XORs out what it
 * replaced and in what it added. Loaded lazily: the hash is needed once a day, not for the first screen.
 */

import { canonical, type Version, type State } from './merge.ts';
import { own } from './own.ts';
import { hexOf, TextHash, type Words } from './text_hash.ts';

export const EMPTY = '0'.repeat(64);

/** The number of one held version: SHA-256 over where it stands, whose it is, its value (D1). */
export function digestEntry(record: string, path: string, version: Version): bigint {
  return BigInt(`0x${hexOf(entryHash(new TextHash(), record, path, version))}`);
}

function entryHash(hash: TextHash, record: string, path: string, version: Version): Words {
  const { change, rank, value } = version;
  const valueHash = hexOf(hash.of(canonical(value)));
  return hash.of(`${record}\n${path}\n${change}\n${valueHash}\n${rank}`);
}

/** The digest, computed anew, of records of one class: `(id, state)` each (D1). */
export function digest(records: Iterable<readonly [record: string, state: State]>): string {
  const hash = new TextHash();
  const total = Array<number>(8).fill(0);
  for (const [record, { fields }] of records) {
    for (const path in fields) {
      for (const version of own(fields, path) ?? [])
        xorInto(total, entryHash(hash, record, path, version));
    }
  }
  return hexOf(total);
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

function xorInto(total: number[], hash: Words): void {
  hash.forEach((word, index) => (total[index] = (total[index] ?? 0) ^ word));
}

/** What to XOR into a digest when a record's fields turn from `before` to `after` (D2). */
export function digestChanged(
  record: string,
  before: State['fields'],
  after: State['fields'],
): bigint {
  let total = 0n;
  for (const [path, versions] of Object.entries(after)) {
    if (versions !== own(before, path)) total ^= pathDigest(record, path, versions);
  }
  for (const [path, versions] of Object.entries(before)) {
    if (versions !== own(after, path)) total ^= pathDigest(record, path, versions);
  }
  return total;
}

function pathDigest(record: string, path: string, versions: readonly Version[]): bigint {
  return versions.reduce((total, version) => total ^ digestEntry(record, path, version), 0n);
}

/** Lower-case hex, 64 characters. */
export function written(total: bigint): string {
  return total.toString(16).padStart(64, '0');
}
