/** Who has a store on this device: profiles, their slots, the brake on wrong tries (V3, V4, V7, V9, V11). No names. */

import type { IDBPTransaction } from 'idb';
import { openProfiles, type OpenDb, type OpenSchema, type ProfileRow } from './db.ts';
import type { Profile, Watch } from '../model/engine.ts';
import { ownerMark, Tampered, Vault } from './vault.ts';

/** [V4] from the third wrong try there is a wait, doubling */
const FREE_TRIES = 2;
const WAIT_MS = 5_000;
const WAIT_MAX_MS = 15 * 60_000;

export type UnlockResult = { vault: Vault } | Refused;

export interface Refused {
  refused: 'wrong' | 'wait' | 'damaged' | 'pin_gone' | 'no_connection';
  waitMs?: number;
  /** [V11] wrong PINs that may still be given */
  triesLeft?: number;
}

export class Profiles {
  readonly db: OpenDb;
  readonly #now: () => number;
  /** [V4] what found no room on the disk: kept while the app runs, and none of these tries is free */
  readonly #unstored = new Map<string, Pick<ProfileRow, 'tries' | 'triedAt'>>();

  private constructor(db: OpenDb, now: () => number) {
    this.db = db;
    this.#now = now;
  }

  static async on(now: () => number, outdated?: () => void): Promise<Profiles> {
    return new Profiles(await openProfiles(outdated), now);
  }

  async list(): Promise<Profile[]> {
    const rows = await this.db.getAll('profiles');
    return rows.map(({ id, label, unsent, passkey, pin, watch = null }) => ({
      id,
      label,
      unsent,
      pin: pin && !pin.isUnsure ? (pin.slot.isOnline ? 'online' : 'offline') : null,
      passkey: passkey ? { credential: passkey.credential, salt: passkey.salt } : null,
      watch,
    }));
  }

  get(id: string): Promise<ProfileRow | undefined> {
    return this.db.get('profiles', id);
  }

  async ofSignInName(name: string): Promise<ProfileRow | null> {
    for (const row of await this.db.getAll('profiles')) {
      if (row.owner === (await ownerMark(row.id, name))) return row;
    }
    return null;
  }

  async add(profile: ProfileRow): Promise<void> {
    await this.db.put('profiles', profile);
  }

  /** [V4] The try is counted, on the disk, before it is made. */
  async open(id: string, password: string): Promise<UnlockResult> {
    const row = await this.countTry(id);
    if (!row) return { refused: 'damaged' };
    if ('waitMs' in row) return { refused: 'wait', waitMs: row.waitMs };
    const vault = await behind(() => Vault.behind(id, row.slot, password));
    if (vault === 'damaged') return { refused: 'damaged' };
    if (!vault) return { refused: 'wrong', waitMs: waitAfter(row.tries) };
    await this.forgetTries(id);
    return { vault };
  }

  /**
   * [V8, V9] The server knows this password. Where it is not the slot's, it was changed elsewhere or reset, perhaps
   * because somebody else could open this phone: passkey and PIN go with the old password.
   */
  async takeNewPassword(vault: Vault, password: string): Promise<void> {
    const row = await this.get(vault.profile);
    if (!row || (await behind(() => Vault.behind(row.id, row.slot, password))) instanceof Vault)
      return;
    const slot = await vault.slot(password);
    await this.change(row.id, (found) => withoutPasskey(withoutPin({ ...found, slot, tries: 0 })));
  }

  /** For the picker only: where there is no room, the figure of before stays. */
  async setUnsent(id: string, unsent: number): Promise<void> {
    await this.change(id, (row) => ({ ...row, unsent })).catch(unlessFull);
  }

  /** For the lock screen only (K8). */
  async setWatch(id: string, watch: Watch | null): Promise<void> {
    await this.change(id, (row) => ({ ...row, watch })).catch(unlessFull);
  }

  async remove(id: string): Promise<void> {
    await this.db.delete('profiles', id);
  }

  /** The profile whose session the browser's cookies hold. */
  async cookies(): Promise<string | null> {
    return (await this.db.get('browser', 'cookies')) ?? null;
  }

  async setCookies(profile: string): Promise<void> {
    await this.db.put('browser', profile, 'cookies');
  }

  /** Signed out: the cookies are nobody's. */
  async dropCookies(): Promise<void> {
    await this.db.delete('browser', 'cookies');
  }

  /** [J5] The server knows it now. */
  async setCredential(id: string, credential: string): Promise<void> {
    await this.change(id, (row) => ({ ...row, credential }));
  }

  /** [V4] How long to wait, or the profile with this try counted; null where there is none. */
  async countTry(id: string): Promise<ProfileRow | { waitMs: number } | null> {
    const transaction = this.db.transaction('profiles', 'readwrite', { durability: 'strict' });
    const stored = await transaction.store.get(id);
    if (!stored) return null;
    const row = { ...stored, ...this.#unstored.get(id) };
    const now = this.#now();
    // A clock that was put back begins the wait anew: it neither shortens it nor makes it endless.
    const triedAt = Math.min(row.triedAt, now);
    const waitMs = triedAt + waitAfter(row.tries) - now;
    const counted =
      waitMs > 0 ? { ...row, triedAt } : { ...row, tries: row.tries + 1, triedAt: now };
    try {
      await put(transaction, counted);
      this.#unstored.delete(id);
    } catch (error) {
      unlessFull(error);
      counted.tries = Math.max(counted.tries, FREE_TRIES + 1);
      this.#unstored.set(id, { tries: counted.tries, triedAt: counted.triedAt });
    }
    return waitMs > 0 ? { waitMs } : counted;
  }

  async forgetTries(id: string): Promise<void> {
    this.#unstored.delete(id);
    await this.change(id, (row) => ({ ...row, tries: 0 })).catch(unlessFull);
  }

  async change(id: string, turn: (row: ProfileRow) => ProfileRow): Promise<void> {
    const transaction = this.db.transaction('profiles', 'readwrite', { durability: 'strict' });
    const row = await transaction.store.get(id);
    if (row) await put(transaction, turn(row));
    else await transaction.done;
  }
}

type Writing = IDBPTransaction<OpenSchema, ['profiles'], 'readwrite'>;

/** A full disk refuses the transaction, not the row: its end is what counts. */
async function put(transaction: Writing, row: ProfileRow): Promise<void> {
  transaction.store.put(row).catch(() => undefined);
  await transaction.done;
}

export function unlessFull(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
}

export async function behind(
  opening: () => Promise<Vault | null>,
): Promise<Vault | 'damaged' | null> {
  try {
    return await opening();
  } catch (error) {
    if (error instanceof Tampered) return 'damaged';
    throw error;
  }
}

export function withoutPin(row: ProfileRow): ProfileRow {
  const rest = { ...row };
  delete rest.pin;
  return rest;
}

export function withoutPasskey(row: ProfileRow): ProfileRow {
  const rest = { ...row };
  delete rest.passkey;
  return rest;
}

export function waitAfter(tries: number): number {
  if (tries <= FREE_TRIES) return 0;
  return Math.min(WAIT_MAX_MS, WAIT_MS * 2 ** (tries - FREE_TRIES - 1));
}
