/**
 * The HTTP face: limits, headers, routes, the built app. Expected refusals are Problems; whatever else happens is logged
 * without bodies and answered as 503, never with a trace.
 */
import { Hono } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';
import { addressOf } from './address.ts';
import type { Expiry } from './expiry.ts';
import { securityHeaders } from './headers.ts';
import { refuse } from './problem-response.ts';
import { deviceRoutes } from './routes-device.ts';
import { personRoutes } from './routes-person.ts';
import type { Server } from './server.ts';
import { serveStatic } from './static.ts';

export interface AppOptions {
  readonly expiry: Expiry;
  readonly staticDir: string;
  readonly trustProxy: boolean;
}

export function createApp(server: Server, options: AppOptions): Hono {
  // The usual router works out patterns of all routes at the first request; ours are few, and found as fast without.
  const app = new Hono({ router: new TrieRouter() });
  app.use(securityHeaders);
  app.use('/api/*', async (c, next) => {
    c.header('Cache-Control', 'no-store');
    const wait = await server.limits.address(addressOf(c, options.trustProxy));
    return wait > 0 ? refuse(c, { code: 'tooManyRequests', waitSeconds: wait }) : next();
  });
  const api = app.basePath('/api');
  deviceRoutes(api, server, options.expiry, options.trustProxy);
  personRoutes(api, server, options.expiry);
  app.all('/api/*', (c) => refuse(c, { code: 'notFound', kind: 'api' }));
  app.get('*', (c) => serveStatic(c, options.staticDir));
  app.notFound((c) => refuse(c, { code: 'notFound', kind: 'page' }));
  app.onError((error, c) => {
    server.log.error({ err: error, method: c.req.method, path: c.req.path }, 'request failed');
    c.header('Cache-Control', 'no-store');
    return refuse(c, { code: 'serverTrouble' });
  });
  return app;
}
