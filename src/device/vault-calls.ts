/** What page and vault worker say to each other. Keys pass as CryptoKeys that neither side can export. */
import type { Kdf, KeySlot, Owner } from './vault.ts';

export type VaultCall =
  | { readonly call: 'create'; readonly owner: Owner; readonly pin: string }
  | { readonly call: 'unlock'; readonly owner: Owner; readonly slot: KeySlot; readonly pin: string }
  | { readonly call: 'passphrase'; readonly kdf: Kdf; readonly passphrase: string }
  | { readonly call: 'lock' | 'forget'; readonly store: string };

export interface VaultAsk {
  readonly id: number;
  readonly ask: VaultCall;
}

export interface VaultAnswer {
  readonly id: number;
  readonly slot?: KeySlot;
  readonly key?: CryptoKey;
  /** The vault itself failed: a bug or no memory for Argon2id, never a wrong PIN. */
  readonly error?: string;
}
