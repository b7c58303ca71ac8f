/** What a value may be: anything JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The one test of it: neither null nor a list. */
export function isObject(value: Json | undefined): value is { [key: string]: Json };
export function isObject(value: unknown): value is Record<string, unknown>;
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value with every text well formed: a lone half of an emoji, which neither disk nor server takes (W10), becomes U+FFFD. */
export function wellFormed<T>(value: T): T {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\ufffd') as T;
  if (Array.isArray(value)) return value.map(wellFormed) as T;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, one]) => [key, wellFormed(one as unknown)]);
  return Object.fromEntries(entries) as T;
}
