/** [W17] What the server was recorded to answer is still taken for an answer of ours, with every name that it says. */

import { expect, test } from 'vitest';
import steps from '../../../tests/sync/recorded/protocol-2.json';
import type { SyncReply } from './messages.ts';
import type { SyncRequest } from '../model/outgoing.ts';
import { isReplyTo, PROTOCOL } from './protocol.ts';

const exchanges = (steps as { request?: unknown; reply?: unknown }[]).flatMap(
  ({ request, reply }) => (request && reply ? [[request as SyncRequest, reply] as const] : []),
);

test('[W17] [W1] every recorded reply is one to its request', () => {
  expect(exchanges.length).toBeGreaterThan(10);
  for (const [request, reply] of exchanges) {
    expect(request.protocol).toBe(PROTOCOL);
    expect(isReplyTo(request)(reply)).toBe(true);
  }
});

test('[W17] verdicts, files and pages stand under the names that are read', () => {
  const replies = exchanges.map(([, reply]) => reply as SyncReply);
  const pages = replies.flatMap((reply) => ('cursor' in reply ? [reply] : []));
  const verdicts = replies.flatMap((reply) => ('verdicts' in reply ? reply.verdicts : []));
  const events = pages.flatMap(({ files }) => files.map(({ event }) => event));
  expect([...new Set(verdicts.map(({ verdict }) => verdict))].sort()).toEqual([
    'applied', 'conflict', 'duplicate', 'in_review', 'refused',
  ]); // prettier-ignore
  expect([...new Set(events)].sort()).toEqual(['backfill', 'check', 'purge']);
  for (const { backed_up_seq, more } of pages)
    expect([typeof backed_up_seq, typeof more]).toEqual(['number', 'boolean']);
});
