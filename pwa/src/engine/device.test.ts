/** The engine as the screens meet it: real store, real vault, a small office at the edge of the network. */

import { expect, test, vi } from 'vitest';
import { openSealed } from '../store/db.ts';
import { device, NEXT_PASSWORD, office, PASSWORD, profileOf, signedIn } from './device.fixture.ts';
import type { Device } from './device.ts';
import type { Draft, Edit, EngineEvent } from '../model/engine.ts';
import { note } from './store.fixture.ts';

async function textsOf(phone: Device, caseId = 'case-1'): Promise<unknown[]> {
  const views = await phone.openCase(caseId);
  return views.flatMap((view) => (view.fields['text'] ?? []).map((version) => version.value));
}

function offline(): void {
  office.faults = Array.from({ length: 50 }, () => 'silence');
}

function online(): void {
  office.faults = [];
}

test('[R1] a saved entry is painted at once and sent later', async () => {
  const phone = await signedIn();
  offline();
  await phone.save([note('Siivottiin yhdessä')]);
  const [record] = await phone.openCase('case-1');
  expect(record?.fields['text']?.[0]?.value).toBe('Siivottiin yhdessä');
  expect(record?.pending).toHaveLength(1);
  expect((await phone.syncNow()).phase).toBe('offline');
  online();
  expect(await phone.syncNow()).toMatchObject({ phase: 'idle', waiting: 0 });
  const [sent] = await phone.openCase('case-1');
  expect(sent?.pending).toEqual([]);
  expect(await phone.outbox()).toMatchObject([
    { state: 'sent', set: { text: 'Siivottiin yhdessä' } },
  ]);
});

test('[R1] reading never waits for the network', async () => {
  const phone = await signedIn();
  await phone.save([note('luettava')]);
  office.faults = [() => new Promise(() => undefined)];
  void phone.syncNow();
  expect(await textsOf(phone)).toEqual(['luettava']);
  expect(await phone.summaries()).toEqual([]);
});

test('[V5] locking tells the screens; the key opens everything again', async () => {
  const phone = await signedIn();
  await phone.save([note('Tallessa')]);
  const events: EngineEvent[] = [];
  await phone.subscribe((event) => events.push(event));
  await phone.lock();
  expect(events.at(-1)).toEqual({ event: 'locked' });
  expect(() => phone.summaries()).toThrow();
  await expect(phone.save([note('liian myöhään')])).rejects.toThrow();
  const { id: profile } = await profileOf(phone);
  expect(await phone.unlock(profile, 'väärä salasana')).toMatchObject({ reason: 'wrong' });
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ ok: true });
  expect(await textsOf(phone)).toEqual(['Tallessa']);
});

test('[V5] a draft outlives the lock, as it was when it was sealed', async () => {
  const phone = await signedIn();
  const draft: Draft = {
    id: 'd1',
    form: 'visit:v1',
    case: 'case-1',
    values: { note: 'kesken' },
    seen: { v1: { note: ['c1'] } },
    savedAt: 1,
  };
  await phone.saveDraft(draft);
  await phone.lock();
  await phone.unlock((await profileOf(phone)).id, PASSWORD);
  expect(await phone.drafts()).toEqual([draft]);
});

test('[R10] a draft is one row, replaced as it is typed; what was dropped does not come back', async () => {
  const phone = await signedIn();
  const draft = { id: 'd1', form: 'note', case: 'case-1', values: 'a', seen: {}, savedAt: 1 };
  void phone.saveDraft(draft);
  void phone.saveDraft({ ...draft, values: 'ab' });
  await phone.saveDraft({ ...draft, values: 'abc' });
  expect(await phone.drafts()).toMatchObject([{ values: 'abc' }]);
  const db = await openSealed((await profileOf(phone)).id);
  expect(await db.count('drafts')).toBe(1);
  db.close();
  void phone.saveDraft({ ...draft, values: 'abcd' });
  await phone.dropDraft('d1');
  expect(await phone.drafts()).toEqual([]);
});

test('[R10] two saved entries on one record both go', async () => {
  const phone = await signedIn();
  offline();
  const { changes } = await phone.save([note('ensin')]);
  await phone.save([note('sitten', 'note-1', { text: changes })]);
  online();
  await phone.syncNow();
  expect([...office.taken.values()].map(({ change }) => change.set['text'])).toEqual([
    'ensin',
    'sitten',
  ]);
});

