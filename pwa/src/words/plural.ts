/** The forms that fi, sv and en tell apart. */
interface Forms {
  one: string;
  other: string;
}

/** Chooses by number: a Finn, a Swede and an Englishman agree that 1 alone is one. */
export const plural = (count: number, { one, other }: Forms): string => (count === 1 ? one : other);
