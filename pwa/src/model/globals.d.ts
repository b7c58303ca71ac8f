/** The distribution's version, put in at build time. */
declare const __VERSION__: string;

/** The address of a data file, see `data.ts`. */
declare module 'virtual:data/*' {
  const url: string;
  export default url;
}

/** How documents are declared, and the labels that they are written with, see `data.ts`. */
declare module 'virtual:documents' {
  const documents: {
    declared: import('../rules/declared_documents.ts').Declared;
    labels: import('../rules/declared_documents.ts').Given['labels'];
  };
  export default documents;
}

/** Labels of what is shown to clients, by list; easy Finnish is Finnish where the catalogue says nothing easier. */
declare module 'virtual:client_labels' {
  type Entry = Record<'code' | 'fi' | 'fi_easy' | 'sv' | 'en', string> & { active?: boolean };
  const labels: Record<string, Entry[]>;
  export default labels;
}
