/**
 * Whether a new version waits, and how it is put in place. Apart from src/app/update.ts, so that the first screen does not
 * wait for the code that talks to the service worker.
 */
import { signal } from '@preact/signals';

/** Puts the new version in place when every tab agrees; undefined while there is none. */
export const pendingUpdate = signal<(() => Promise<'busy' | 'going'>) | undefined>(undefined);
