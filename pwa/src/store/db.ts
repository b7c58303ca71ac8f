/**
 * What lies in IndexedDB: one small open database that knows who has a store here (no names), and one database a
 * person in which every value is sealed and every key opaque.
 */

import {
  deleteDB,
  openDB,
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  type StoreNames,
} from 'idb';
import type { Watch } from '../model/engine.ts';
import type { PasskeySlot, PinSlot, Slot } from './vault.ts';
import type { Bytes } from '../model/keys.ts';

/** A person's store on this device, seen from outside. Nothing here names anybody. */
export interface ProfileRow {
  id: string;
  /** tells the server which browser profile speaks */
  device: string;
  label: string;
  /** by which a sign-in name finds its profile again */
  owner: string;
  slot: Slot;
  /** [V9] only where quick unlock was turned on */
  passkey?: PasskeySlot;
  /** [V11] only where a PIN was set; `tries`: wrong ones in a row, where the device counts them */
  pin?: {
    slot: PinSlot;
    tries: number;
    /** another one was asked for, and nobody has heard yet whether the server has it */
    isUnsure?: boolean;
  };
  /** [V4] wrong tries in a row, and the moment (ms) of the last */
  tries: number;
  triedAt: number;
  unsent: number;
  /** [J5] what the device says while it is locked; missing before its first sign-in that brought one */
  credential?: string;
  /** [K8] while a check-in is on */
  watch?: Watch | null;
}

export interface OpenSchema extends DBSchema {
  profiles: { key: string; value: ProfileRow };
  /** `cookies`: the profile whose session the browser's cookies hold; `owed …`: what the server is still to be told */
  browser: { key: string; value: string };
}

/**
 * The tables of one person. `files` holds segments of case files under [case's name, n]: 0 is the compacted base, what
 * came later follows. `outbox` is keyed by the device's counter, `sent` by [resetCount, highest seq, counter]. Of photos and
 * documents see `attachments.ts`.
 */
interface SealedSchema extends DBSchema {
  files: { key: [string, number]; value: Bytes };
  index: { key: string; value: Bytes };
  outbox: { key: number; value: Bytes };
  sent: { key: [number, number, number]; value: Bytes };
  reads: { key: string; value: Bytes };
  drafts: { key: string; value: Bytes };
  state: { key: string; value: Bytes };
  uploads: { key: [number, number, string]; value: Bytes };
  pieces: { key: [string, number]; value: Bytes };
  pictures: { key: [string, string]; value: Bytes };
  /** one row, `version`: counts the commits, so that a tab notices what another tab wrote */
  commits: { key: string; value: number };
}

export type Table = Exclude<StoreNames<SealedSchema>, 'commits'>;
export type OpenDb = IDBPDatabase<OpenSchema>;
export type SealedDb = IDBPDatabase<SealedSchema>;

type UpgradeOf<Schema extends DBSchema> = IDBPTransaction<
  Schema,
  StoreNames<Schema>[],
  'versionchange'
>;

/**
 * What a version adds to the one before it. All steps that a device lacks run in one transaction of the browser's: a crash
 * or an error in any of them leaves the old version as it was. Nothing can be sealed anew there (WebCrypto would let the
 * transaction commit, and nobody has unlocked yet), so a step moves ciphertext and never rewrites it; what is new inside
 * a value is filled in by whoever reads it.
 */
export type UpgradeStep<Schema extends DBSchema> = (
  db: IDBPDatabase<Schema>,
  transaction: UpgradeOf<Schema>,
) => void | Promise<void>;

/** Append only: a database's version is the number of its steps. */
const openSteps: UpgradeStep<OpenSchema>[] = [
  (db) => {
    db.createObjectStore('profiles', { keyPath: 'id' });
    db.createObjectStore('browser');
  },
];

const sealedSteps: UpgradeStep<SealedSchema>[] = [
  (db) => {
    for (const table of ['files', 'index', 'outbox', 'sent', 'reads', 'drafts', 'state'] as const)
      db.createObjectStore(table);
    db.createObjectStore('commits');
  },
  (db) => {
    for (const table of ['uploads', 'pieces', 'pictures'] as const) db.createObjectStore(table);
  },
];

/** `outdated`: a newer release in another tab wants to upgrade it. */
export function openProfiles(outdated?: () => void): Promise<OpenDb> {
  return openUpgraded('ovikello', openSteps, outdated);
}

export function openSealed(profile: string): Promise<SealedDb> {
  return openUpgraded(sealedName(profile), sealedSteps);
}

/** Rejects with `VersionError` where a newer release has been here. */
export function openUpgraded<Schema extends DBSchema>(
  name: string,
  steps: UpgradeStep<Schema>[],
  outdated?: () => void,
): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, steps.length, {
    upgrade(db, from, _to, transaction) {
      void upgrade(db, transaction, steps.slice(from));
    },
    blocking(_from, to, event) {
      if (to !== null) outdated?.();
      giveWay(to, event);
    },
  });
}

async function upgrade<Schema extends DBSchema>(
  db: IDBPDatabase<Schema>,
  transaction: UpgradeOf<Schema>,
  steps: UpgradeStep<Schema>[],
): Promise<void> {
  // Whoever opens the database hears of the abort.
  transaction.done.catch(() => undefined);
  try {
    for (const step of steps) await step(db, transaction);
  } catch (error) {
    console.error('an upgrade was taken back', error);
    transaction.abort();
  }
}

export function deleteSealed(profile: string): Promise<void> {
  return deleteDB(sealedName(profile));
}

function sealedName(profile: string): string {
  return `ovikello-${profile}`;
}

/** So long the page may take to seal what is being typed, before its databases close under it. */
export const SEAL_MAX_MS = 1_000;

/** An old tab must not stop a new release from upgrading, nor another tab from signing out. */
function giveWay(to: number | null, { target }: IDBVersionChangeEvent): void {
  const db = target as IDBDatabase;
  if (to === null) db.close();
  else
    setTimeout(() => {
      db.close();
    }, SEAL_MAX_MS);
}
