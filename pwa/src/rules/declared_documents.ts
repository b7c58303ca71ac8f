/** What a declaration of documents looks like, and what a document is made of (Z12): as `server/documents/documents.json` has it. */

import type { Values } from './conditions.ts';
import type { Json } from './json.ts';

export type DocumentLanguage = 'fi' | 'sv';
type Said = Record<DocumentLanguage, string> & { en?: string };

export type Of = string | { ref: string; of?: Of };
export type Each = { kind: string; when?: Json[] } | { items: string; when?: Json[] };

export interface Source {
  path?: string;
  of?: Of;
  when?: Json[];
  const?: Json;
  day?: boolean;
  catalogue?: string;
  choice?: string;
  codes?: Record<string, string>;
  by?: string;
  national?: boolean;
  word?: string;
  format?: string;
  each?: Each;
  text?: Source[];
  join?: string;
  label?: Said;
}

export interface DocumentField {
  name: string;
  sv: string;
  en?: string;
  type?: string;
  system?: string;
  required?: boolean;
  repeat?: boolean;
  identity?: boolean;
  instead?: string;
  each?: Each;
  from?: string | Source | (string | Source)[];
  fields?: DocumentField[];
}

export type Folded = { use: string } | (Omit<DocumentField, 'fields'> & { fields?: Folded[] });

export interface Document {
  key: string;
  group: string;
  oid: string;
  of: string;
  name?: string;
  title: Said;
  when?: Json[];
  day: string[];
  fields: DocumentField[];
}

export interface Declared {
  blocks: Record<string, Folded[]>;
  documents: (Omit<Document, 'fields'> & { fields: Folded[] })[];
}

export interface Told {
  id: string;
  kind: string;
  author: string;
  values: Values;
}

export type Entry = [
  oid: string,
  fi: string,
  sv: string | null,
  from: string | null,
  to: string | null,
];

interface Codes {
  codes: Record<string, Record<string, Entry[]>>;
  partners: Record<string, Record<string, string>>;
}

export interface Given {
  record: Told;
  records: Told[];
  codes: Codes;
  labels: Record<string, Record<string, Record<string, Json>>>;
  language: DocumentLanguage;
}

export interface Lack {
  at: string[];
  why: 'empty' | 'code' | 'identity' | 'name';
  needed: boolean;
  catalogue?: string;
  code?: string;
  system?: string;
}

export interface MadeDocument {
  name: Record<DocumentLanguage, string> | null;
  day: string;
  content: Record<string, Record<string, Json>> | null;
  missing: Lack[];
}
