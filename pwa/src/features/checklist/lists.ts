/** The catalogue's checklists: of the phases and of the seven areas. */

import type { ListOutline } from '../../domain/checklists.ts';
import { entryOf, labelOf, offered, type CodeEntry } from '../../words/catalogue.svelte.ts';
import type { SupportPhase } from '../../rules/constants.ts';

interface NamedList extends ListOutline {
  label: string;
}

export function phaseList(phase: SupportPhase): NamedList | null {
  const entry = entryOf('support_phase', phase);
  return entry && named(entry, labelOf('support_phase', phase), 'checklist');
}

export function phaseLists(): NamedList[] {
  return offered('support_phase').map((entry) =>
    named(entry, labelOf('support_phase', entry.code), 'checklist'),
  );
}

export function areaList(area: string): NamedList | null {
  const entry = entryOf('guidance_area', area);
  return entry && named(entry, labelOf('guidance_area', area), 'items');
}

export function areaLists(): NamedList[] {
  return offered('guidance_area').map((entry) =>
    named(entry, labelOf('guidance_area', entry.code), 'items'),
  );
}

function named(entry: CodeEntry, label: string, field: 'checklist' | 'items'): NamedList {
  const items = Array.isArray(entry[field]) ? entry[field] : [];
  return { code: entry.code, label, items: items.map((item) => item.code) };
}
