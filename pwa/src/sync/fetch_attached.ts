/** The bytes of an attachment: one's own from here, a colleague's from the server. Small pictures are kept, sealed. */

import type { Attached } from '../model/engine.ts';
import type { Bytes } from '../model/keys.ts';
import { bytesOf } from '../store/attachments.ts';
import { aadKey } from '../store/batch.ts';
import type { Store } from '../store/store.ts';
import type { CallResult, Link } from './messages.ts';
import { ANSWER_WAIT_MS, call, type BodyReader } from './protocol.ts';
import { problemOf } from './session.ts';

export type Through = <T>(ask: (link: Link) => Promise<CallResult<T>>) => Promise<CallResult<T>>;

const TYPES = /^(?:image\/jpeg|application\/pdf)$/;

const readBytes: BodyReader = async (response, isJson) => {
  if (isJson) return response.json();
  const isOurs = TYPES.test(response.headers.get('content-type') ?? '');
  return isOurs ? new Uint8Array(await response.arrayBuffer()) : null;
};

export async function attached(
  store: Store,
  through: Through,
  caseId: string,
  record: string,
  size: 'whole' | 'small',
): Promise<Attached> {
  const here = size === 'whole' ? await bytesOf(store, record) : await small(store, caseId, record);
  if (here) return { bytes: here };
  const path = `/api/cases/${caseId}/attachments/${record}${size === 'small' ? '/small' : ''}`;
  const answer = await through((link) =>
    call(link, 'GET', path, undefined, isBytes, ANSWER_WAIT_MS, readBytes),
  );
  if (!('ok' in answer)) return { failed: problemOf(answer) };
  if (size === 'small') await keepSmall(store, caseId, record, answer.ok);
  return { bytes: answer.ok };
}

async function small(store: Store, caseId: string, record: string): Promise<Bytes | null> {
  const key = await placeOf(store, caseId, record);
  const sealed = await store.db.get('pictures', key);
  return sealed ? store.vault.openBytes('pictures', aadKey(key), sealed) : null;
}

/** Where there is no room it is fetched again. */
async function keepSmall(
  store: Store,
  caseId: string,
  record: string,
  content: Bytes,
): Promise<void> {
  const key = await placeOf(store, caseId, record);
  const sealed = await store.vault.sealBytes('pictures', aadKey(key), content);
  try {
    await store.db.put('pictures', sealed, key);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
  }
}

async function placeOf(store: Store, caseId: string, record: string): Promise<[string, string]> {
  return Promise.all([store.vault.name(caseId), store.vault.name(record)]);
}

function isBytes(body: unknown): body is Bytes {
  return body instanceof Uint8Array;
}
