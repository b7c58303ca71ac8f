/** The server's limits, roles and minutes of an escalation. Written by `make kinds`, never by hand. */

export const DEPTH_MAX = 12;
export const BATCH_CHANGES_MAX = 1000;
export const READS_MAX = 1000;
export const CHANGE_BYTES_MAX = 262144;
export const PATHS_MAX = 200;
export const PATH_CHARS_MAX = 130;
export const SEEN_IDS_MAX = 500;
export const LINE_CHARS_MAX = 300;
export const NOTE_CHARS_MAX = 20000;
export const VISIT_MINUTES_MAX = 1440;
export const SERIES_VISITS_MAX = 52;
export const HOURS_PER_MONTH_MAX = 200;
export const PASSWORD_CHARS_MIN = 10;
export const DRAFTS_MAX = 50;
export const ATTACHMENT_BYTES_MAX = 10485760;
export const CHECK_IN_MINUTES_MIN = 5;
export const CHECK_IN_MINUTES_MAX = 240;

export const LEADER = 'team_leader';
/** who manages the organisation (A1) */
export const ADMINS: readonly string[] = ['admin', 'service_manager'];
/** who decides on what waits for a supervisor (S4, S7) */
export const SUPERVISORS: readonly string[] = ['service_manager', 'team_leader'];
/** who opens case files and may be a client's own worker (S8, S9) */
export const CASEWORKERS: readonly string[] = [
  'field_worker',
  'own_worker',
  'service_manager',
  'social_counsellor',
  'social_worker',
  'team_leader',
];

/** after the deadline of a check-in (K2) */
export const SOON_MINUTES = -5;
export const COLLEAGUE_MINUTES = 10;
export const SUPERVISOR_MINUTES = 20;
