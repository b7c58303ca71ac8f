/** A kind's rules, whole: one that says neither what has to hold nor where asks for the field of its name. */

import type { Json } from '../rules/json.ts';
import { kindOf, type Rule } from './declared.ts';

type WholeRule = Rule & { holds: Json[] };

export function rulesOf(kind: string): WholeRule[] {
  return (kindOf(kind)?.rules ?? []).map((rule) => ({
    holds: ['has', rule.name],
    ...(rule.strength === 'derives' ? {} : { at: rule.name }),
    ...rule,
  }));
}
