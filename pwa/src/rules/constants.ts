/** The server's limits, codes, roles and minutes of an escalation. Written by `make kinds`, never by hand. */

export const DEPTH_MAX = 12;
export const BATCH_CHANGES_MAX = 1000;
export const READS_MAX = 1000;
export const CHANGE_BYTES_MAX = 262144;
export const PATHS_MAX = 200;
export const PATH_CHARS_MAX = 130;
export const SEEN_IDS_MAX = 500;
export const LINE_CHARS_MAX = 300;
export const NOTE_CHARS_MAX = 20000;
export const DRAWING_CHARS_MAX = 8000;
export const VISIT_MINUTES_MAX = 1440;
export const SERIES_VISITS_MAX = 52;
export const HOURS_PER_MONTH_MAX = 200;
export const PASSWORD_CHARS_MIN = 10;
export const PIN_DIGITS_MIN = 6;
export const PIN_DIGITS_MAX = 12;
export const PIN_TRIES_MAX = 5;
export const DRAFTS_MAX = 50;
export const ATTACHMENT_BYTES_MAX = 10485760;
export const CHECK_IN_MINUTES_MIN = 5;
export const CHECK_IN_MINUTES_MAX = 240;

/** Codes as of this release; one that a later server sends is kept and shown as it came (W11). */
export type Role =
  | 'field_worker'
  | 'own_worker'
  | 'social_counsellor'
  | 'social_worker'
  | 'team_leader'
  | 'service_manager'
  | 'commissioner_viewer'
  | 'expert_by_experience'
  | 'data_protection'
  | 'admin'
  | 'client';
export type SupportPhase = 'preparation' | 'strong' | 'normal' | 'light';
export type VisitOutcome =
  | 'done'
  | 'done_partly'
  | 'client_absent'
  | 'door_not_opened'
  | 'no_answer'
  | 'cancelled_client'
  | 'cancelled_worker'
  | 'moved'
  | 'interrupted_safety';
export type GoalStatus =
  'proposed' | 'agreed' | 'in_progress' | 'reached' | 'partly_reached' | 'paused' | 'dropped';
export type DecisionStatus =
  | 'referral_received'
  | 'offered'
  | 'decision_made'
  | 'active'
  | 'extension_requested'
  | 'ending_soon'
  | 'ended'
  | 'refused';
export type RentStatus =
  | 'not_due'
  | 'paid'
  | 'paid_late'
  | 'partly_paid'
  | 'unpaid'
  | 'payment_plan'
  | 'payment_plan_broken'
  | 'direct_payment'
  | 'arrears_one_month'
  | 'arrears_two_months'
  | 'unknown';
/** what comes of a change that is sent (W8) */
export type VerdictName = 'applied' | 'duplicate' | 'conflict' | 'in_review' | 'refused';

export const LEADER: Role = 'team_leader';
/** who manages the organisation (A1) */
export const ADMINS: readonly Role[] = ['admin', 'service_manager'];
/** who decides on what waits for a supervisor (S4, S7) */
export const SUPERVISORS: readonly Role[] = ['service_manager', 'team_leader'];
/** who opens case files and may be a client's own worker (S8, S9) */
export const CASEWORKERS: readonly Role[] = [
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
