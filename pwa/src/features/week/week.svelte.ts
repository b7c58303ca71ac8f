/** Whose visits are shown, and which week or which day of the team, counted from now; it stays while the person looks at a client. */
export const week = $state<{ offset: number; whose: 'own' | 'day' | 'week'; dayOffset: number }>({
  offset: 0,
  whose: 'own',
  dayOffset: 0,
});

/** What was put down in the team's week, and in whose row. */
export interface Landed {
  record: string;
  row: string | null;
}
