/** Which attachments wait to be sent, for the screen that is being made; read again as sending goes on. */

import { onDestroy } from 'svelte';
import { app } from '../../app/app.svelte.ts';
import type { Upload } from '../../model/engine.ts';

export function uploads(): { of: (record: string) => Upload | undefined } {
  let all = $state.raw<Upload[]>([]);
  const read = async () => {
    all = await app.engine.uploads();
  };
  onDestroy(app.onRecords(() => void read()));
  void read();
  return { of: (record) => all.find((one) => one.record === record) };
}
