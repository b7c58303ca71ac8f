import type { CaseFile } from './case_file.svelte.ts';

/**
 * Ticks are saved one after the other, each from the case file as the one before has left it: a tick that is taken back at once
 * is taken back. `save` says whether it was saved.
 */
export function inTurn(file: CaseFile): (save: () => Promise<boolean>) => Promise<boolean> {
  let last: Promise<unknown> = Promise.resolve();
  return (save) => {
    const turn = last.then(save).finally(() => file.read());
    last = turn.catch(() => undefined);
    return turn;
  };
}
