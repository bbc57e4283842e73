/**
 * The lease: what the server says a store may act as, signed by the identity that the device pinned at enrolment. The
 * tablet opens no store without a live one; the server reads authorship from it, even after a restored backup.
 */
import type { OrganisationType, Role } from '../domain/record.ts';
import { canonical, utf8, type Bytes } from './bytes.ts';

export interface Lease {
  readonly v: 1;
  readonly id: string;
  readonly tenant: string;
  readonly store: string;
  readonly device: string;
  readonly user: string;
  readonly role: Role;
  readonly org: string;
  readonly orgType: OrganisationType;
  readonly site: string;
  /** Closed counters whose work this one has taken over. */
  readonly alsoSites?: readonly string[];
  readonly post?: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** The store's own: a server that has forgotten the store knows it again by this. Absent in leases of release 0.1. */
  readonly publicKey?: string;
}

export interface SignedLease {
  readonly lease: Lease;
  readonly sig: string;
}

export function leaseBytes(lease: Lease): Bytes {
  return utf8(`madoguchi/lease/v1\n${canonical(lease)}`);
}

/** What a user key signs to open a session (pull). */
export function sessionBytes(store: string, nonce: string): Bytes {
  return utf8(`madoguchi/session/v1\n${canonical({ nonce, store })}`);
}

/** What the device's own key signs when a member of staff enrols a store on it. */
export function enrolBytes(device: string, store: string, staff: string): Bytes {
  return utf8(`madoguchi/enrol/v1\n${canonical({ device, staff, store })}`);
}
