/** Which check the lock screen shows instead of its names; behind the lock they are screens of their own. */
import { signal } from '@preact/signals';

export const showing = signal<'ready' | 'proof' | 'rescue' | undefined>(undefined);
