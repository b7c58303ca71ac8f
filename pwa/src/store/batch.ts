/**
 * A local transaction (R4): everything is sealed first, then written at once. Awaiting WebCrypto inside an IndexedDB
 * transaction would let it commit by itself, half done.
 */

import type { SealedDb, Table } from './db.ts';
import type { Vault } from './vault.ts';
import type { Bytes } from '../model/keys.ts';

export type Key = string | number | (string | number)[];

/** The store moved on since this tab last read it: another tab committed. Nothing was written. */
export class Stale extends Error {
  override readonly name = 'Stale';
}

interface Write {
  table: Table;
  key: Key | IDBKeyRange;
  value: Bytes | null;
}

export class Batch {
  readonly #vault: Vault;
  readonly #sealing: Promise<Write>[] = [];

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  put(table: Table, key: Key, value: unknown): void {
    this.putText(table, key, JSON.stringify(value));
  }

  /** `json` is the value's text already. */
  putText(table: Table, key: Key, json: string): void {
    const sealed = this.#vault.sealText(table, aadKey(key), json);
    this.#sealing.push(sealed.then((bytes) => ({ table, key, value: bytes })));
  }

  putBytes(table: Table, key: Key, plain: Bytes): void {
    const sealed = this.#vault.sealBytes(table, aadKey(key), plain);
    this.#sealing.push(sealed.then((value) => ({ table, key, value })));
  }

  delete(table: Table, key: Key | IDBKeyRange): void {
    this.#sealing.push(Promise.resolve({ table, key, value: null }));
  }

  /**
   * Writes everything in one transaction if the store still is at `version`, and answers the new version.
   * Throws `Stale`; a full disk rejects with the browser's `QuotaExceededError`.
   */
  async commit(
    db: SealedDb,
    version: number,
    durability: IDBTransactionDurability,
  ): Promise<number> {
    const writes = await Promise.all(this.#sealing);
    const tables = [...new Set(writes.map((write) => write.table)), 'commits' as const];
    const transaction = db.transaction(tables, 'readwrite', { durability });
    const commits = transaction.objectStore('commits');
    if (((await commits.get('version')) ?? 0) !== version) {
      transaction.abort();
      await transaction.done.catch(() => undefined);
      throw new Stale();
    }
    const requests = writes.map(({ table, key, value }) => {
      const store = transaction.objectStore(table);
      return value === null ? store.delete(key as never) : store.put(value, key as never);
    });
    await Promise.all([...requests, commits.put(version + 1, 'version'), transaction.done]);
    return version + 1;
  }
}

/** [V1] How a key stands in the associated data. */
export function aadKey(key: Key): string {
  return Array.isArray(key) ? key.join(' ') : String(key);
}
