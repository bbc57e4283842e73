/**
 * Stands before a real server and can pass off its service worker as a newer build (other bytes, as a new build has), or
 * keep pushes from arriving. Everything else goes through as it is.
 */
import { createServer, request, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { freePort } from './real-server.ts';

export interface Front {
  readonly origin: string;
  isNewBuild: boolean;
  /** The newer build lacks one of its files on the way. */
  isIncomplete: boolean;
  isPushRefused: boolean;
  readonly close: () => Promise<void>;
}

function newer(worker: string, isIncomplete: boolean): string {
  const missing = '{"revision":"1","url":"assets/missing.js"},';
  const files = isIncomplete ? worker.replace('{"revision":', `${missing}{"revision":`) : worker;
  return `${files}\n// newer${isIncomplete ? ' and incomplete' : ''}`;
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
      if (!isWorker) return void said.pipe(answer);
      void text(said).then((worker) => answer.end(newer(worker, front.isIncomplete)));
    });
    ahead.on('error', () => answer.destroy());
    asked.pipe(ahead);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const front: Front = {
    origin: `http://localhost:${port}`,
    isNewBuild: false,
    isIncomplete: false,
    isPushRefused: false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return front;
}
