/** What the open tabs tell each other: that one wrote or locked, and the key for a new tab of the same person. */

import type { Bytes } from './vault.ts';

export type Word =
  | { word: 'wrote'; profile: string; cases: string[] }
  | { word: 'lock'; profile: string }
  | { word: 'who?' }
  /** in memory from tab to tab; a channel stores nothing */
  | { word: 'open'; profile: string; dataKey: Bytes };

const CHANNEL = 'ovikello';
/** held, shared, by every tab that is open: a new tab asks for the key only if somebody can answer */
const OPEN_LOCK = 'ovikello-open';
const KEY_WAIT_MS = 500;

export class Tabs {
  readonly #channel = new BroadcastChannel(CHANNEL);

  listen(heard: (word: Word) => void): void {
    this.#channel.onmessage = (message: MessageEvent<Word>) => {
      heard(message.data);
    };
  }

  say(word: Word): void {
    this.#channel.postMessage(word);
  }

  close(): void {
    this.#channel.close();
  }
}

/** Tells other tabs that this one can answer; what it returns takes that back. */
export function holdOpen(): () => void {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  void webLocks()?.request(OPEN_LOCK, { mode: 'shared' }, () => held);
  return release;
}

/** The data key of a tab that is open; null if there is none. */
export async function askForKey(): Promise<{ profile: string; dataKey: Bytes } | null> {
  const { held = [] } = (await webLocks()?.query()) ?? {};
  if (!held.some((lock) => lock.name === OPEN_LOCK)) return null;
  const channel = new BroadcastChannel(CHANNEL);
  const found = await new Promise<{ profile: string; dataKey: Bytes } | null>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<Word>) => {
      if (data.word === 'open') resolve(data);
    };
    setTimeout(() => {
      resolve(null);
    }, KEY_WAIT_MS);
    channel.postMessage({ word: 'who?' } satisfies Word);
  });
  channel.close();
  return found;
}

/** Not every browser that can hold the store has locks. */
function webLocks(): LockManager | undefined {
  return (navigator as { locks?: LockManager }).locks;
}
