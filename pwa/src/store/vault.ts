/**
 * The vault: all the cryptography of the device, and the only file that holds any (V1–V6).
 *
 * A random data key opens everything one person keeps here. It is in memory while the vault is open and nowhere else:
 * on the disk lie only its slots, the data key sealed under Argon2id of the person's password and, if wanted, under what
 * the phone's authenticator answers. Each table has its own subkey, and each value is bound to person, table and key, so
 * that ciphertext moved to another place does not open.
 */

import { randomBytes, type Bytes, type Passkey } from '../model/keys.ts';
import { normalizedName } from '../rules/names.ts';
import { argon2id } from './argon2.ts';

/** [V3] what one guess costs */
export interface Costs {
  memoryKib: number;
  passes: number;
  salt: Bytes;
}

/** The data key under a password. Lies in the open; says nothing without the password. */
export interface Slot extends Costs {
  kdf: 'argon2id';
  sealed: Bytes;
  /** of the other parts: tells a damaged slot from a wrong password */
  checksum: Bytes;
}

/** [V9] The data key under an authenticator's answer. Lies in the open; says nothing without the authenticator. */
export interface PasskeySlot extends Passkey {
  kdf: 'prf';
  sealed: Bytes;
  checksum: Bytes;
}

/** [V11] The data key under a PIN; `isOnline`: and under what the server gives for the right one. */
export interface PinSlot extends Costs {
  kdf: 'pin';
  isOnline: boolean;
  sealed: Bytes;
  checksum: Bytes;
}

type AnySlot = Slot | PasskeySlot | PinSlot;
type Header<Each> = Each extends AnySlot ? Omit<Each, 'sealed' | 'checksum'> : never;
type Unchecked<Each> = Each extends AnySlot ? Omit<Each, 'checksum'> : never;

/** [V3] the cost of one guess; a slot below the floor is not opened, whoever wrote it. */
const MEMORY_KIB = 64 * 1024;
const MEMORY_MIN_KIB = 19 * 1024;
const MEMORY_MAX_KIB = 1024 * 1024;
const PASSES = 3;

const FORMAT = 1;
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const SALT_BYTES = 16;

