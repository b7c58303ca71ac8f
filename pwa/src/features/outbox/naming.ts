/** What a saved thing is called in the outbox. */

import type { OutboxEntry } from '../../model/engine.ts';
import { words } from '../../words/index.svelte.ts';
import { kindName } from '../../words/readable.ts';
import { isPlan, isReading, type Saved } from './entries.ts';

export function entryName(entry: OutboxEntry): string {
  if (isReading(entry)) return words.outbox.reading;
  return isPlan(entry) ? words.outbox.plannedVisit : kindName(entry.kind);
}

/** "Käynti": by the part that it began with; "12 sovittua käyntiä" where that is all of it. */
export function entryTitle({ parts }: Saved): string {
  const [first] = parts;
  if (parts.length > 1 && parts.every(isPlan)) return words.outbox.plannedVisits(parts.length);
  return first ? entryName(first) : kindName('');
}

/** "Lisäksi tarkistuslista, sovittu käynti": what was saved along with it. */
export function alsoOf({ parts }: Saved): string {
  if (parts.every(isPlan)) return '';
  const [first, ...others] = parts;
  const named = new Set(others.filter((part) => part.record !== first?.record).map(entryName));
  const list = [...named].map((name) => name.toLocaleLowerCase()).join(', ');
  return list === '' ? '' : words.outbox.also(list);
}
