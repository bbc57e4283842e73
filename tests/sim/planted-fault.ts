/** What a planted fault is: texts of the real source put in place of others, and how the bench has to notice. */
export interface Edit {
  /** From the root of the repository. */
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

export interface Planted {
  readonly name: string;
  /** Only these say that it was this fault: another broken rule is no catch. */
  readonly rules: readonly string[];
  /** Histories that have shown it: tried first. */
  readonly seeds?: readonly number[];
  /** As SIM_WEIGHTS: accidents that it needs and that a usual day has seldom. */
  readonly weights?: string;
  /** A regression by its words: its steps are played, by every seed, where days drawn freely show the fault too seldom. */
  readonly day?: string;
  readonly edits: readonly Edit[];
}

export const edit = (file: string, find: string, put: string): Edit => ({ file, find, put });