/** [V6] Sealed bytes that do not open where they lie: altered, truncated, moved, or another person's. */
export class Tampered extends Error {
  override readonly name = 'Tampered';
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export class Vault {
  readonly profile: string;
  readonly #dataKey: Bytes;
  readonly #sealers = new Map<string, Promise<CryptoKey>>();
  readonly #names = new Map<string, Promise<string>>();
  /** gone once the vault is closed */
  #root: Promise<CryptoKey> | null;
  #namer: Promise<CryptoKey> | null = null;

  private constructor(profile: string, dataKey: Bytes) {
    this.profile = profile;
    this.#dataKey = dataKey;
    this.#root = crypto.subtle.importKey('raw', dataKey, 'HKDF', false, ['deriveKey']);
  }

  /** [V2] A vault with a new random data key, for a person who has no store here yet. */
  static fresh(profile: string): Vault {
    return new Vault(profile, randomBytes(KEY_BYTES));
  }

  /** The vault of a data key that another tab of the same person handed over. */
  static ofKey(profile: string, dataKey: Bytes): Vault {
    return new Vault(profile, dataKey);
  }

  /** The vault behind a slot; null where the password is wrong. Throws `Tampered` for a damaged slot. */
  static async behind(profile: string, slot: Slot, password: string): Promise<Vault | null> {
    if (!isAffordable(slot) || !(await isIntact(slot))) throw new Tampered('slot');
    const key = await passwordKey(password, slot);
    const dataKey = await decrypt(key, slot.sealed, bound(profile, 'slot', header(slot)));
    return dataKey && new Vault(profile, dataKey);
  }

  /** [V3] The data key under a password. */
  async slot(password: string): Promise<Slot> {
    const open = { kdf: 'argon2id', ...newCosts() } as const;
    const key = await passwordKey(password, open);
    const sealed = await encrypt(key, this.#dataKey, bound(this.profile, 'slot', header(open)));
    return withChecksum({ ...open, sealed });
  }

  /** [V1] `value` as JSON, sealed for one place. */
  async seal(table: string, place: string, value: unknown): Promise<Bytes> {
    return this.sealText(table, place, JSON.stringify(value));
  }

  /** [V1] The same of a value whose JSON is there already. */
  async sealText(table: string, place: string, json: string): Promise<Bytes> {
    return this.sealBytes(table, place, encoder.encode(json));
  }

  /** [V1] The same of what is no JSON. */
  async sealBytes(table: string, place: string, plain: Bytes): Promise<Bytes> {
    return encrypt(await this.#sealer(table), plain, bound(this.profile, table, place));
  }

  /** [V6] What was sealed for this place. Throws `Tampered`. */
  async open<T>(table: string, place: string, sealed: Bytes): Promise<T> {
    return JSON.parse(decoder.decode(await this.openBytes(table, place, sealed))) as T;
  }

  /** [V6] The same of what is no JSON. */
  async openBytes(table: string, place: string, sealed: Bytes): Promise<Bytes> {
    const plain = await decrypt(
      await this.#sealer(table),
      sealed,
      bound(this.profile, table, place),
    );
    if (!plain) throw new Tampered(table);
    return plain;
  }

  /** The opaque key under which something with this id is stored. */
  name(id: string): Promise<string> {
    let name = this.#names.get(id);
    if (!name) {
      name = this.#nameOf(id);
      this.#names.set(id, name);
    }
    return name;
  }

  /** For another open tab of the same person, and for a slot that seals it; never for anything that stores. */
  dataKey(): Bytes {
    return this.#dataKey.slice();
  }

  /** [V5] Drops the key. Whatever still holds this vault opens nothing any more. */
  close(): void {
    this.#dataKey.fill(0);
    this.#root = null;
    this.#namer = null;
    this.#sealers.clear();
    this.#names.clear();
  }

  #sealer(table: string): Promise<CryptoKey> {
    let key = this.#sealers.get(table);
    if (!key) {
      key = this.#subkey(`seal ${table}`, { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt']);
      this.#sealers.set(table, key);
    }
    return key;
  }

  async #nameOf(id: string): Promise<string> {
    this.#namer ??= this.#subkey('name', { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign']);
    const mac = await crypto.subtle.sign('HMAC', await this.#namer, encoder.encode(id));
    return base64url(new Uint8Array(mac, 0, 16));
  }

  async #subkey(
    use: string,
    kind: AesKeyGenParams | HmacKeyGenParams,
    usages: KeyUsage[],
  ): Promise<CryptoKey> {
    if (!this.#root) throw new Error('the vault is closed');
    return crypto.subtle.deriveKey(hkdf(use), await this.#root, kind, false, usages);
  }
}

/** [J5] What a device says of itself while it is locked: 256 random bits. */
export function newCredential(): string {
  return base64url(randomBytes(KEY_BYTES));
}

/** A pseudonymous mark by which a profile knows its sign-in name again; the profile's id is its salt. */
export async function ownerMark(profile: string, signInName: string): Promise<string> {
  const name = normalizedName(signInName);
  const hash = await crypto.subtle.digest('SHA-256', encoder.encode(`${profile}\n${name}`));
  return base64url(new Uint8Array(hash, 0, 16));
}

/** [V3] */
export function newCosts(): Costs {
  return { memoryKib: MEMORY_KIB, passes: PASSES, salt: randomBytes(SALT_BYTES) };
}

async function passwordKey(password: string, costs: Costs): Promise<CryptoKey> {
  const hash = await stretched(password, costs);
  const usages: KeyUsage[] = ['encrypt', 'decrypt'];
  return crypto.subtle.importKey('raw', hash, 'AES-GCM', false, usages);
}

/** [V3] Argon2id of what a person knows: 32 bytes. */
export async function stretched(
  secret: string,
  { salt, memoryKib, passes }: Costs,
): Promise<Bytes> {
  const start = performance.now();
  const bytes = encoder.encode(secret.normalize('NFKC'));
  const hash = await argon2id(bytes, salt, { memoryKib, passes }, KEY_BYTES);
  performance.measure('argon2', { start });
  return hash;
}

export function hkdf(use: string, salt: Bytes = new Uint8Array()): HkdfParams {
  const info = encoder.encode(`ovikello ${FORMAT} ${use}`);
  return { name: 'HKDF', hash: 'SHA-256', salt, info };
}

/** Format byte, nonce, ciphertext with its tag. */
export async function encrypt(key: CryptoKey, plain: Bytes, place: Bytes): Promise<Bytes> {
  const iv = randomBytes(NONCE_BYTES);
  const algorithm = { name: 'AES-GCM', iv, additionalData: place };
  const cipher = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, plain));
  const sealed = new Uint8Array(1 + NONCE_BYTES + cipher.length);
  sealed[0] = FORMAT;
  sealed.set(iv, 1);
  sealed.set(cipher, 1 + NONCE_BYTES);
  return sealed;
}

export async function decrypt(key: CryptoKey, sealed: Bytes, place: Bytes): Promise<Bytes | null> {
  if (sealed[0] !== FORMAT) return null;
  const iv = sealed.subarray(1, 1 + NONCE_BYTES);
  const algorithm = { name: 'AES-GCM', iv, additionalData: place };
  try {
    const cipher = sealed.subarray(1 + NONCE_BYTES);
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, cipher));
  } catch {
    return null;
  }
}

export function bound(profile: string, table: string, place: string): Bytes {
  return encoder.encode(`ovikello ${FORMAT}\n${profile}\n${table}\n${place}`);
}

/** What stands in the open before the sealed key; it is bound to it. */
export function header(slot: Header<AnySlot>): string {
  if (slot.kdf === 'prf') return `prf ${base64url(slot.credential)} ${base64url(slot.salt)}`;
  const where = slot.kdf === 'pin' && !slot.isOnline ? ' offline' : '';
  return `${slot.kdf} ${slot.memoryKib} ${slot.passes}${where}`;
}

export async function withChecksum<Each extends Unchecked<AnySlot>>(
  slot: Each,
): Promise<Each & { checksum: Bytes }> {
  return { ...slot, checksum: await checksum(slot) };
}

async function checksum(slot: Unchecked<AnySlot>): Promise<Bytes> {
  const parts = [encoder.encode(header(slot)), slot.salt, slot.sealed];
  const whole = new Uint8Array(await new Blob(parts).arrayBuffer());
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole)).slice(0, 8);
}

export async function isIntact(slot: AnySlot): Promise<boolean> {
  const expected = await checksum(slot);
  return expected.every((byte, index) => byte === slot.checksum[index]);
}

/** [V3] */
export function isAffordable({ memoryKib, passes }: Costs): boolean {
  return memoryKib >= MEMORY_MIN_KIB && memoryKib <= MEMORY_MAX_KIB && passes >= 1;
}

export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
