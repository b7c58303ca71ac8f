/** Values of records as people read them: in the outbox, in the history, beside each other when they differ. */

import { asParts, partText, splitPath } from '../domain/records.ts';
import type { Json } from '../store/engine.ts';
import { labelOf } from './catalogue.svelte.ts';
import { words } from './index.svelte.ts';
import { say } from './say.svelte.ts';

/** Which fields hold codes, and of which list. An item's key is a code in `keyLists`. */
const valueLists: Record<string, string> = {
  'case.language': 'language',
  'case.status': 'decision_status',
  'case.service_type': 'service_type',
  'case.housing_situation': 'homelessness_form',
  'case.safety': 'safety_flag',
  'goal.area': 'guidance_area',
  'goal.status': 'goal_status',
  'visit.visit_kind': 'visit_kind',
  'visit.mode': 'contact_mode',
  'visit.place': 'place',
  'visit.areas': 'guidance_area',
  'visit.methods': 'work_method',
  'note.areas': 'guidance_area',
  'note.visibility': 'record_visibility',
  'person.role': 'role',
};

const people = new Set(['own_worker', 'worker', 'partner', 'leader']);

/** What only the screen knows: the names of people. */
export interface Names {
  person: (id: string) => string;
}

export function kindName(kind: string): string {
  return words.fields.kinds[kind] ?? words.fields.unknownKind;
}

/** "Muistiinpano", "Tarkistuskohta: Arjen taidot" */
export function fieldName(path: string): string {
  const [field, item] = splitPath(path);
  const name = words.fields.names[field] ?? field;
  if (item === null) return name;
  if (field === 'minutes') return `${name}: ${labelOf('time_entry_kind', item)}`;
  if (field === 'ticks') return `${name}: ${tickLabel(item)}`;
  return name;
}

/** The text of a value; a structured value in one line. */
export function valueText(kind: string, path: string, value: Json, names: Names): string {
  const [field] = splitPath(path);
  if (field === 'removed') return value === null ? words.fields.broughtBack : words.fields.removed;
  if (value === null) return words.fields.empty;
  if (typeof value === 'boolean') return value ? words.fields.yes : words.fields.no;
  if (typeof value === 'number') return field === 'minutes' ? `${value} min` : say.number(value);
  if (Array.isArray(value)) {
    return value.map((item) => valueText(kind, path, item, names)).join(', ') || words.fields.empty;
  }
  if (typeof value === 'object') return partsText(field, value);
  return lineText(`${kind}.${field}`, field, value, names);
}

function lineText(key: string, field: string, value: string, names: Names): string {
  const list = valueLists[key];
  if (list !== undefined) return labelOf(list, value);
  if (people.has(field)) return names.person(value);
  if (field === 'goal_moves') return words.fields.moves[value] ?? value;
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return say.date(value);
  if (/^\d{4}-\d\d-\d\dT[\d:]+Z$/.test(value)) return say.dayAndClock(value);
  return value === '' ? words.fields.empty : value;
}

function partsText(field: string, value: Record<string, Json>): string {
  const text = (name: string) => partText(value, name);
  const joined = (...pieces: (string | null)[]) => pieces.filter(Boolean).join(' · ');
  switch (field) {
    case 'plan':
    case 'actual':
      return spanText(text('start'), text('end'));
    case 'outcome':
      return joined(labelOf('visit_outcome', text('code')), text('reason'));
    case 'phases':
      return joined(labelOf('support_phase', text('phase')), dateText(text('since')), text('note'));
    case 'ticks':
      return joined(
        value['done'] === true ? words.fields.ticked : words.fields.notTicked,
        dateText(text('on')),
      );
    case 'referral':
      return joined(labelOf('referral_source', text('source')), dateText(text('on')));
    case 'service':
      return `${dateText(text('start'))}–${dateText(text('end'))}`;
    case 'steps_done':
      return joined(words.fields.ticked, dateText(text('on')));
    default:
      return text('text') ?? anyText(value);
  }
}

function spanText(start: string | null, end: string | null): string {
  if (start === null) return words.fields.empty;
  return end === null ? say.dayAndClock(start) : `${say.day(start)} ${say.span(start, end)}`;
}

function dateText(date: string | null): string {
  return date === null ? '' : say.date(date);
}

/** A structure from a newer server: its texts, in order. */
function anyText(value: Json): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  const items = Array.isArray(value) ? value : Object.values(asParts(value));
  return items.map(anyText).filter(Boolean).join(' · ');
}

/** A checklist item's label: `strong.everyday_practice` stands under its phase, `home_care.cleaning` under its area. */
export function tickLabel(item: string): string {
  return labelOf('checklist_item', item);
}
