import type { Sha256 } from '../../../sync/entry.ts';

export const sha256Here: Sha256 = async (bytes) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