test('[R9] a colleague’s value that came while the form was open stands beside the saved one', async () => {
  const phone = await signedIn();
  office.write({
    id: 'base',
    record: 'note-1',
    kind: 'note',
    case: 'case-1',
    set: { text: 'pohja' },
  });
  await phone.syncNow();
  const [shown] = await phone.openCase('case-1');
  const frozen: Edit['seen'] = { text: shown?.fields['text']?.map((one) => one.change) ?? [] };
  office.write({
    id: 'hers',
    record: 'note-1',
    kind: 'note',
    case: 'case-1',
    set: { text: 'Liisan' },
    seen: { text: ['base'] },
  });
  await phone.syncNow();
  await phone.save([note('minun', 'note-1', frozen)]);
  await phone.syncNow();
  expect((await textsOf(phone)).toSorted()).toEqual(['Liisan', 'minun']);
});

test('[V7] another person on the same phone neither sees nor sends the first one’s entries', async () => {
  const phone = await signedIn('aino');
  offline();
  await phone.save([note('Ainon salainen')]);
  await phone.lock();
  online();
  await signedIn('sanna', phone);
  expect(await phone.outbox()).toEqual([]);
  expect(await textsOf(phone)).toEqual([]);
  expect(office.taken.size).toBe(0);
  expect((await phone.profiles()).map((profile) => profile.unsent).toSorted()).toEqual([0, 1]);
  expect(new Set((await phone.profiles()).map((profile) => profile.label)).size).toBe(2);
});

test('[V7] with another’s cookies in the browser nothing is sent until one signs in', async () => {
  const phone = await signedIn('aino');
  const { id: ainos } = await profileOf(phone);
  await phone.lock();
  await signedIn('sanna', phone);
  await phone.lock();
  const before = office.requests.length;
  await phone.unlock(ainos, PASSWORD);
  await phone.save([note('odottaa')]);
  expect(await phone.syncNow()).toMatchObject({ phase: 'sign_in', waiting: 1 });
  expect(office.requests).toHaveLength(before);
  await signedIn('aino', phone);
  expect(office.taken.size).toBe(1);
});

test('[V8] the old password opens offline; at the next contact the new one takes its place', async () => {
  const phone = await signedIn();
  offline();
  await phone.save([note('ennen vaihtoa')]);
  await phone.lock();
  online();
  office.password = NEXT_PASSWORD;
  office.sessionIsOver = true;
  const { id: profile } = await profileOf(phone);
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ ok: true });
  expect(await phone.signIn('aino', NEXT_PASSWORD)).toMatchObject({ ok: true });
  await phone.syncNow();
  expect(office.taken.size).toBe(1);
  await phone.lock();
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ reason: 'wrong' });
  expect(await phone.unlock(profile, NEXT_PASSWORD)).toMatchObject({ ok: true });
});

test('[V8] locked, the new password needs the old one once, and nothing unsent is lost', async () => {
  const phone = await signedIn();
  offline();
  await phone.save([note('ennen vaihtoa')]);
  await phone.lock();
  online();
  office.password = NEXT_PASSWORD;
  const refused = await phone.signIn('aino', NEXT_PASSWORD);
  expect(refused).toMatchObject({ reason: 'needs_old_password', unsent: 1 });
  expect(await phone.signIn('aino', NEXT_PASSWORD, PASSWORD)).toMatchObject({ ok: true });
  await phone.syncNow();
  expect(office.taken.size).toBe(1);
});

test('[V8] a store that no password opens is dropped only when told, and then begins anew', async () => {
  const phone = await signedIn();
  offline();
  await phone.save([note('ei avaudu enää')]);
  await phone.lock();
  online();
  office.password = NEXT_PASSWORD;
  const refused = await phone.signIn('aino', NEXT_PASSWORD);
  if (refused.ok || !('reason' in refused)) throw new Error('it should not open');
  await phone.discard(refused.profile ?? '');
  expect(await phone.profiles()).toEqual([]);
  await signedIn('aino', phone);
  expect(await phone.outbox()).toEqual([]);
});

test('[V4] a wrong try is on the disk before it is made, and from the third there is a wait that doubles', async () => {
  let now = 1_764_755_100_000;
  const phone = await device(() => now);
  await phone.signIn('aino', PASSWORD);
  await phone.lock();
  const { id: profile } = await profileOf(phone);
  const trying = phone.unlock(profile, 'väärä 1');
  const other = await device(() => now);
  await other.unlock(profile, 'väärä 2');
  await trying;
  expect(await phone.unlock(profile, 'väärä 3')).toMatchObject({ reason: 'wrong', waitMs: 5_000 });
  expect(await other.unlock(profile, PASSWORD)).toMatchObject({ reason: 'wait', waitMs: 5_000 });
  now += 4_999;
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ reason: 'wait', waitMs: 1 });
  now += 1;
  expect(await phone.unlock(profile, 'väärä 4')).toMatchObject({ reason: 'wrong', waitMs: 10_000 });
  // A clock put back begins the wait anew; it does not end it.
  now -= 86_400_000;
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ reason: 'wait', waitMs: 10_000 });
  now += 10_000;
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ ok: true });
});

