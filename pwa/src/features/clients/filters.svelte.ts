import { noFilters, type ClientFilters, type ClientColumn } from '../../domain/client_filters.ts';

/** What was searched and which clients are shown: kept while the person looks at one of them. Never in the address. */
class Filters {
  typed = $state('');
  whose = $state<'mine' | 'all'>('mine');
  only = $state.raw<ClientFilters>(noFilters);
  order = $state<ClientColumn>('name');
}

export const filters = new Filters();
