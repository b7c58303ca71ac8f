/** The forms that fi, sv and en tell apart. */
interface Forms {
  one: string;
  other: string;
}

/** Chooses by number as the language does: `entries(2)`. A Finn, a Swede and an Englishman agree about 1 only. */
export function pluralsOf(tag: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(tag);
  return (count, forms) => (rules.select(count) === 'one' ? forms.one : forms.other);
}
