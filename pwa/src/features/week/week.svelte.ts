/** Which week is shown, counted from this one; it stays while the person looks at a client. */
export const week = $state({ offset: 0 });
