/** The lists behind the numbers of the team board that have no screen of their own yet: by client, or by person. */

import { app } from '../../app/app.svelte.ts';
import { paths } from '../../app/paths.ts';
import type { IconName } from '../../components/icon_names.ts';
import type { DeviceBoard } from '../../domain/board.ts';
import type { FallingDue } from '../../domain/falling_due.ts';
import { kindOf } from '../../kinds/declared.ts';
import { own } from '../../rules/own.ts';
import { kindWord } from '../../words/catalogue.svelte.ts';
import { format } from '../../words/format.svelte.ts';
import { words } from '../../words/index.svelte.ts';
import { kindName } from '../../words/readable.ts';
import type { ServerBoard } from './board.svelte.ts';

interface BoardLine {
  key: string;
  title: string;
  meta: string;
  icon: IconName;
  href?: string;
}

const titles: Record<string, () => string> = {
  unrecorded: () => words.board.unrecorded,
  terms: () => words.board.terms,
  overdue: () => words.board.overdue,
  drafts: () => words.board.drafts,
  phones: () => words.board.phones,
  stand_ins: () => words.board.standIns,
  unmet: () => words.board.unmet,
  readers_differ: () => words.board.readersDiffer,
  alike: () => words.board.alike,
};

export function boardTitle(what: string): string {
  return own(titles, what)?.() ?? words.help.notFound;
}

export function boardLines(
  what: string,
  device: DeviceBoard,
  server: ServerBoard | null,
): BoardLine[] {
  switch (what) {
    case 'unrecorded':
      return device.unrecorded.map(({ visit, client }) => ({
        key: visit.record,
        title: client.name,
        meta: joined(format.dayAndClock(visit.start), app.nameOf(visit.worker ?? client.ownWorker)),
        icon: 'notebook-pen',
        href: paths.visit(client.case, visit.record),
      }));
    case 'terms':
      return device.terms.map(dueLine);
    case 'overdue':
      return device.overdue.map(dueLine);
    case 'drafts':
      return byName(server?.drafts ?? []).map(({ user, count, since }) => ({
        key: user,
        title: app.nameOf(user),
        meta: joined(
          words.board.list.drafts(count),
          words.board.list.since(format.recently(since)),
        ),
        icon: 'pencil',
      }));
    case 'phones':
      return (server?.phones ?? []).map(({ id, user, name, heard, why }) => ({
        key: id,
        title: joined(app.nameOf(user), name),
        meta: joined(
          words.board.list.heard(format.recently(heard)),
          words.board.list.why[why] ?? '',
        ),
        icon: 'smartphone',
      }));
    case 'stand_ins':
      return (server?.stand_ins ?? []).map(({ user, until, cases }) => ({
        key: user + until,
        title: app.nameOf(user),
        meta: joined(words.clients.count(cases), words.board.list.until(format.dayAndClock(until))),
        icon: 'users',
      }));
    case 'readers_differ':
      return (server?.readers_differ ?? []).map((kept) => ({
        key: kept,
        title: app.byCase.get(kept)?.name ?? words.shell.notVisible,
        meta: words.board.readersDifferWhy,
        icon: 'users',
        href: paths.samePerson(kept),
      }));
    default:
      return [];
  }
}

function dueLine(due: FallingDue): BoardLine {
  const client = app.byCase.get(due.case);
  const cause = kindWord(`${due.kind}.~${due.cause}`) ?? own(words.reminders.kinds, due.cause);
  return {
    key: due.record + due.cause,
    title: client?.name ?? '',
    meta: joined(
      cause ?? kindName(due.kind),
      format.date(due.day),
      app.nameOf(client?.ownWorker ?? null),
    ),
    icon: (kindOf(due.kind)?.icon ?? 'info') as IconName,
    href:
      due.kind === 'goal'
        ? paths.goal(due.case, due.record)
        : paths.record(due.kind, due.case, due.record),
  };
}

const joined = (...parts: string[]) => parts.filter(Boolean).join(' · ');

/** By name, never by number: nobody is ranked (Q3). */
function byName<One extends { user: string }>(all: readonly One[]): One[] {
  return all.toSorted((a, b) => format.inOrder(app.nameOf(a.user), app.nameOf(b.user)));
}
