/**
 * What tabs and the worker tell each other: that something durable changed, and where. Opaque ids only; whoever is
 * interested reads and opens the rows with a key of its own.
 */
import type { Ref } from '../domain/record.ts';
import type { Step } from './desk-view.ts';

export const channelName = 'madoguchi';

export type Message =
  /** Entries of a store were written, or learned their verdicts. */
  | { readonly type: 'entries'; readonly store: string }
  /** Rows of a store changed by a pull. */
  | {
      readonly type: 'rows';
      readonly store: string;
      readonly step: Step;
      readonly refs: readonly Ref[];
    }
  /** The enrolment or the list of stores changed. */
  | { readonly type: 'stores' }
  /** Somebody sat down with this store: tabs of anybody else close theirs. */
  | { readonly type: 'seated'; readonly store: string }
  /** The server has something newer, up to this sequence. */
  | { readonly type: 'hint'; readonly seq: number }
  /** Somebody locked the tablet: every tab locks. */
  | { readonly type: 'lock' };
