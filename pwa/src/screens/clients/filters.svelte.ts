/** What was searched and whose clients are shown: kept while the person looks at one of them. Never in the address. */
export const filters = $state<{ typed: string; whose: 'mine' | 'all' }>({
  typed: '',
  whose: 'mine',
});