test('[V5] another tab takes the key from the open one, hears of what is saved, and locks with it', async () => {
  const first = await signedIn();
  const second = await device();
  const events: EngineEvent[] = [];
  await second.subscribe((event) => events.push(event));
  expect(events[0]).toMatchObject({ event: 'session', session: { user: 'aino' } });
  offline();
  await first.save([note('toisesta ikkunasta')]);
  await vi.waitFor(() => {
    expect(events.some(({ event }) => event === 'records')).toBe(true);
  });
  expect(await textsOf(second)).toEqual(['toisesta ikkunasta']);
  await first.lock();
  await vi.waitFor(() => {
    expect(events.at(-1)).toEqual({ event: 'locked' });
  });
  const third = await device();
  expect(() => third.summaries()).toThrow();
});

test('[R2] Kumoa before anything was sent leaves no trace', async () => {
  const phone = await signedIn();
  offline();
  await phone.save([note('ensin')]);
  await phone.syncNow();
  const { changes } = await phone.save([note('virhe', 'note-2')]);
  await phone.undo(changes);
  expect(await textsOf(phone)).toEqual(['ensin']);
  online();
  await phone.syncNow();
  expect(office.taken.size).toBe(1);
});

test('[M7] Kumoa after sending puts back what stood before, and removes what was new', async () => {
  const phone = await signedIn();
  office.write({
    id: 'base',
    record: 'note-1',
    kind: 'note',
    case: 'case-1',
    set: { text: 'pohja' },
  });
  await phone.syncNow();
  const { changes } = await phone.save([
    note('muutos', 'note-1', { text: ['base'] }),
    note('uusi', 'note-2'),
  ]);
  await phone.syncNow();
  await phone.undo(changes);
  await phone.syncNow();
  const [old, fresh] = await phone.openCase('case-1');
  expect(old?.fields['text']?.map((one) => one.value)).toEqual(['pohja']);
  expect(fresh?.fields['removed']?.[0]?.value).toEqual({ saw: [changes[1]] });
  expect(office.taken.size).toBe(5);
});

test('[S7] a refused entry goes to the supervisor, when there is a network, and is laid over nothing', async () => {
  const phone = await signedIn();
  await phone.save([note('Ei mahdu')]);
  const [waiting] = await phone.outbox();
  office.refusals.set(waiting?.id ?? '', 'value_invalid');
  await phone.syncNow();
  offline();
  await phone.escalate(waiting?.id ?? '');
  expect(await phone.syncNow()).toMatchObject({ waiting: 1, fix: 0 });
  expect(await textsOf(phone)).toEqual([]);
  await phone.lock();
  await phone.unlock((await profileOf(phone)).id, PASSWORD);
  online();
  expect(await phone.syncNow()).toMatchObject({ waiting: 0, fix: 0 });
  expect(office.requests.at(-1)?.escalated).toBeUndefined();
  expect(office.requests.findLast(({ changes }) => changes.length > 0)?.escalated).toEqual([
    waiting?.id,
  ]);
  expect(await phone.outbox()).toMatchObject([{ state: 'in_review', set: { text: 'Ei mahdu' } }]);
  await phone.escalate(waiting?.id ?? '');
  expect(await phone.outbox()).toMatchObject([{ state: 'in_review' }]);
});

test('[R6] a refused entry is fixed in one step: the new one has seen what the old one had seen', async () => {
  const phone = await signedIn();
  offline();
  const { changes } = await phone.save([note('liian pitkä')]);
  const [id = ''] = changes;
  office.refusals.set(id, 'change_too_large');
  online();
  expect(await phone.syncNow()).toMatchObject({ waiting: 0, fix: 1 });
  expect(await phone.outbox()).toMatchObject([
    { state: 'refused', problem: { code: 'change_too_large' } },
  ]);
  await phone.fixRefused(id, note('lyhyempi'));
  expect(await phone.syncNow()).toMatchObject({ waiting: 0, fix: 0 });
  expect(await textsOf(phone)).toEqual(['lyhyempi']);
});

test('[R1] an access token that ran out is renewed once, unseen', async () => {
  const phone = await signedIn();
  offline();
  await phone.save([note('jonossa')]);
  online();
  office.sessionIsOver = true;
  expect(await phone.syncNow()).toMatchObject({ phase: 'idle', waiting: 0 });
  expect(office.refreshes).toBe(1);
});

test('[R1] where it cannot be renewed the outbox stays and the person is asked to sign in', async () => {
  const phone = await signedIn();
  offline();
  await phone.save([note('jonossa')]);
  online();
  office.sessionIsOver = true;
  office.password = '';
  expect(await phone.syncNow()).toMatchObject({ phase: 'sign_in', waiting: 1 });
});

