/** Who has a store on this device: profiles, their slots, and the brake on wrong tries (V3, V4, V7). No names. */

import { openProfiles, type OpenDb, type ProfileRow } from './db.ts';
import type { Profile } from './engine.ts';
import { ownerMark, Tampered, Vault } from './vault.ts';

/** [V4] from the third wrong try there is a wait, doubling */
const FREE_TRIES = 2;
const WAIT_MS = 5_000;
const WAIT_MAX_MS = 15 * 60_000;

/** Pseudonyms for the picker: a person knows their own, nobody else learns anything from it. */
const LABELS = [
  'Kuikka', 'Tiira', 'Kurki', 'Kuovi', 'Rastas', 'Kiuru', 'Tilhi', 'Västäräkki', 'Lokki', 'Sorsa',
  'Pöllö', 'Haikara', 'Peippo', 'Tikka', 'Kihu', 'Uikku',
]; // prettier-ignore

export type Opened = { vault: Vault } | { refused: 'wrong' | 'wait' | 'damaged'; waitMs?: number };

export class Profiles {
  readonly #db: OpenDb;
  readonly #now: () => number;

  private constructor(db: OpenDb, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  static async on(now: () => number, outdated?: () => void): Promise<Profiles> {
    return new Profiles(await openProfiles(outdated), now);
  }

  async list(): Promise<Profile[]> {
    const rows = await this.#db.getAll('profiles');
    return rows.map(({ id, label, unsent }) => ({ id, label, unsent }));
  }

  get(id: string): Promise<ProfileRow | undefined> {
    return this.#db.get('profiles', id);
  }

  async ofSignInName(name: string): Promise<ProfileRow | null> {
    for (const row of await this.#db.getAll('profiles')) {
      if (row.owner === (await ownerMark(row.id, name))) return row;
    }
    return null;
  }

  /** What a new person here will be: a fresh vault behind the password's slot. Nothing is stored before `add`. */
  async founded(
    name: string,
    password: string,
    device: string,
  ): Promise<{ vault: Vault; profile: ProfileRow }> {
    const id = crypto.randomUUID();
    const vault = Vault.fresh(id);
    const taken = new Set((await this.list()).map((profile) => profile.label));
    const profile: ProfileRow = {
      id,
      device,
      label: LABELS.find((label) => !taken.has(label)) ?? id.slice(0, 4),
      owner: await ownerMark(id, name),
      slot: await vault.slot(password),
      tries: 0,
      triedAt: 0,
      unsent: 0,
    };
    return { vault, profile };
  }

  async add(profile: ProfileRow): Promise<void> {
    await this.#db.put('profiles', profile);
  }

  /** [V4] The try is counted, on the disk, before it is made. */
  async open(id: string, password: string): Promise<Opened> {
    const row = await this.#countTry(id);
    if (!row) return { refused: 'damaged' };
    if ('waitMs' in row) return { refused: 'wait', waitMs: row.waitMs };
    try {
      const vault = await Vault.behind(id, row.slot, password);
      if (!vault) return { refused: 'wrong', waitMs: waitAfter(row.tries) };
      await this.#change(id, (found) => ({ ...found, tries: 0 }));
      return { vault };
    } catch (error) {
      if (error instanceof Tampered) return { refused: 'damaged' };
      throw error;
    }
  }

  /** [V8] From now on this password opens the store, and no other does. */
  async rewrap(vault: Vault, password: string): Promise<void> {
    const slot = await vault.slot(password);
    await this.#change(vault.profile, (row) => ({ ...row, slot, tries: 0 }));
  }

  async setUnsent(id: string, unsent: number): Promise<void> {
    await this.#change(id, (row) => ({ ...row, unsent }));
  }

  async remove(id: string): Promise<void> {
    await this.#db.delete('profiles', id);
  }

  /** The profile whose session the browser's cookies hold. */
  async cookies(): Promise<string | null> {
    return (await this.#db.get('browser', 'cookies')) ?? null;
  }

  async setCookies(profile: string): Promise<void> {
    await this.#db.put('browser', profile, 'cookies');
    await this.#db.delete('browser', 'ended');
  }

  /** Signed out: the cookies are nobody's. Without a network the session is still to be ended, by its CSRF value. */
  async dropCookies(csrfToEnd: string | null): Promise<void> {
    await this.#db.delete('browser', 'cookies');
    if (csrfToEnd === null) await this.#db.delete('browser', 'ended');
    else await this.#db.put('browser', csrfToEnd, 'ended');
  }

  async csrfToEnd(): Promise<string | null> {
    return (await this.#db.get('browser', 'ended')) ?? null;
  }

  async #countTry(id: string): Promise<ProfileRow | { waitMs: number } | null> {
    const transaction = this.#db.transaction('profiles', 'readwrite', { durability: 'strict' });
    const row = await transaction.store.get(id);
    if (!row) return null;
    const now = this.#now();
    // A clock that was put back begins the wait anew: it neither shortens it nor makes it endless.
    const triedAt = Math.min(row.triedAt, now);
    const waitMs = triedAt + waitAfter(row.tries) - now;
    if (waitMs > 0) {
      await transaction.store.put({ ...row, triedAt });
      await transaction.done;
      return { waitMs };
    }
    const counted = { ...row, tries: row.tries + 1, triedAt: now };
    await transaction.store.put(counted);
    await transaction.done;
    return counted;
  }

  async #change(id: string, turn: (row: ProfileRow) => ProfileRow): Promise<void> {
    const transaction = this.#db.transaction('profiles', 'readwrite', { durability: 'strict' });
    const row = await transaction.store.get(id);
    if (row) await transaction.store.put(turn(row));
    await transaction.done;
  }
}

function waitAfter(tries: number): number {
  if (tries <= FREE_TRIES) return 0;
  return Math.min(WAIT_MAX_MS, WAIT_MS * 2 ** (tries - FREE_TRIES - 1));
}
