/** What a client is shown of one record, in their language: that and nothing else of the file (Y5). Pure. */

import labels from 'virtual:client_labels';
import { isOfOthers } from '../../domain/of_others.ts';
import { asParts, itemsOf, lineOf, partText, textOf } from '../../domain/records.ts';
import { entryTime } from '../../domain/visits.ts';
import type { RecordView } from '../../model/engine.ts';
import { own } from '../../rules/own.ts';
import { plainLanguage, type ClientLanguage } from '../../words/client_languages.ts';
import { atClock, dateOf, longDay } from '../../words/moments.ts';
import { ownHandWords, type PartLabel } from './own_hand_words.ts';

export interface Paper {
  title: string;
  parts: { label: string; text: string }[];
}

/** Of a kind that is not shown to clients, and of what may tell of another person: null. */
export function paperOf(record: RecordView, language: ClientLanguage): Paper | null {
  const says = ownHandWords[language];
  const part = (label: PartLabel, text: string) => ({ label: says.parts[label], text });
  const day = (path: string) => {
    const said = lineOf(record, path);
    return said === null ? '' : dateOf(said, plainLanguage(language));
  };
  const when = (at: string) => {
    const plain = plainLanguage(language);
    return at === '' ? '' : `${longDay(at, plain)} ${atClock(at, plain)}`;
  };
  const label = (list: string, path: string) => labelIn(list, lineOf(record, path), language);
  const papers: Record<string, () => Paper> = {
    plan: () => ({
      title: says.plan,
      parts: [
        part('client', textOf(record, 'client_part')),
        part('worker', textOf(record, 'worker_part')),
        part('commissioner', textOf(record, 'commissioner_part')),
        part('services', servicesIn(record, language).join('\n')),
        part('next', textOf(record, 'next_actions')),
        part('review', day('review_on')),
      ],
    }),
    agreement: () => ({
      title: label('agreement_kind', 'agreement_kind'),
      parts: [
        part('answer', label('agreement_answer', 'answer')),
        part('limits', textOf(record, 'limits')),
        part('ownWords', textOf(record, 'own_words')),
        part('until', day('until')),
      ],
    }),
    visit: () => ({
      title: label('visit_kind', 'visit_kind'),
      parts: [
        part('when', when(entryTime(record))),
        part('did', textOf(record, 'note')),
        part('said', textOf(record, 'client_words')),
        part('agreed', textOf(record, 'agreed')),
      ],
    }),
    note: () => ({
      title: says.note,
      parts: [part('when', when(entryTime(record))), part('written', textOf(record, 'text'))],
    }),
  };
  const paper = isOfOthers(record) ? undefined : own(papers, record.kind)?.();
  return paper ? { ...paper, parts: paper.parts.filter(({ text }) => text !== '') } : null;
}

function servicesIn(record: RecordView, language: ClientLanguage): string[] {
  return [...itemsOf(record, 'services').values()].map((value) => {
    const parts = asParts(value);
    const service = labelIn('linked_service', partText(parts, 'service'), language);
    return [service, partText(parts, 'who')].filter(Boolean).join(', ');
  });
}

/** A code from a newer server is shown as it is. */
function labelIn(list: string, code: string | null, language: ClientLanguage): string {
  if (code === null) return '';
  return own(labels, list)?.find((one) => one.code === code)?.[language] ?? code;
}
