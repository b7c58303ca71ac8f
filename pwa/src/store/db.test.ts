import 'fake-indexeddb/auto';
import type { DBSchema } from 'idb';
import { expect, test, vi } from 'vitest';
import { openUpgraded, type UpgradeStep } from './db.ts';

interface Shelf extends DBSchema {
  outbox: { key: number; value: string };
  drafts: { key: string; value: string };
  later: { key: number; value: string };
}

const WRITTEN = ['Soitettu', 'Käyty', 'Sovittu'];

const first: UpgradeStep<Shelf> = (db) => {
  db.createObjectStore('outbox');
};
/** what a later release may add: a table, a move of rows, a table less */
const later: UpgradeStep<Shelf>[] = [
  (db) => {
    db.createObjectStore('drafts');
  },
  async (db, transaction) => {
    const moved = db.createObjectStore('later');
    const rows = transaction.objectStore('outbox');
    for (const key of await rows.getAllKeys()) {
      await moved.put((await rows.get(key)) ?? '', key);
      await rows.delete(key);
    }
  },
  (db) => {
    db.deleteObjectStore('outbox');
  },
];

async function shelf(): Promise<string> {
  const name = crypto.randomUUID();
  const db = await openUpgraded<Shelf>(name, [first]);
  for (const [key, text] of WRITTEN.entries()) await db.put('outbox', text, key);
  db.close();
  return name;
}

/** The steps of a release that dies in one of them, before it or after what it did. */
function dyingIn(at: number, moment: 'before' | 'after'): UpgradeStep<Shelf>[] {
  return [first, ...later].map((step, index) =>
    index !== at
      ? step
      : async (db, transaction) => {
          if (moment === 'after') await step(db, transaction);
          throw new Error('the battery is empty');
        },
  );
}

test.each([1, 2, 3].flatMap((at) => [[at, 'before'] as const, [at, 'after'] as const]))(
  '[R4] a crash in step %i of an upgrade, %s its work, leaves the version of before whole; the next start does it all',
  async (at, moment) => {
    vi.spyOn(console, 'error').mockReturnValue();
    const name = await shelf();
    await expect(openUpgraded<Shelf>(name, dyingIn(at, moment))).rejects.toThrow();

    const old = await openUpgraded<Shelf>(name, [first]);
    expect([...old.objectStoreNames]).toEqual(['outbox']);
    expect(await old.getAll('outbox')).toEqual(WRITTEN);
    old.close();

    const upgraded = await openUpgraded<Shelf>(name, [first, ...later]);
    expect([...upgraded.objectStoreNames]).toEqual(['drafts', 'later']);
    expect(await upgraded.getAll('later')).toEqual(WRITTEN);
    upgraded.close();
  },
);

test('[R4] an old tab is told, has a moment, and gives way to the upgrade', async () => {
  const name = await shelf();
  const outdated = vi.fn();
  await openUpgraded<Shelf>(name, [first], outdated);
  const upgraded = await openUpgraded<Shelf>(name, [first, ...later]);
  expect(outdated).toHaveBeenCalledOnce();
  upgraded.close();
});

test('[R4] what a newer release has upgraded is not opened by an older one', async () => {
  const name = await shelf();
  (await openUpgraded<Shelf>(name, [first, ...later])).close();
  await expect(openUpgraded<Shelf>(name, [first])).rejects.toMatchObject({ name: 'VersionError' });
});
