/** What a value may be: anything JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The same with every text well formed: a lone half of an emoji, which neither disk nor server takes (W10), becomes U+FFFD. */
export function wellFormed<T>(value: T): T {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\ufffd') as T;
  if (Array.isArray(value)) return value.map(wellFormed) as T;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, one]) => [key, wellFormed(one as unknown)]);
  return Object.fromEntries(entries) as T;
}
