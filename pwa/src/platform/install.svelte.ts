/** Whether the app is installed here, and whether the browser lets us ask. */

interface InstallPrompt extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

export type Platform = 'android' | 'ios' | 'desktop';

let prompt = $state.raw<InstallPrompt | null>(null);
let isInstalled = $state(false);

export const install = {
  get canAsk(): boolean {
    return prompt !== null;
  },
  get isInstalled(): boolean {
    return isInstalled;
  },
  /** Safari drops what a tab has stored after a week without a visit; what is installed stays */
  get isAtRisk(): boolean {
    return platform() === 'ios' && !isInstalled;
  },
  async ask(): Promise<void> {
    const asked = prompt;
    prompt = null;
    await asked?.prompt();
  },
};

/** The browser says once, and early, that it may be asked. */
export function watchInstall(): void {
  const safari = navigator as { standalone?: boolean };
  isInstalled = matchMedia('(display-mode: standalone)').matches || safari.standalone === true;
  addEventListener('beforeinstallprompt', (event) => {
    // Not now: somebody is at a door. The screen for it asks when it is tapped.
    event.preventDefault();
    prompt = event as InstallPrompt;
  });
  addEventListener('appinstalled', () => {
    isInstalled = true;
    prompt = null;
  });
}

export function platform({ userAgent, maxTouchPoints } = navigator): Platform {
  if (userAgent.includes('Android')) return 'android';
  // An iPad says that it is a Mac.
  const isPad = userAgent.includes('Macintosh') && maxTouchPoints > 1;
  return isPad || /iPhone|iPad/.test(userAgent) ? 'ios' : 'desktop';
}