test('[V7] signing out asks about unsent entries, and then leaves nothing', async () => {
  const phone = await signedIn();
  offline();
  await phone.save([note('lähettämättä')]);
  expect(await phone.signOut(false)).toEqual({ ok: false, unsent: 1 });
  const { id: profile } = await profileOf(phone);
  expect(await phone.signOut(true)).toEqual({ ok: true, unsent: 1 });
  expect(await phone.profiles()).toEqual([]);
  const names = (await indexedDB.databases()).map(({ name }) => name);
  expect(names).not.toContain(`ovikello-${profile}`);
});

test('[V7] who signs out without a network is signed out of the server when there is one', async () => {
  const phone = await signedIn();
  office.isReachable = false;
  expect(await phone.signOut(true)).toMatchObject({ ok: true });
  expect(office.signOuts).toBe(0);
  office.isReachable = true;
  await device();
  await vi.waitFor(() => {
    expect(office.signOuts).toBe(1);
  });
  await device();
  expect(office.signOuts).toBe(1);
});

test('[L3] opening a case file is noted once in a while and told at the next contact', async () => {
  let now = Date.now();
  const phone = await device(() => now);
  await signedIn('aino', phone);
  await phone.openCase('case-1');
  await phone.openCase('case-1');
  now += 16 * 60_000;
  await phone.openCase('case-1');
  await phone.openCase('case-2');
  await phone.syncNow();
  const cases = office.reads.map((read) => (read as { case: string }).case);
  expect(cases.toSorted()).toEqual(['case-1', 'case-1', 'case-2']);
});

test('[L3] a case file that is read ahead is noted once it is shown', async () => {
  const phone = await device();
  await signedIn('aino', phone);
  await phone.openCase('case-1', true);
  await phone.openCase('case-2', true);
  await phone.logAccess('case-2');
  await phone.syncNow();
  expect(office.reads).toEqual([expect.objectContaining({ case: 'case-2' })]);
});

test('[V1] preferences are each person’s own', async () => {
  const phone = await signedIn('aino');
  await phone.setPreference('lockMinutes', 2);
  await phone.setPreference('theme', 'dark');
  expect(await phone.preference('lockMinutes')).toBe(2);
  await phone.lock();
  await signedIn('sanna', phone);
  expect(await phone.preference('theme')).toBeNull();
});

test('[V10] a stolen phone that is open makes itself unreadable at its next contact, and reports', async () => {
  const phone = await signedIn();
  offline();
  await phone.save([note('jää tänne')]);
  const device = office.requests[0]?.device;
  online();
  office.isStolen = true;
  await phone.syncNow();
  await vi.waitFor(() => {
    expect(office.wiped).toEqual([device]);
  });
  expect(await phone.profiles()).toEqual([]);
  expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(['ovikello']);
  expect(() => phone.summaries()).toThrow();
});

test('[V10] a stolen phone that is locked hears it when it is started', async () => {
  const phone = await signedIn();
  const { id: profile } = await profileOf(phone);
  await phone.stop();
  office.isStolen = true;
  office.isReachable = false;
  const still = await device();
  expect(await profileOf(still)).toMatchObject({ id: profile });
  await still.stop();
  office.isReachable = true;
  const again = await device();
  await vi.waitFor(() => {
    expect(office.wiped).toHaveLength(1);
  });
  expect(await again.profiles()).toEqual([]);
  expect(await again.unlock(profile, PASSWORD)).toMatchObject({ ok: false });
});

test('[V10] only the server may say so: a portal, a refusal or silence wipes nothing', async () => {
  const phone = await signedIn();
  office.faults = ['portal', { status: 403, code: 'device_revoked' }, 'silence'];
  for (let n = 0; n < 3; n++) await phone.syncNow();
  expect(office.wiped).toEqual([]);
  expect(await phone.profiles()).toHaveLength(1);
});

test('[R11] [L3] what is no id opens nothing, is noted nowhere, and cannot be saved under', async () => {
  const phone = await signedIn();
  for (const caseId of ['case-1.', 'CASE-1', '__proto__', '../case-1', '']) {
    expect(await phone.openCase(caseId)).toEqual([]);
    await phone.logAccess(caseId);
    expect(await phone.record(caseId, 'note-1')).toBeNull();
    expect(await phone.history(caseId, 'note-1', 'server')).toMatchObject({ entries: [] });
    await expect(phone.save([{ ...note('x'), case: caseId }])).rejects.toThrow('change_malformed');
  }
  await phone.openCase('case-1');
  await phone.syncNow();
  expect(office.reads).toMatchObject([{ case: 'case-1' }]);
  expect(await phone.outbox()).toEqual([]);
});
