/**
 * What lies in IndexedDB: one small open database that knows who has a store here (no names), and one database a
 * person in which every value is sealed and every key opaque.
 */

import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Bytes, Slot } from './vault.ts';

/** A person's store on this device, seen from outside. Nothing here names anybody. */
export interface ProfileRow {
  id: string;
  /** tells the server which browser profile speaks */
  device: string;
  label: string;
  /** by which a sign-in name finds its profile again */
  owner: string;
  slot: Slot;
  /** [V4] wrong tries in a row, and the moment (ms) of the last */
  tries: number;
  triedAt: number;
  unsent: number;
}

interface OpenSchema extends DBSchema {
  profiles: { key: string; value: ProfileRow };
  /** `cookies`: the profile whose session the browser's cookies hold; `ended`: CSRF value of a session still to be ended */
  browser: { key: string; value: string };
}

/**
 * The tables of one person. `files` holds segments of case files under [case's name, n]: 0 is the folded base, what
 * came later follows. `outbox` is keyed by the device's counter, `sent` by [era, highest seq, counter].
 */
export interface SealedSchema extends DBSchema {
  files: { key: [string, number]; value: Bytes };
  index: { key: string; value: Bytes };
  outbox: { key: number; value: Bytes };
  sent: { key: [number, number, number]; value: Bytes };
  reads: { key: string; value: Bytes };
  drafts: { key: string; value: Bytes };
  state: { key: string; value: Bytes };
  /** one row, `version`: counts the commits, so that a tab notices what another tab wrote */
  commits: { key: string; value: number };
}

export type Table = 'files' | 'index' | 'outbox' | 'sent' | 'reads' | 'drafts' | 'state';
export type OpenDb = IDBPDatabase<OpenSchema>;
export type SealedDb = IDBPDatabase<SealedSchema>;

const OPEN_VERSION = 1;
const SEALED_VERSION = 1;

export function openProfiles(): Promise<OpenDb> {
  return openDB<OpenSchema>('ovikello', OPEN_VERSION, {
    upgrade(db) {
      db.createObjectStore('profiles', { keyPath: 'id' });
      db.createObjectStore('browser');
    },
    blocking: closeForUpgrade,
  });
}

export function openSealed(profile: string): Promise<SealedDb> {
  return openDB<SealedSchema>(sealedName(profile), SEALED_VERSION, {
    upgrade(db) {
      for (const table of ['files', 'index', 'outbox', 'sent', 'reads', 'drafts', 'state'] as const)
        db.createObjectStore(table);
      db.createObjectStore('commits');
    },
    blocking: closeForUpgrade,
  });
}

export function deleteSealed(profile: string): Promise<void> {
  return deleteDB(sealedName(profile));
}

function sealedName(profile: string): string {
  return `ovikello-${profile}`;
}

/** An old tab must not stop a new release from upgrading, nor another tab from signing out. */
function closeForUpgrade(_old: number, _new: number | null, event: IDBVersionChangeEvent): void {
  (event.target as IDBDatabase).close();
}
