/** [U43] Whether a message that one is late may be sent to a client, and its address. Pure; the words come in as an argument. */

import type { CaseSummary } from '../../model/engine.ts';
import { dialled } from '../../rules/phones.ts';

/** somebody else may read what comes to that phone */
const UNSAFE = 'unsafe_phone';

/** Null where there is no number, more than one, or the client's phone is not safe. */
export function lateLink(
  { phone, phones, safety }: Pick<CaseSummary, 'phone' | 'phones' | 'safety'>,
  text: string,
): string | null {
  const [only, ...others] = phones ?? (phone === null ? [] : [phone]);
  if (only === undefined || others.length > 0 || safety.includes(UNSAFE)) return null;
  const number = dialled(only);
  return number === null ? null : `sms:${number}?&body=${encodeURIComponent(text)}`;
}
