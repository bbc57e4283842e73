/** `npm start`: builds the app when the build is missing or older than its sources, then serves it with the demo area. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';

function isStale(): boolean {
  if (!existsSync('dist/index.html')) return true;
  const built = statSync('dist/index.html').mtimeMs;
  const sources = globSync([
    'src/**/*',
    'seeds/*.json',
    'public/*',
    'index.html',
    'vite.config.ts',
  ]);
  return sources.some((file) => statSync(file).mtimeMs > built);
}

if (isStale()) {
  const build = spawnSync('vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit' });
  if (build.status !== 0) process.exit(build.status ?? 1);
}
const server = spawn(process.execPath, ['src/server/main.ts', '--demo', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 0));
