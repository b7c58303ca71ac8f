/** The files that are no client's, and how what lies in them is called. */

import { app } from '../app/app.svelte.ts';
import { kindOf } from '../kinds/declared.ts';
import { refersToRegister } from '../kinds/fields.ts';
import { dayOf } from '../rules/time.ts';
import { recordName, type Names } from '../words/readable.ts';
import { CaseFile, followed } from './case_file.svelte.ts';

/** The file that records of this kind lie in, where it is not a client's: the organisation's, the own team's, one's own. */
export function fileOfHome(kind: string): string {
  const files: Record<string, string | null | undefined> = {
    organisation: app.session?.organisation,
    own: app.session?.user,
    team: app.me?.team,
  };
  return files[kindOf(kind)?.home ?? ''] ?? '';
}

/** The organisation's file, followed by the screen that is being made: records of clients refer to its registers (H3). */
export function registers(): CaseFile {
  return fileBeside(app.session?.organisation);
}

/** The own team's file beside a client's, whose reading is noted for both (L3). */
export function teamFileBeside(): CaseFile {
  return fileBeside(app.me?.team);
}

function fileBeside(id: string | null | undefined): CaseFile {
  const file = followed(new CaseFile(id ?? ''));
  void file.read();
  return file;
}

/** The same where records of this kind refer to a register, and do not lie beside it. */
export function registersFor(kind: string): CaseFile | null {
  const isBeside = kindOf(kind)?.home === 'organisation';
  return refersToRegister(kind) && !isBeside ? registers() : null;
}

/** How what a record refers to is called: people by name, other records of these files as their kind says. */
export function namesIn(...files: (CaseFile | null)[]): Names {
  const names: Names = {
    person: (id) => app.nameOf(id),
    get today() {
      return dayOf(app.now);
    },
    record: (kind, id) => {
      if (kind === 'case') return app.byCase.get(id)?.name ?? null;
      const found = files.map((file) => file?.find(id) ?? null).find((one) => one !== null);
      return found ? recordName(found, names) : null;
    },
  };
  return names;
}
