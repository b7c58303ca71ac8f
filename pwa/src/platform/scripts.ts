/** The only addresses that may become scripts: the service worker and the engine's worker. The content policy names no other policy. */

interface Policy {
  createScriptURL(url: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

// Browsers without trusted types take the plain text.
const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;

const policy: Policy | undefined = factory?.createPolicy('ovikello', {
  createScriptURL(url) {
    const { origin, pathname } = new URL(url, location.href);
    const isOurs =
      origin === location.origin &&
      (pathname === '/service-worker.js' || /^\/(assets|src)\/[\w./-]+$/.test(pathname));
    if (!isOurs) throw new TypeError('not a script of ours');
    return url;
  },
});

/** An address for `new Worker()` or `serviceWorker.register()`. */
export function scriptAddress(url: string | URL): string {
  const address = String(url);
  return policy ? policy.createScriptURL(address) : address;
}
