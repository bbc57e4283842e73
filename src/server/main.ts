/**
 * Starts the server, or makes an area (`init`). One process, one data folder. SIGTERM and SIGINT finish what is running,
 * then close listener and database.
 */
import { serve } from '@hono/node-server';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino, type Logger } from 'pino';
import { createApp } from './app.ts';
import { openArea, type Ports } from './area.ts';
import { makeDemo } from './demo.ts';
import { bringDirectory } from './directory.ts';
import { createExpiry } from './expiry.ts';
import { init } from './init.ts';
import { databaseName, readMasterKey } from './master-key.ts';
import { readOptions, type Options } from './options.ts';
import { openIfReady } from './reoffer.ts';
import { beginRestored, makeBackup } from './restore.ts';
import type { Server } from './server.ts';
import { setupCode } from './setup-code.ts';
import { openSqlite } from './sqlite.ts';

const hour = 3_600_000;

async function openPorts(data: string, log: Logger): Promise<Ports> {
  const master = readMasterKey(data);
  const storage = await openSqlite(join(data, databaseName));
  return { storage, master, clock: Date.now, random: randomBytes, log };
}

async function openServer(ports: Ports, { isDemo }: Options): Promise<Server> {
  const server = await openArea(ports);
  if (isDemo) {
    if (server && !server.isDemo)
      throw new Error(
        'This data folder holds a real area: --demo needs an empty or a demo folder.',
      );
    return makeDemo(ports, server);
  }
  if (!server) throw new Error('No area yet. Make one with `init`, or start with --demo.');
  if (server.isDemo) throw new Error('This data folder holds the demo: start with --demo.');
  return server;
}

function listen(server: Server, options: Options) {
  const expiry = createExpiry(server);
  const staticDir = join(import.meta.dirname, '../../dist');
  const app = createApp(server, { expiry, staticDir, trustProxy: options.trustProxy });
  const tls = options.tls && {
    createServer,
    serverOptions: { cert: readFileSync(options.tls.cert), key: readFileSync(options.tls.key) },
  };
  const { port, host: hostname } = options;
  const listener = serve({ fetch: app.fetch, port, hostname, ...tls }, (info) =>
    server.log.info(
      { url: `${tls ? 'https' : 'http'}://${hostname}:${info.port}`, area: server.area },
      'ready',
    ),
  );
  listener.on('error', (error) => {
    server.log.fatal({ err: error }, 'cannot listen');
    process.exit(1);
  });
  const failed = (error: unknown) => server.log.error({ err: error }, 'expiry failed');
  const expire = () => void expiry.run().catch(failed);
  expire();
  const timer = setInterval(expire, hour);
  return { listener, timer };
}

function stopGracefully(server: Server, { listener, timer }: ReturnType<typeof listen>): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    clearInterval(timer);
    server.hints.close();
    listener.close(() => {
      void server.storage.close().then(() => process.exit(0));
    });
    if ('closeIdleConnections' in listener) listener.closeIdleConnections();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function runInit(args: string[], log: Logger): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      area: { type: 'string', default: '札幌市' },
      org: { type: 'string', default: 'sapporo-city' },
      site: { type: 'string', default: 'shiroishi' },
      supervisor: { type: 'string', default: '責任者' },
      kana: { type: 'string', default: 'セキニンシャ' },
    },
  });
  const ports = await openPorts(process.env['MADOGUCHI_DATA'] ?? './data', log);
  if (await openArea(ports)) throw new Error('This data folder has its area already.');
  const password = process.env['MADOGUCHI_INIT_PASSWORD'] ?? '';
  const code = await init(ports, { ...values, password });
  await ports.storage.close();
  process.stdout.write(
    `Area ${values.area} made. Code for the first tablet, good for 10 minutes: ${code}\n`,
  );
}

/** A further code for a counter whose supervisor has no tablet in reach. */
async function runCode([supervisor = 'supervisor-1']: string[], log: Logger): Promise<void> {
  const ports = await openPorts(process.env['MADOGUCHI_DATA'] ?? './data', log);
  const server = await openArea(ports);
  if (!server) throw new Error('No area yet. Make one with `init`.');
  process.stdout.write(`${await setupCode(server, supervisor)}\n`);
  await ports.storage.close();
}

/** A copy of the running area's database; the server may go on meanwhile. */
async function runBackup([to]: string[], log: Logger): Promise<void> {
  if (!to) throw new Error('Where to? `backup -- <file>`');
  const data = process.env['MADOGUCHI_DATA'] ?? './data';
  const ports = await openPorts(data, log);
  const server = await openArea(ports);
  if (!server) throw new Error('No area yet. Make one with `init`.');
  const seq = await makeBackup(server, join(data, databaseName), to);
  await ports.storage.close();
  process.stdout.write(
    `Backup in ${to}, everything up to ${seq}. The master key is kept apart from it.\n`,
  );
}

async function main(): Promise<void> {
  const log = pino({ level: process.env['MADOGUCHI_LOG'] ?? 'info' });
  const [command, ...rest] = process.argv.slice(2);
  if (command === 'init') return runInit(rest, log);
  if (command === 'code') return runCode(rest, log);
  if (command === 'backup') return runBackup(rest, log);
  const options = readOptions(process.env, process.argv.slice(2));
  const server = await openServer(await openPorts(options.data, log), options);
  if (options.isRestored) await beginRestored(server);
  else await openIfReady(server);
  await bringDirectory(server);
  stopGracefully(server, listen(server, options));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
