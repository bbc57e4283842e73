/** The first tablet of a counter has no supervisor signed in yet: a code is printed where the server is installed. */
import { issueCode } from './device-codes.ts';
import type { Server } from './server.ts';
import { memberOf } from './staff.ts';

export async function setupCode(server: Server, supervisor: string): Promise<string> {
  const member = await server.storage.read((tx) => memberOf(server, tx, supervisor));
  if (member?.role !== 'supervisor') throw new Error(`${supervisor} is no active supervisor.`);
  return (await issueCode(server, member)).code;
}
