/** Which week is shown, or which day of the team, counted from now; it stays while the person looks at a client. */
export const week = $state({ offset: 0, isTeams: false, dayOffset: 0 });
