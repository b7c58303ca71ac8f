/** What a draft holds, as lines to read: also of a form that this release does not know, or that cannot be shown (E4). */

import { asParts } from '../domain/records.ts';
import type { Draft, Json } from '../model/engine.ts';
import { own } from '../rules/own.ts';
import { kindWord } from '../words/catalogue.svelte.ts';
import { words } from '../words/index.svelte.ts';

interface Line {
  name: string;
  text: string;
}

/** ids say nothing to anybody */
const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** What people write themselves comes first: the longest text. */
export function draftLines({ values }: Draft): Line[] {
  const input = asParts(values)['input'] ?? values;
  return linesOf(input, '').sort((a, b) => b.text.length - a.text.length);
}

function linesOf(value: Json, name: string): Line[] {
  if (value === null || value === '' || typeof value === 'boolean') return [];
  if (Array.isArray(value)) return value.flatMap((one) => linesOf(one, name));
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([key, part]) => linesOf(part, nameOf(key) ?? name));
  }
  const text = String(value);
  return ID.test(text) ? [] : [{ name: name || words.entries.unfinished, text }];
}

/** The form's own names are close to those of the records' fields. */
function nameOf(key: string): string | undefined {
  const field = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const times: Record<string, string> = {
    day: words.caseFile.day,
    start: words.caseFile.start,
    end: words.caseFile.end,
  };
  const found = ['visit', 'goal', 'note', 'case'].map((kind) => kindWord(`${kind}.${field}`));
  return own(times, key) ?? found.find((word) => word !== undefined);
}
