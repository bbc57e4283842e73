/** Who is about to sign in by password: chosen on the lock screen, read by the sign-in form. */
import { signal } from '@preact/signals';
import type { StaffOption } from '../../../device/types.ts';

export interface SigningIn {
  readonly staff: StaffOption;
  /** The store is there already; its PIN is blocked or its lease has run out. */
  readonly isRenewal: boolean;
}

export const signingIn = signal<SigningIn | undefined>(undefined);
