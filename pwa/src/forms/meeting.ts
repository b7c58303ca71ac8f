/** Where and how a visit begins that nobody has described yet. */

export interface Meeting {
  visitKind: string;
  mode: string;
  place: string;
}

const atHome: Meeting = {
  visitKind: 'home_visit',
  mode: 'face_to_face',
  place: 'client_home',
};
const elsewhere: Meeting = { ...atHome, visitKind: 'support_visit', place: 'agreed_place' };

/** At home, but never proposed where nobody is to go; `safety`: the flags of every file of the client (H7). */
export function meetingOf(safety: readonly string[]): Meeting {
  return safety.includes('no_home_visit') ? elsewhere : atHome;
}
