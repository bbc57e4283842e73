/**
 * Walks one programme of the public plans over a real server: staff of the city and of Hello Work at one counter write the
 * verbs of its flow, days pass, and the counter's official counts of those days are read. Everything is written by the
 * stores of the person who would write it; a verb that is refused stops the walk with the reason.
 */
import { addDays } from '../../src/domain/date.ts';
import { kindNamed, verbNamed } from '../../src/domain/kinds/index.ts';
import type { Period } from '../../src/domain/metrics/metric.ts';
import type { Values } from '../../src/domain/value.ts';
import { officialCounts } from '../../src/server/counts.ts';
import { openTestArea, type TestArea } from '../server/area.ts';
import { newId, type FakeStore } from './fake-tablet.ts';

export const cityOrg = 'sapporo-city';
export const hwOrg = 'hw-sapporo-higashi';

/** What a walk asks of whoever writes. */
export type Clerk = Pick<FakeStore, 'act' | 'post' | 'signIn' | 'token'>;
export type By = 'city' | 'hw' | 'citySupervisor' | 'hwSupervisor';
export type Desk = Readonly<Record<By, Clerk>> & {
  readonly site: string;
  readonly area: TestArea;
};

/** The counter of a ward, on a day: all four who sit there, on one tablet. */
export async function openDesk(site = 'shiroishi', day?: string): Promise<Desk> {
  const area = await openTestArea();
  if (day) area.clock.now = Date.parse(`${day}T10:00:00+09:00`);
  const device = await area.device(site);
  return {
    site,
    area,
    city: await area.staff(`${site}-city1`, device),
    hw: await area.staff(`${site}-hw1`, device),
    citySupervisor: await area.staff(`${site}-citysv`, device),
    hwSupervisor: await area.staff(`${site}-hwsv`, device),
  };
}

/** Arguments by which somebody says yes: of a handoff, of a firm, to be told of without a name. */
const consents = ['newConsent', 'consentMethod', 'disclosureScope'];

/** What a walk has made so far, by what it is called in its steps. */
export class Walk {
  readonly ids: Record<string, string> = {};
  readonly kinds = new Set<string>();
  readonly from: string;
  hasConsent = false;
  readonly desk: Desk;
  readonly clients: readonly string[];

  constructor(desk: Desk, clients: readonly string[]) {
    this.desk = desk;
    this.clients = clients;
    this.from = desk.area.today();
  }

  get today(): string {
    return this.desk.area.today();
  }
  get now(): number {
    return this.desk.area.clock.now;
  }

  make(name: string): string {
    return (this.ids[name] = newId());
  }
  id(name: string): string {
    const id = this.ids[name];
    if (id === undefined) throw new Error(`nothing is called ${name} yet`);
    return id;
  }

  async write(by: By, verb: string, args: Values): Promise<void> {
    const verdict = await this.#act(by, verb, args);
    if (verdict.code !== 'applied')
      throw new Error(`${verb} by ${by}: ${JSON.stringify(verdict)} ${JSON.stringify(args)}`);
    const [kind = ''] = verb.split('.');
    this.kinds.add(kind);
    if (args['newPlacement']) this.kinds.add('placement');
    if (consents.some((name) => args[name] !== undefined)) this.hasConsent = true;
  }

  /** A step that must not be possible yet, as without consent. */
  async refused(by: By, verb: string, args: Values): Promise<void> {
    const verdict = await this.#act(by, verb, args);
    if (verdict.code === 'applied') throw new Error(`${verb} by ${by} was not refused`);
  }

  #act(by: By, verb: string, args: Values) {
    if (!verbNamed(verb)) throw new Error(`no verb ${verb}`);
    if (!kindNamed(verb.split('.')[0] ?? '')) throw new Error(`no kind of ${verb}`);
    return this.desk[by].act(verb, args, {
      verb: `${verb}@${verbNamed(verb)?.version ?? 1}`,
    });
  }

  /** What the server answers, as text. */
  async post(by: By, path: string, body: object): Promise<string> {
    await this.desk[by].signIn();
    return (await this.desk[by].post(path, body)).text();
  }
  async get(by: By, path: string): Promise<string> {
    const store = this.desk[by];
    await store.signIn();
    const headers = { authorization: `Bearer ${store.token}` };
    return (await this.desk.area.ask(path, { headers })).text();
  }

  /** Days go by; everyone comes to the desk anew. */
  async wait(days: number): Promise<void> {
    const { area, site: _, ...stores } = this.desk;
    area.clock.now += days * 86_400_000;
    for (const store of Object.values(stores)) await store.signIn();
  }

  /** The counter's official figures from the walk's first day to today. */
  async counts(): Promise<Record<string, number>> {
    const period: Period = { from: this.from, to: this.today };
    const counts = await officialCounts(this.desk.area.server(), this.desk.site, period);
    return Object.fromEntries(counts.rows.map((row) => [row.metric, row.value]));
  }

  after(days: number): string {
    return addDays(this.today, days);
  }
}
