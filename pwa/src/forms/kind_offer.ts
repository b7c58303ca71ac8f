/** A new record that another one offers: what it begins with, and how the other one keeps its id (G8). Pure. */

import { shownValue } from '../domain/records.ts';
import { kindOf, type Offer } from '../kinds/declared.ts';
import type { Edit, Json, RecordView } from '../model/engine.ts';
import { valueAt } from '../rules/conditions.ts';
import { own } from '../rules/own.ts';
import { baselineOf, editOf } from './baseline.ts';
import { typedOf, type TypedFields } from './kind_fields.ts';
import type { KindInput } from './kind_form.ts';

interface Offered {
  offer: Offer;
  from: RecordView;
}

/** `<record>.<offer>`, as an address and a draft's name have it; null where that is not there. */
export function offeredBy(name: string | null, records: readonly RecordView[]): Offered | null {
  const [id, offerName] = (name ?? '').split('.');
  const from = records.find((record) => record.id === id);
  const offer = from && kindOf(from.kind)?.offers?.find((one) => one.name === offerName);
  return offer ? { offer, from } : null;
}

export function withOffer(input: KindInput, offered: Offered | null): KindInput {
  if (offered === null || offered.offer.kind !== input.kind) return input;
  const given = Object.entries(offered.offer.gives ?? {}).map(([name, value]): TypedFields => {
    const field = own(kindOf(input.kind)?.fields, name);
    return field ? typedOf(name, field, startOf(value, offered.from)) : {};
  });
  return { ...input, typed: Object.assign({}, input.typed, ...given) as TypedFields };
}

function startOf(value: Json, from: RecordView): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (value['record'] === true) return from.id;
  const path = value['asking'] as string;
  const [field = ''] = path.split('.');
  return valueAt({ [field]: shownValue(from, field) }, path);
}

/** The one that offered it keeps its id, unless it has one by now. */
export function linkEdit({ offer, from }: Offered, id: string): Edit | null {
  if (offer.link === undefined || shownValue(from, offer.link) !== null) return null;
  const target = { record: from.id, kind: from.kind, case: from.case };
  return editOf(baselineOf([from]), target, { [offer.link]: id });
}
