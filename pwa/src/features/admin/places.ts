/** Where the parts of the administration are. */

import { paths } from '../../app/paths.ts';

const { admin } = paths;

export const at = {
  index: admin,
  people: `${admin}/people`,
  invite: `${admin}/people/new`,
  person: (id: string) => `${admin}/people/${id}`,
  change: (id: string) => `${admin}/people/${id}/edit`,
  cases: (id: string) => `${admin}/people/${id}/cases`,
  log: `${admin}/log`,
  logOf: (person: string) => `${admin}/log/person/${person}`,
  teams: `${admin}/teams`,
  devices: `${admin}/devices`,
  lists: `${admin}/lists`,
  retention: `${admin}/retention`,
  dataTokens: `${admin}/data`,
  newDataToken: `${admin}/data/new`,
  importing: `${admin}/import`,
};
