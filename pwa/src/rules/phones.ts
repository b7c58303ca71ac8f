/** A written phone number, as it is dialled. Pure; twin of `server/rules/phones.py`. */

/** nobody sees these, and a copied text may bring them */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;
const DASHES = /[\u2010-\u2015\u2212\uff0d]/gu;

/** `+358401234567`, `0401234567` or `112`; `null` for what is not one number. */
export function dialled(written: string): string | null {
  const shown = written
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(DASHES, '-')
    .trim()
    .replace(/^\(\+(\d+)\)/u, '+$1');
  if (!/^\+?(?:\([\d ]+\)|[\d .-])+$/u.test(shown)) return null;
  const digits = shown.replace(/\D/gu, '');
  if (!/^(?:\+|00|358\d{8})/u.test(shown.startsWith('+') ? '+' : digits))
    return /^(?:0[1-9]\d{3,12}|1\d{2,5})$/u.test(digits) ? digits : null;
  // The (0) of "+358 (0)40" is dialled within the country only.
  const country = shown.replace(/\( *0 *\)|\D/gu, '').replace(/^00/u, '');
  const number = `+${country.replace(/^3580*/u, '358')}`;
  return /^\+[1-9]\d{6,14}$/u.test(number) ? number : null;
}
