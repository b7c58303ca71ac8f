/** even a page that is never idle comes to it */
const LATEST_MS = 500;

/** Does something once nobody waits for the page, or soon where the browser cannot tell. Returns how to call it off. */
export function whenIdle(work: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const asked = requestIdleCallback(work, { timeout: LATEST_MS });
    return () => {
      cancelIdleCallback(asked);
    };
  }
  const timer = setTimeout(work);
  return () => {
    clearTimeout(timer);
  };
}
