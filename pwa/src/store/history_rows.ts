/** All rows of `state` under which history of a case file lies, by the file's opaque name: they leave with it (L6). */
export function historyOf(name: string): IDBKeyRange {
  return IDBKeyRange.bound(`history ${name} `, `history ${name} \uffff`);
}
