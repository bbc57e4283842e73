/**
 * Stands before a real server and can pass off its service worker as a newer build (other bytes, as a new build has), or
 * keep pushes from arriving. Everything else goes through as it is.
 */
import { createServer, request, type Server } from 'node:http';
import { freePort } from './real-server.ts';

export interface Front {
  readonly origin: string;
  isNewBuild: boolean;
  isPushRefused: boolean;
  readonly close: () => Promise<void>;
}

export async function standBefore(behind: string): Promise<Front> {
  const port = await freePort();
  const server: Server = createServer((asked, answer) => {
    if (asked.url === '/api/push' && front.isPushRefused) {
      answer.writeHead(503, { 'content-type': 'application/json' });
      answer.end('{"problem":{"code":"serverTrouble"}}');
      return;
    }
    const { method, headers, url = '/' } = asked;
    const ahead = request(`${behind}${url}`, { method, headers }, (said) => {
      const isWorker = url === '/sw.js' && front.isNewBuild;
      const { 'content-length': length, etag, ...rest } = said.headers;
      const kept = isWorker ? rest : { ...rest, 'content-length': length, etag };
      const sent = Object.entries(kept).filter(([, value]) => value !== undefined);
      answer.writeHead(said.statusCode ?? 502, Object.fromEntries(sent));
      said.on('end', () => answer.end(isWorker ? '\n// newer' : undefined));
      said.pipe(answer, { end: false });
    });
    ahead.on('error', () => answer.destroy());
    asked.pipe(ahead);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const front: Front = {
    origin: `http://localhost:${port}`,
    isNewBuild: false,
    isPushRefused: false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return front;
}
