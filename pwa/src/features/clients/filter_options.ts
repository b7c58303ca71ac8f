import { app } from '../../app/app.svelte.ts';
import { clientMarks, type ClientMark } from '../../domain/client_filters.ts';
import type { CaseSummary } from '../../model/engine.ts';
import { labelOf, offered } from '../../words/catalogue.svelte.ts';
import { format } from '../../words/format.svelte.ts';
import { words } from '../../words/index.svelte.ts';

/** What a list of clients can be narrowed by, in words: the same on a narrow and on a wide screen. */
interface FilterOption {
  value: string;
  label: string;
}

export function markOptions(marks: readonly ClientMark[] = clientMarks): FilterOption[] {
  return marks.map((mark) => ({ value: mark, label: words.clients.marks[mark] ?? mark }));
}

export function phaseOptions(): FilterOption[] {
  return offered('support_phase').map(({ code }) => ({
    value: code,
    label: labelOf('support_phase', code),
  }));
}

/** Those of these clients, by name. */
export function workerOptions(clients: readonly CaseSummary[]): FilterOption[] {
  const workers = new Set(clients.flatMap(({ ownWorker }) => ownWorker ?? []));
  return [...workers]
    .map((worker) => ({ value: worker, label: app.nameOf(worker) }))
    .sort((a, b) => format.inOrder(a.label, b.label));
}
