/** A newcomer's three exercises: which step comes next follows from what really happened (U48). Pure. */

export const EXERCISES = ['offline', 'differing', 'checkIn'] as const;
export type Exercise = (typeof EXERCISES)[number];

/** What the app knows at this moment. */
export interface Happened {
  isOffline: boolean;
  /** the visit that was logged since the exercise began: not yet, on this device alone, or heard of by the server */
  visit: 'none' | 'waits' | 'sent';
  /** the two entries of the exercise still stand beside each other */
  differs: boolean;
  /** the screen that asks which of them is right */
  isAtDiffering: boolean;
  isAtCheckIn: boolean;
  isOut: boolean;
}

interface Step {
  isDone: (now: Happened) => boolean;
  /** what the step before it had reached is no longer so */
  lapses?: (now: Happened) => boolean;
}

const steps: Record<Exercise, readonly Step[]> = {
  offline: [
    { isDone: ({ isOffline }) => isOffline },
    {
      isDone: ({ isOffline, visit }) => isOffline && visit === 'waits',
      lapses: ({ isOffline }) => !isOffline,
    },
    { isDone: ({ visit }) => visit === 'sent', lapses: ({ visit }) => visit === 'none' },
  ],
  differing: [
    { isDone: ({ isAtDiffering, differs }) => isAtDiffering && differs },
    { isDone: ({ differs }) => !differs },
  ],
  checkIn: [
    { isDone: ({ isAtCheckIn, isOut }) => isAtCheckIn || isOut },
    {
      isDone: ({ isOut }) => isOut,
      lapses: ({ isAtCheckIn, isOut }) => !isAtCheckIn && !isOut,
    },
    { isDone: ({ isOut }) => !isOut },
  ],
};

export function stepCount(exercise: Exercise): number {
  return steps[exercise].length;
}

/** The step that is to be done now; as many as there are steps: all of them are. */
export function stepAfter(exercise: Exercise, step: number, now: Happened): number {
  const one = steps[exercise][step];
  if (!one) return step;
  if (one.isDone(now)) return stepAfter(exercise, step + 1, now);
  return one.lapses?.(now) ? step - 1 : step;
}
