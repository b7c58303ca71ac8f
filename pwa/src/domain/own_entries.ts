/** The lists of the catalogue with what the organisation added to them (A20). Pure. */

interface Entry {
  code: string;
  label: string;
  active?: boolean;
}

/** As the server tells it, in the organisation's order. */
interface OwnEntry {
  code: string;
  catalogue: string;
  fi: string;
  sv: string;
  en: string;
  retired: boolean;
}

/** Own entries stand behind the product's, but before *other*, which closes a list. */
export function withOwnEntries<One extends Entry>(
  lists: Record<string, One[]>,
  own: readonly OwnEntry[],
  language: 'fi' | 'sv' | 'en',
): Record<string, (One | Entry)[]> {
  return Object.fromEntries(
    Object.entries(lists).map(([name, entries]) => {
      const added = own.filter(({ catalogue }) => catalogue === name);
      const more = added.map(({ code, retired, ...labels }) => ({
        code,
        label: labels[language],
        active: !retired,
      }));
      const closes = entries.at(-1)?.code === 'other' ? 1 : 0;
      const at = entries.length - closes;
      return [name, [...entries.slice(0, at), ...more, ...entries.slice(at)]];
    }),
  );
}

/** One place up or down; the same where it stands at the end already. */
export function movedBy<One>(all: readonly One[], at: number, by: 1 | -1): One[] {
  const [one, other] = [all[at], all[at + by]];
  if (one === undefined || other === undefined) return [...all];
  return all.with(at, other).with(at + by, one);
}
