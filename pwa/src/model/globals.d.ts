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
