/**
 * What the server's declarations say of the kinds of record (`server/kinds/kinds.json`): data, fetched once by the page and once
 * by the engine's worker. What depends on a kind follows from here; nothing else lists fields by name.
 */

import type { Strength } from '../rules/conditions.ts';
import type { Json } from '../rules/json.ts';
import { own } from '../rules/own.ts';

export interface Field {
  type:
    | 'line' | 'text' | 'code' | 'codes' | 'choice' | 'date' | 'instant' | 'whole' | 'yes_no'
    | 'reference' | 'id' | 'parts' | 'map' | 'strokes'; // prettier-ignore
  catalogue?: string;
  choices?: string[];
  /** of a reference: what it refers to */
  kind?: string;
  /** of a map's key: the map of the same record whose items it names */
  field?: string;
  unit?: string;
  min?: number;
  max?: number;
  /** of a text, where it is less than somebody's own sentence */
  written?: false;
  searched?: false;
  /** [G12] where a client lives, or what is called by that */
  address?: true;
  joined?: false;
  parts?: Record<string, Field>;
  sentence?: string[];
  joins?: string;
  /** of a map */
  key?: Field;
  of?: Field;
}

export interface Rule {
  strength: Strength;
  name: string;
  /** without it: that the field of its name says something */
  holds?: Json[];
  when?: Json[];
  at?: string;
  /** of a mark; amber where nothing is said */
  tone?: 'fix' | 'plain' | 'good';
}

export interface FieldGroup {
  fields: string[];
  when?: Json[];
  folded?: string;
}

/** What falls due: so many minutes from a moment, or days from a date, unless its condition holds. */
export interface Due {
  cause: string;
  of?: string;
  days?: number[] | string;
  minutes?: number[];
  unless?: Json[];
}

/** What the form writes into a field: a constant, what follows from a field, or what the catalogue says of its code. */
export interface Fill {
  field: string;
  value: {
    of?: string;
    days?: number;
    hours?: number;
    attribute?: string;
    today?: number;
    now?: true;
    me?: true;
    says?: string | boolean;
  };
}

/** Another kind's form that is offered where `when` holds. */
export interface Offer {
  name: string;
  kind: string;
  when: Json[];
  gives?: Record<string, Json>;
  link?: string;
}

export interface Kind {
  icon: string;
  home: 'case' | 'intake' | 'team' | 'organisation' | 'own';
  /** the area of life that it belongs to in the overview; none for the service itself */
  area?: string;
  by_hand?: true;
  read_only?: true;
  happened?: string[];
  fields: Record<string, Field>;
  layout?: FieldGroup[];
  rules?: Rule[];
  stages?: { field: string; then: Record<string, string[]> };
  fills?: Fill[];
  counts?: Record<string, { from: string; to: string; unit: 'days' | 'nights' }>;
  offers?: Offer[];
  carries?: { field: string; value: Json; when?: Json[] }[];
  columns?: string[];
  open?: Json[];
  /** what falls due of it, by the names that reminders bear */
  due?: Due[];
}

export type Kinds = Record<string, Kind>;

let kinds: Kinds = {};

export function useKinds(declared: Kinds): void {
  kinds = declared;
}

/** What forms and pages ask of the kinds comes later. */
export function addToKinds(parts: Record<string, Partial<Kind>>): void {
  const whole = Object.entries(kinds).map(([name, kind]) => [
    name,
    { ...kind, ...own(parts, name) },
  ]);
  kinds = Object.fromEntries(whole) as Kinds;
}

/** Whether the data has arrived. */
export function areKnown(): boolean {
  return Object.keys(kinds).length > 0;
}

/** Of a kind that a newer server declares nothing is known. */
export function kindOf(name: string): Kind | undefined {
  return own(kinds, name);
}

export function allKinds(): [string, Kind][] {
  return Object.entries(kinds);
}
