/** What is said at the fields of a declared form, by the field's name or its part's. */

export interface FieldRemarks {
  /** what has to be mended before it can be saved */
  errorAt: (name: string) => string | undefined;
  warnings: ReadonlyMap<string, string>;
  /** what the form asks for as things stand */
  asked: ReadonlySet<string | undefined>;
}
