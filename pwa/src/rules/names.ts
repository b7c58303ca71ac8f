/** Sign-in names (O2): what is typed, as the server keeps it. Twin: `server/rules/names.py`. */

// eslint-disable-next-line no-control-regex -- nobody sees these, and a keyboard or a copied text may bring them
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2060\ufeff]+/gu;
const SPACES = /[\t\n\v\f\r \u1680\u2028\u2029]+/gu;

/** Letters composed and in lower case, single spaces, nothing invisible. */
export function normalizedName(typed: string): string {
  const composed = typed.replace(INVISIBLE, '').normalize('NFKC').toLowerCase();
  return composed.normalize('NFKC').replace(SPACES, ' ').replace(/^ | $/gu, '');
}
