/** What the catalogue says of a sheet's scale. */

import { own } from '../../rules/own.ts';
import { entryOf, offered, type CodeEntry } from '../../words/catalogue.svelte.ts';

interface Sheet {
  items: CodeEntry[];
  scale: CodeEntry[];
  /** the list that its scale is of; '' where it is answered in words */
  scaleList: string;
}

export function sheetOf(code: string): Sheet {
  const entry = entryOf('rating_sheet', code);
  const list = (by: string) => {
    const code = own(entry, by);
    return typeof code === 'string' ? code : '';
  };
  return {
    items: offered(list('items_from')),
    scale: offered(list('scale')),
    scaleList: list('scale'),
  };
}

/** Steps that are counted from one, so that a number says as much as its words. */
export function numberedScale(scale: readonly CodeEntry[]): boolean {
  return scale.length > 0 && scale.every((entry, at) => entry['value'] === at + 1);
}

export function scaleValue(scale: readonly CodeEntry[], code: string | undefined): number | null {
  const value = scale.find((entry) => entry.code === code)?.['value'];
  return typeof value === 'number' ? value : null;
}
