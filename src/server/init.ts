/** `main.ts init`: the smallest real area: the seeds' counters and organisations, and one supervisor who admits tablets. */
import { isSameText } from './sessions.ts';
import { makeArea, openArea, setPassword, type Ports } from './area.ts';
import { seed } from './demo.ts';
import { hashPassword, shortestPassword } from './passwords.ts';
import { organisationOrders, siteOrders, targetOrders } from './seeds.ts';
import { setupCode } from './setup-code.ts';

export interface InitOptions {
  readonly area: string;
  readonly org: string;
  readonly site: string;
  readonly supervisor: string;
  readonly kana: string;
  readonly password: string;
}

export async function init(ports: Ports, options: InitOptions): Promise<string> {
  if (options.password.length < shortestPassword)
    throw new Error(`MADOGUCHI_INIT_PASSWORD must have at least ${shortestPassword} characters.`);
  if (isSameText(options.password, options.supervisor))
    throw new Error('MADOGUCHI_INIT_PASSWORD must not be the supervisor’s name.');
  await makeArea(ports, { tenant: 'area', area: options.area, isDemo: false });
  const server = await openArea(ports);
  if (!server) throw new Error('the area was not made');
  const args = {
    id: 'supervisor-1',
    name: options.supervisor,
    kana: options.kana,
    org: options.org,
    site: options.site,
    role: 'supervisor',
  };
  await seed(server, [
    ...siteOrders,
    ...organisationOrders,
    ...targetOrders,
    { verb: 'staff.register', args },
  ]);
  await setPassword(server, args.id, await hashPassword(options.password, server.random(16)));
  return setupCode(server, args.id);
}
