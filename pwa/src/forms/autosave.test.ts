import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Draft } from '../model/engine.ts';
import { autosaveOf } from './autosave.ts';

/** A drawer for drafts that is as slow as sealing is. */
class Drawer {
  drafts = new Map<string, Draft>();
  saves = 0;
  isFull = false;
  async saveDraft(draft: Draft) {
    this.saves += 1;
    await Promise.resolve();
    if (this.isFull) throw new Error('no room');
    this.drafts.set(draft.id, structuredClone(draft));
  }
  async dropDraft(id: string) {
    await Promise.resolve();
    this.drafts.delete(id);
  }
}

const about = { form: 'visit:v-1', case: 'c-1' };
const seen = { 'v-1': { note: ['a1'] } };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function typing() {
  const drawer = new Drawer();
  const form = { note: '' };
  const told: unknown[] = [];
  const contents = () => ({ values: { ...form }, seen });
  const autosave = autosaveOf(drawer, about, contents, (failed) => told.push(failed));
  const type = (note: string) => {
    form.note = note;
    autosave.touched();
  };
  return { drawer, autosave, type, told };
}

describe('drafts', () => {
  test('[R9, U1] what was typed is sealed within 500 ms, however long the typing goes on', async () => {
    const { drawer, type } = typing();
    for (let ms = 0; ms < 2000; ms += 100) {
      type(`kirjain ${ms}`);
      await vi.advanceTimersByTimeAsync(100);
      const sealed = drawer.drafts.get('visit:v-1')?.values as { note: string } | undefined;
      if (ms >= 500) expect(Number(sealed?.note.slice(8))).toBeGreaterThanOrEqual(ms - 500);
    }
  });

  test('[R9] the frozen seen lies in the draft', async () => {
    const { drawer, autosave, type } = typing();
    type('a');
    await autosave.flush();
    expect(drawer.drafts.get('visit:v-1')).toMatchObject({ ...about, seen, values: { note: 'a' } });
  });

  test('[V5] before the key goes what was typed last is sealed at once', async () => {
    const { drawer, autosave, type } = typing();
    type('a');
    await autosave.flush();
    type('b');
    await autosave.flush();
    expect(drawer.drafts.get('visit:v-1')?.values).toEqual({ note: 'b' });
  });

  test('[R9] opening and reading makes no draft', async () => {
    const { drawer, autosave } = typing();
    await autosave.flush();
    await autosave.close();
    expect(drawer.saves).toBe(0);
  });

  test('[R9] leaving seals what was typed last', async () => {
    const { drawer, autosave, type } = typing();
    type('viimeinen');
    await autosave.close();
    expect(drawer.drafts.get('visit:v-1')?.values).toEqual({ note: 'viimeinen' });
  });

  test('[R10] what is typed after the save makes no draft again', async () => {
    const { drawer, autosave, type } = typing();
    type('a');
    await autosave.flush();
    await autosave.drop();
    type('b');
    await vi.advanceTimersByTimeAsync(1000);
    expect(drawer.drafts.size).toBe(0);
  });

  test('[R10] after the save no late seal brings the draft back', async () => {
    const { drawer, autosave, type } = typing();
    type('a');
    const sealing = autosave.flush();
    type('b');
    await autosave.drop();
    await sealing;
    await vi.advanceTimersByTimeAsync(1000);
    expect(drawer.drafts.size).toBe(0);
  });

  test('[E2] where there was no room it says so, and what is typed next is sealed all the same', async () => {
    const { drawer, autosave, type, told } = typing();
    drawer.isFull = true;
    type('a');
    await autosave.flush();
    expect(told.at(-1)).toBeInstanceOf(Error);
    drawer.isFull = false;
    type('b');
    await autosave.flush();
    expect(told.at(-1)).toBeNull();
    expect(drawer.drafts.get('visit:v-1')?.values).toEqual({ note: 'b' });
    await autosave.drop();
    expect(drawer.drafts.size).toBe(0);
  });
});
