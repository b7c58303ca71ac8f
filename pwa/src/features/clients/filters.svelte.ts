import { noFilters, type ClientFilters, type ClientColumn } from '../../domain/client_filters.ts';

/** What was searched and which clients are shown: kept while the person looks at one of them. Never in the address. */
export const filters = $state<{
  typed: string;
  whose: 'mine' | 'all';
  only: ClientFilters;
  order: ClientColumn;
}>({
  typed: '',
  whose: 'mine',
  only: noFilters,
  order: 'name',
});
