/** The lines of the team board: how many of what, why, and the list behind the number. The most urgent first (Q3). */

import { paths } from '../../app/paths.ts';
import type { IconName } from '../../components/icon_names.ts';
import type { DeviceBoard } from '../../domain/board.ts';
import { noFilters, queryOf, type ClientMark } from '../../domain/client_filters.ts';
import { words } from '../../words/index.svelte.ts';
import type { ServerBoard } from './board.svelte.ts';

export interface Exception {
  what: string;
  count: number;
  title: string;
  why?: string;
  href: string;
  icon: IconName;
  tone: 'safety' | 'fix' | 'plain';
}

interface ExceptionGroup {
  title: string;
  lines: Exception[];
}

export function exceptionGroups(device: DeviceBoard, server: ServerBoard | null): ExceptionGroup[] {
  return [
    { title: words.board.groups.now, lines: now(device, server) },
    { title: words.board.groups.clients, lines: clients(device, server) },
    { title: words.board.groups.recording, lines: recording(device, server) },
    { title: words.board.groups.team, lines: server ? team(server) : [] },
  ];
}

function now(device: DeviceBoard, server: ServerBoard | null): Exception[] {
  const { board } = words;
  const intakes = paths.intakes;
  return [
    ...(server
      ? [
          line('late', server.late, board.late, board.lateWhy, paths.out, 'shield-alert', 'safety'),
          line('alarms', server.alarms_failed, board.alarms, board.alarmsWhy, paths.out, 'bell', 'safety'),
        ]
      : []),
    line('no_roof', device.noRoof, board.noRoof, undefined, intakes, 'house', 'fix'),
    line('clocks_late', device.clocksLate, board.clocksLate, undefined, intakes, 'clock', 'fix'),
    line('clocks', device.clocks, board.clocks, undefined, intakes, 'clock'),
  ]; // prettier-ignore
}

function clients(device: DeviceBoard, server: ServerBoard | null): Exception[] {
  const { board } = words;
  const lacking = server?.unmet.cases ?? 0;
  const { unmetWhy, unmet } = board;
  const mark = (what: ClientMark, why: string | undefined, icon: IconName) =>
    line(
      what,
      device.marks[what],
      words.clients.marks[what] ?? what,
      why,
      `${paths.clients}${queryOf({ ...noFilters, marks: [what] })}`,
      icon,
    );
  return [
    mark('silent', board.silentWhy, 'phone'),
    mark('arrears', undefined, 'house'),
    line('overdue', device.overdue.length, board.overdue, board.overdueWhy, paths.teamList('overdue'), 'clock'),
    line('terms', device.terms.length, board.terms, board.termsWhy, paths.teamList('terms'), 'calendar-days'),
    mark('unplanned', board.unplannedWhy, 'calendar-days'),
    mark('under_hours', board.hoursWhy, 'trending-down'),
    mark('over_hours', board.hoursWhy, 'trending-up'),
    ...(server
      ? [line('unmet', lacking, unmet, unmetWhy(server.unmet.records), paths.teamList('unmet'), 'list-checks')]
      : []),
  ]; // prettier-ignore
}

function recording(device: DeviceBoard, server: ServerBoard | null): Exception[] {
  const { board } = words;
  const late = device.unrecorded.length;
  const drafts = server?.drafts.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return [
    line('waiting', server?.waiting ?? 0, board.waiting, undefined, paths.reviewQueue, 'user-round', 'fix'),
    line('unrecorded', late, board.unrecorded, undefined, paths.teamList('unrecorded'), 'notebook-pen'),
    line('drafts', drafts, board.drafts, undefined, paths.teamList('drafts'), 'pencil'),
  ].filter(({ what }) => server !== null || what === 'unrecorded'); // prettier-ignore
}

function team(server: ServerBoard): Exception[] {
  const { board } = words;
  // missing in what was kept by an older release
  const alike = (server.alike as ServerBoard['alike'] | undefined)?.length ?? 0;
  const differing = (server.readers_differ as string[] | undefined)?.length ?? 0;
  const openings = (server.openings as number | undefined) ?? 0;
  return [
    line('openings', openings, board.openings, board.openingsWhy, paths.teamList('openings'), 'key-round', 'fix'),
    line('alike', alike, board.alike, board.alikeWhy, paths.teamList('alike'), 'users'),
    line('readers_differ', differing, board.readersDiffer, board.readersDifferWhy, paths.teamList('readers_differ'), 'users'),
    line('phones', server.phones.length, board.phones, board.phonesWhy, paths.teamList('phones'), 'smartphone'),
    line('stand_ins', server.stand_ins.length, board.standIns, board.standInsWhy, paths.teamList('stand_ins'), 'users'),
  ]; // prettier-ignore
}

function line(
  what: string,
  count: number,
  title: string,
  why: string | undefined,
  href: string,
  icon: IconName,
  tone: Exception['tone'] = 'plain',
): Exception {
  return { what, count, title, href, icon, tone, ...(why === undefined ? {} : { why }) };
}
