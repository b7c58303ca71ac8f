/** Short messages about what has just happened, with Kumoa where it can be taken back. */

interface Message {
  id: number;
  text: string;
  /** it came to nothing: no tick stands before it */
  failed: boolean;
  undo: (() => void) | null;
}

/** as long as Kumoa stays on the screen */
const UNDO_MS = 8000;
const PLAIN_MS = 4000;

let last = 0;
let shown = $state.raw<Message | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;
let frame = 0;

export const messages = {
  get shown(): Message | null {
    return shown;
  },
};

/** Says it; a newer message takes the place of an older one. */
export function showToast(text: string, undo: (() => void) | null = null, failed = false): void {
  last += 1;
  shown = { id: last, text, failed, undo };
  stop();
  // From the frame that shows it: a busy phone does not shorten it, and behind another app it waits.
  frame = requestAnimationFrame(() => {
    timer = setTimeout(dismissToast, undo ? UNDO_MS : PLAIN_MS);
  });
}

/** Says why nothing came of it. */
export function showFailure(text: string): void {
  showToast(text, null, true);
}

export function dismissToast(): void {
  stop();
  shown = null;
}

function stop(): void {
  cancelAnimationFrame(frame);
  clearTimeout(timer);
}
