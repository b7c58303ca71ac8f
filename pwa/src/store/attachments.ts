/**
 * Photos and documents on the device (X6). What goes out: `uploads`, keyed [state, seq, record's name], with its bytes in
 * `pieces` until a backup of the server's has them. What is shown: `pictures`, the small ones, by case file and record.
 */

import type { Edit, Json, Problem, Upload } from '../model/engine.ts';
import type { Bytes } from '../model/keys.ts';
import { aadKey, type Batch } from './batch.ts';
import { save } from './saving.ts';
import type { Store } from './store.ts';
import { sha256 } from './vault_hash.ts';

/** the first part of an upload's key: its bytes wait, the server has them (as of a seq), or refuses them for good */
const WAITING = 0;
const KEPT = 1;
const REFUSED = 2;

/** Browsers put a value of more than 64 KiB into a file of its own, at several times the cost. */
const PIECE_BYTES = 48 * 1024;

type UploadKey = [number, number, string];

export interface StoredUpload {
  record: string;
  case: string;
  bytes: number;
  /** when it was attached (ms) */
  at: number;
  problem?: Problem;
}

/** [R1] The record and its bytes in one transaction. What it says of the file is filled in here. */
export async function attach(store: Store, edit: Edit, whole: Bytes, small: Bytes): Promise<void> {
  const { record, case: caseId } = edit;
  const [name, caseName] = await Promise.all([store.vault.name(record), store.vault.name(caseId)]);
  const said = edit.set['file'] as Record<string, Json>;
  const file = { ...said, bytes: whole.length, sha256: await sha256(whole) };
  const upload: StoredUpload = { record, case: caseId, bytes: whole.length, at: store.now() };
  await save(store, [{ ...edit, set: { ...edit.set, file } }], (batch) => {
    batch.put('uploads', [WAITING, 0, name], upload);
    for (let n = 0; n * PIECE_BYTES < whole.length; n++)
      batch.putBytes('pieces', [name, n], whole.slice(n * PIECE_BYTES, (n + 1) * PIECE_BYTES));
    if (small.length > 0) batch.putBytes('pictures', [caseName, name], small);
    return [];
  });
  store.uploadsWaiting += 1;
}

/** Whose bytes wait, or were refused. */
export async function uploadsOf(store: Store): Promise<Upload[]> {
  const waiting = await rowsOf(store, WAITING);
  const refused = await rowsOf(store, REFUSED);
  return [
    ...waiting.map(([, upload]) => upload),
    ...refused.map(([, upload]) => ({ ...upload, refused: true as const })),
  ];
}

export async function waitingUploads(store: Store): Promise<StoredUpload[]> {
  return (await rowsOf(store, WAITING)).map(([, upload]) => upload);
}

/** The bytes of one's own that are still here; null where there are none. */
export async function bytesOf(store: Store, record: string): Promise<Bytes | null> {
  const range = piecesOf(await store.vault.name(record));
  const transaction = store.db.transaction('pieces');
  const [keys, rows] = await Promise.all([
    transaction.store.getAllKeys(range),
    transaction.store.getAll(range),
  ]);
  if (rows.length === 0) return null;
  const pieces = await Promise.all(
    rows.map((row, at) => store.vault.openBytes('pieces', aadKey(keys[at] ?? ''), row)),
  );
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** [X5] The server has it, and a backup that has reached `seq` does too. */
export async function markKept(store: Store, upload: StoredUpload, seq: number): Promise<void> {
  await move(store, upload, [KEPT, seq], upload);
}

/** It will never be taken: it stays here, readable, with the reason. */
export async function markRefused(
  store: Store,
  upload: StoredUpload,
  problem: Problem,
): Promise<void> {
  await move(store, upload, [REFUSED, 0], { ...upload, problem });
}

/** Why it waits, where the server said so. */
export async function noteProblem(
  store: Store,
  upload: StoredUpload,
  problem: Problem,
): Promise<void> {
  if (upload.problem?.code === problem.code) return;
  await move(store, upload, [WAITING, 0], { ...upload, problem });
}

/** Its entry was taken back before it was sent. */
export async function dropUpload(store: Store, upload: StoredUpload): Promise<void> {
  await move(store, upload, null, upload);
}

async function move(
  store: Store,
  upload: StoredUpload,
  to: [number, number] | null,
  row: StoredUpload,
): Promise<void> {
  const name = await store.vault.name(upload.record);
  await store.mutate((batch) => {
    batch.delete('uploads', [WAITING, 0, name]);
    if (to === null) batch.delete('pieces', piecesOf(name));
    else batch.put('uploads', [...to, name], row);
    const leaves = to?.[0] === WAITING ? 0 : 1;
    return {
      durability: 'strict',
      cases: [upload.case],
      after: () => {
        store.uploadsWaiting -= leaves;
      },
    };
  });
}

/** [X5] What a backup has by now leaves the device; the small picture stays. */
export async function dropBackedUp(store: Store): Promise<void> {
  const inBackup = IDBKeyRange.bound([KEPT, 0], [KEPT, store.syncState.backedUpSeq, []]);
  if ((await store.db.count('uploads', inBackup)) === 0) return;
  await store.mutate(async (batch) => {
    for (const key of await store.db.getAllKeys('uploads', inBackup)) {
      batch.delete('uploads', key);
      batch.delete('pieces', piecesOf(key[2]));
    }
    return { durability: 'relaxed', cases: [], after: () => undefined };
  });
}

/** [P6] What no backup is known to have. */
export function keptUploads(store: Store): Promise<[UploadKey, StoredUpload][]> {
  return rowsOf(store, KEPT);
}

/** [P6] After a reset it is asked of the server how far they are. */
export function sendAgain(batch: Batch, kept: [UploadKey, StoredUpload][]): void {
  for (const [key, upload] of kept) {
    batch.delete('uploads', key);
    batch.put('uploads', [WAITING, 0, key[2]], upload);
  }
}

async function rowsOf(store: Store, state: number): Promise<[UploadKey, StoredUpload][]> {
  const range = IDBKeyRange.bound([state], [state + 1]);
  const transaction = store.db.transaction('uploads');
  const [keys, rows] = await Promise.all([
    transaction.store.getAllKeys(range),
    transaction.store.getAll(range),
  ]);
  const opened = await Promise.all(
    rows.map((row, at) => store.vault.open<StoredUpload>('uploads', aadKey(keys[at] ?? ''), row)),
  );
  return opened.flatMap((upload, at) => (keys[at] ? [[keys[at], upload]] : []));
}

/** The small pictures of a case file. */
export function picturesOf(caseName: string): IDBKeyRange {
  return IDBKeyRange.bound([caseName], [caseName, []]);
}

function piecesOf(name: string): IDBKeyRange {
  return IDBKeyRange.bound([name, 0], [name, Number.MAX_SAFE_INTEGER]);
}
