import { expect, test } from 'vitest';
import { caseFile as en } from '../../words/en/caseFile.ts';
import { caseFile as fi } from '../../words/fi/caseFile.ts';
import { caseFile as sv } from '../../words/sv/caseFile.ts';
import { lateLink } from './late_text.ts';

const text = fi.lateText(15);
const client = (phones: string[], safety: string[] = []) => ({
  phone: phones[0] ?? null,
  phones,
  safety,
});

test('[U43] the message goes to the one number of a client', () => {
  expect(lateLink(client(['040 123 4567']), text)).toBe(
    'sms:0401234567?&body=Hei%2C%20my%C3%B6h%C3%A4styn%20noin%2015%20minuuttia.',
  );
  expect(lateLink({ phone: '+358 (0)40 123 4567', safety: [] }, text)).toMatch(
    /^sms:\+358401234567\?&/,
  );
});

test('[U43] no number, two that differ, or a phone that is not safe: no message', () => {
  expect(lateLink(client([]), text)).toBeNull();
  expect(lateLink(client(['kysy naapurilta']), text)).toBeNull();
  expect(lateLink(client(['040 123 4567', '050 765 4321']), text)).toBeNull();
  expect(lateLink(client(['040 123 4567'], ['dog', 'unsafe_phone']), text)).toBeNull();
  expect(lateLink(client(['040 123 4567'], ['dog']), text)).not.toBeNull();
});

test('[U43] its words name nobody, no service and no place, in any language', () => {
  for (const { lateText } of [fi, sv, en]) {
    expect(lateText(15)).toContain('15');
    // A sentence has one capital, and a name would bring another.
    expect(
      lateText(15)
        .replace(/\bI\b/g, '')
        .match(/\p{Lu}/gu),
    ).toHaveLength(1);
    expect(lateText(15)).not.toMatch(/asunto|asumis|boende|housing|tuki|stöd|support|ovikello/i);
  }
});
