/** even a page that is never idle comes to it */
const LATEST_MS = 500;
const FRAME_MAX_MS = 100;

/**
 * Does something once the coming frame stands and nobody waits for the page, or soon where the browser cannot tell. Returns
 * how to call it off.
 */
export function whenIdle(work: () => void): () => void {
  if (!('requestIdleCallback' in window)) return afterFrame(work);
  let asked = 0;
  const callOff = afterFrame(() => {
    asked = requestIdleCallback(work, { timeout: LATEST_MS });
  });
  return () => {
    callOff();
    cancelIdleCallback(asked);
  };
}

/** Does something once the coming frame stands; soon where none comes, as behind another app. Returns how to call it off. */
export function afterFrame(work: () => void): () => void {
  let timer = setTimeout(begin, FRAME_MAX_MS);
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    timer = setTimeout(begin);
  });
  function begin() {
    cancelAnimationFrame(frame);
    work();
  }
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
