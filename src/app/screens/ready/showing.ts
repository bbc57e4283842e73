/** What the lock screen shows instead of its names: a check, or to a user who holds the tablet the survey and nothing else. */
import { signal } from '@preact/signals';

export const showing = signal<'ready' | 'proof' | 'rescue' | 'survey' | undefined>(undefined);
