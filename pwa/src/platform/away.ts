/**
 * Nobody at the phone: the page is covered as soon as it is hidden, and locked after a while (V5). Time is measured on the
 * clock, since a hidden page's timers stand still; a clock that went back locks at once.
 */

const CHECK_MS = 5_000;
const BACK_MS = 60_000;
const signs = ['pointerdown', 'keydown', 'input', 'scroll'] as const;

interface Away {
  /** minutes without a sign of anybody */
  minutes: () => number;
  isOpen: () => boolean;
  lock: () => void;
}

/** Who works in one tab is not away in another: tabs tell each other, now and then, that somebody is there. */
const TELL_MS = 10_000;

export function watchAway({ minutes, isOpen, lock }: Away): void {
  let lastSign = Date.now();
  let lastLook = Date.now();
  let lastTold = 0;
  const tabs = new BroadcastChannel('ovikello-away');
  tabs.onmessage = () => {
    lastSign = Date.now();
  };

  const look = () => {
    const now = Date.now();
    const wentBack = now < lastLook - BACK_MS;
    lastLook = now;
    if (!isOpen()) lastSign = now;
    else if (wentBack || now - lastSign >= minutes() * 60_000) lock();
  };
  const sign = () => {
    look();
    lastSign = Date.now();
    if (lastSign - lastTold < TELL_MS) return;
    lastTold = lastSign;
    tabs.postMessage(null);
  };

  for (const name of signs) addEventListener(name, sign, { capture: true, passive: true });
  document.addEventListener('visibilitychange', () => {
    const hidden = document.visibilityState === 'hidden';
    document.documentElement.toggleAttribute('data-covered', hidden);
    look();
    if (!hidden && isOpen()) lastSign = Date.now();
  });
  setInterval(look, CHECK_MS);
}
