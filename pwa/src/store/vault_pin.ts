/**
 * [V11] The PIN's slot. Its key follows from Argon2id of the PIN and, online, from a share that the server gives for the
 * right PIN only: a PIN has few digits, and who copies the files could otherwise try them all.
 */

import type { Bytes } from '../model/keys.ts';
import {
  base64url,
  bound,
  decrypt,
  encrypt,
  header,
  hkdf,
  isAffordable,
  isIntact,
  newCosts,
  stretched,
  Tampered,
  Vault,
  withChecksum,
  type Costs,
  type PinSlot,
} from './vault.ts';

const KEY_BITS = 256;

/** A PIN whose Argon2id has been worked out: that takes its time, and is done once. */
export class StretchedPin {
  readonly costs: Costs;
  readonly #hash: Bytes;

  private constructor(costs: Costs, hash: Bytes) {
    this.costs = costs;
    this.#hash = hash;
  }

  static async fresh(pin: string): Promise<StretchedPin> {
    return StretchedPin.of(pin, newCosts());
  }

  static async of(pin: string, costs: Costs): Promise<StretchedPin> {
    return new StretchedPin(costs, await stretched(pin, costs));
  }

  /** What the server compares: it says nothing of the PIN to who lacks the slot's salt. 32 bytes, base64url. */
  async proof(): Promise<string> {
    const bits = crypto.subtle.deriveBits(
      hkdf('pin proof', this.costs.salt),
      await hkdfRoot(this.#hash),
      KEY_BITS,
    );
    return base64url(new Uint8Array(await bits));
  }

  /** `share`: the server's, base64url; none where the PIN opens without a network. */
  async slot(vault: Vault, share: string | null): Promise<PinSlot> {
    const open = { kdf: 'pin', isOnline: share !== null, ...this.costs } as const;
    const place = bound(vault.profile, 'pin', header(open));
    const sealed = await encrypt(await this.#key(share), vault.dataKey(), place);
    return withChecksum({ ...open, sealed });
  }

  /** The vault behind the slot; null where the PIN or the share is another. */
  async open(profile: string, slot: PinSlot, share: string | null): Promise<Vault | null> {
    const place = bound(profile, 'pin', header(slot));
    const dataKey = await decrypt(await this.#key(share), slot.sealed, place);
    return dataKey && Vault.ofKey(profile, dataKey);
  }

  async #key(share: string | null): Promise<CryptoKey> {
    const shared = new TextEncoder().encode(share ?? '');
    const both = new Uint8Array(this.#hash.length + shared.length);
    both.set(this.#hash);
    both.set(shared, this.#hash.length);
    const kind = { name: 'AES-GCM', length: KEY_BITS };
    const usages: KeyUsage[] = ['encrypt', 'decrypt'];
    const use = hkdf('pin', this.costs.salt);
    return crypto.subtle.deriveKey(use, await hkdfRoot(both), kind, false, usages);
  }
}

/** Throws `Tampered`: nothing is tried with a slot that was altered. */
export async function mustBeIntact(slot: PinSlot): Promise<void> {
  if (!isAffordable(slot) || !(await isIntact(slot))) throw new Tampered('slot');
}

function hkdfRoot(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey', 'deriveBits']);
}
