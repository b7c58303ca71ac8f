import { expect, test } from 'vitest';
import { wireNote } from '../engine/store.fixture.ts';
import { PagePrefetch, type Steps } from './page_prefetch.ts';
import { PROTOCOL, SCHEMA } from './protocol.ts';
import type { CallResult, Page, SyncReply } from './messages.ts';
import type { SyncRequest } from '../model/outgoing.ts';

const first = requestAt('c0');

function requestAt(cursor: string): SyncRequest {
  return {
    protocol: PROTOCOL,
    schema: SCHEMA,
    device: 'phone',
    cursor,
    changes: [],
    more_follow: false,
  };
}

function page(n: number, last = 5, files: Page['files'] = []): Page {
  const heard = { protocol: PROTOCOL, epoch: 'e1', server_time: n, backed_up_seq: 0 };
  const records = [wireNote(n, `note ${n}`, `c-${n}`, `note-${n}`)];
  const progress = { done: n, total: last };
  return {
    ...heard,
    verdicts: [],
    touched: [],
    files,
    records,
    cursor: `c${n}`,
    more: n < last,
    progress,
  };
}

/** A server that answers request by request, when it is told to. */
function office(answers: CallResult<SyncReply>[]) {
  const waiting: (() => void)[] = [];
  let inFlight = 0;
  let most = 0;
  const asked: (string | null)[] = [];
  const steps: Steps = {
    ask: (request) => {
      asked.push(request.cursor);
      most = Math.max(most, (inFlight += 1));
      const answer = answers[asked.length - 1] ?? { none: true };
      return new Promise((done) => {
        waiting.push(() => {
          inFlight -= 1;
          done(answer);
        });
      });
    },
    after: (_request, reply) => ('cursor' in reply && reply.more ? requestAt(reply.cursor) : null),
  };
  async function answer(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      waiting.shift()?.();
      await new Promise((later) => setTimeout(later, 0));
    }
  }
  return { steps, asked, answer, most: () => most };
}

function seqs(answer: CallResult<SyncReply> | undefined): number[] {
  return answer && 'ok' in answer && 'records' in answer.ok
    ? answer.ok.records.map((record) => record.seq)
    : [];
}

test('[R2] one request at a time, and what has come meanwhile is one page', async () => {
  const { steps, answer, asked, most } = office([1, 2, 3, 4, 5].map((n) => ({ ok: page(n) })));
  const prefetch = new PagePrefetch(first, steps);
  await answer(3);
  const together = await prefetch.next();
  expect(together?.request.cursor).toBe('c0');
  expect(seqs(together?.answer)).toEqual([1, 2, 3]);
  expect(together?.answer).toMatchObject({
    ok: { cursor: 'c3', more: true, progress: { done: 3 } },
  });
  const rest = prefetch.next();
  await answer(2);
  expect((await rest)?.request.cursor).toBe('c3');
  expect(seqs((await prefetch.next())?.answer)).toEqual([5]);
  expect(await prefetch.next()).toBeNull();
  expect(asked).toEqual(['c0', 'c1', 'c2', 'c3', 'c4']);
  expect(most()).toBe(1);
});

test('[P7] what a page says of files is done after the records of the page before', async () => {
  const purge: Page['files'] = [{ case: 'case-1', event: 'purge' }];
  const { steps, answer } = office([
    { ok: page(1) },
    { ok: page(2, 3, purge) },
    { ok: page(3, 3) },
  ]);
  const prefetch = new PagePrefetch(first, steps);
  await answer(3);
  expect(seqs((await prefetch.next())?.answer)).toEqual([1]);
  const purged = await prefetch.next();
  expect(seqs(purged?.answer)).toEqual([2, 3]);
  expect(purged?.answer).toMatchObject({ ok: { files: purge } });
});

test('[W1] where the network ends, the pages before it are taken and then it is said', async () => {
  const { steps, answer } = office([{ ok: page(1) }, { none: true }]);
  const prefetch = new PagePrefetch(first, steps);
  await answer(2);
  expect(seqs((await prefetch.next())?.answer)).toEqual([1]);
  expect((await prefetch.next())?.answer).toEqual({ none: true });
  expect(await prefetch.next()).toBeNull();
});

test('[R2] once it is stopped nothing is in flight and nothing more is asked for', async () => {
  const { steps, answer, asked } = office([1, 2, 3].map((n) => ({ ok: page(n) })));
  const prefetch = new PagePrefetch(first, steps);
  const stopped = prefetch.stop();
  await answer(1);
  await stopped;
  expect(asked).toEqual(['c0']);
});
