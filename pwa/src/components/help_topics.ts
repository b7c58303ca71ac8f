/** What the help speaks of, in its order. */
export const helpTopics = ['log', 'offline', 'outbox', 'differing', 'lock'] as const;

export type HelpTopic = (typeof helpTopics)[number];
