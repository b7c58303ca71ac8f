/** A client who was entered twice: each change goes into the file in which its record lies (H7). */

import { expect, test } from 'vitest';
import { office, signedIn } from './device.fixture.ts';
import type { Edit } from '../model/engine.ts';

const KEPT = 'case-1';
const TWIN = 'case-2';

const edit = (file: string, kind: string, record: string, set: Edit['set']): Edit => ({
  record,
  kind,
  case: file,
  set,
  seen: {},
});

test('[H7] changed twice from the kept page while nothing is sent, a record of the duplicate stays in its file', async () => {
  const phone = await signedIn();
  await phone.save([
    edit(KEPT, 'case', KEPT, { client_name: 'Sulo Niemi' }),
    edit(TWIN, 'case', TWIN, { client_name: 'Niemi Sulo', duplicate_of: KEPT }),
    edit(TWIN, 'note', 'note-b', { text: 'Soitti.' }),
  ]);
  await phone.syncNow();
  office.faults = Array.from({ length: 50 }, () => 'silence');
  for (const text of ['Soitti kerran.', 'Soitti kahdesti.'])
    await phone.save([edit(KEPT, 'note', 'note-b', { text })]);
  const waiting = (await phone.outbox()).filter(({ state }) => state === 'waiting');
  expect(waiting.map((entry) => entry.case)).toEqual([TWIN, TWIN]);
  expect((await phone.openCase(KEPT)).map(({ id }) => id)).not.toContain('note-b');
  expect((await phone.record(KEPT, 'note-b'))?.fields['text']?.[0]?.value).toBe('Soitti kahdesti.');
});

test('[H7] a new record goes where it was written', async () => {
  const phone = await signedIn();
  await phone.save([
    edit(KEPT, 'case', KEPT, { client_name: 'Sulo Niemi' }),
    edit(TWIN, 'case', TWIN, { client_name: 'Niemi Sulo', duplicate_of: KEPT }),
  ]);
  await phone.save([edit(KEPT, 'note', 'note-new', { text: 'Uusi.' })]);
  const written = (await phone.outbox()).find(({ record }) => record === 'note-new');
  expect(written?.case).toBe(KEPT);
});
