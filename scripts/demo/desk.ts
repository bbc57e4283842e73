/** A demo tablet at a site, joined and signed in through the same doors as any tablet, with its own day's clock. */
import { openTablet } from '../../src/device/tablet.ts';
import type { Tablet } from '../../src/device/types.ts';
import { businessDateJst, fiscalYearOf, fiscalYearRange } from '../../src/domain/date.ts';
import {
  fetchFrom,
  nodePorts,
  settableClock,
  type SettableClock,
} from '../../tests/support/node-ports.ts';

export interface Desk {
  readonly tablet: Tablet;
  readonly clock: SettableClock;
  /** The day's first and last instant, epoch ms; the last is now. */
  readonly from: number;
  readonly until: number;
  readonly letter: string;
  readonly fiscalYearEnd: string;
}

interface DemoArea {
  readonly demoStaff: readonly {
    readonly id: string;
    readonly siteId: string;
    readonly role: string;
    readonly password: string;
  }[];
  readonly demoCodes: readonly { readonly site: string; readonly code: string }[];
}

const hour = 3_600_000;

/** From 08:45 in Japan, or from the small hours of today where it is earlier: nothing may lie in the future. */
function dayStart(now: number): number {
  const midnight = Math.floor((now + 9 * hour) / (24 * hour)) * 24 * hour - 9 * hour;
  const opening = midnight + 8.75 * hour;
  return opening < now - hour ? opening : Math.max(midnight + 60_000, now - 6 * hour);
}

export async function openDesk(origin: string, site: string, side: 'city' | 'hw'): Promise<Desk> {
  const area = (await (await fetch(`${origin}/api/area`)).json()) as DemoArea; // our own server's answer
  const now = Date.now();
  const clock = settableClock(dayStart(now));
  const tablet = await openTablet(nodePorts(fetchFrom(origin), clock));
  const name = `体験 ${side === 'city' ? '市' : 'HW'}の端末`;
  const code = area.demoCodes.find((one) => one.site === site)?.code ?? '';
  const admitted = await tablet.admit({ code, name });
  if (!admitted.ok) throw new Error(`admit: ${JSON.stringify(admitted.problem)}`);
  const staff = area.demoStaff.find(({ id }) => id === `${site}-${side}1`);
  if (!staff) throw new Error(`no demo staff at ${site}`);
  const { id, password } = staff;
  const signed = await tablet.enrolStaff({ staff: id, password, pin: '135790' });
  if (!signed.ok) throw new Error(`sign in: ${JSON.stringify(signed.problem)}`);
  return {
    tablet,
    clock,
    from: clock.now(),
    until: now,
    letter: side === 'city' ? 'C' : 'H',
    fiscalYearEnd: fiscalYearRange(fiscalYearOf(businessDateJst(now))).to,
  };
}
