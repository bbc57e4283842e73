import { firstUseFiles, precachedFiles, serviceWorker } from './scripts/first-use-files.ts';

/** Budgets of docs/architecture.md; the file lists come from the build itself. */
export default [
  { name: 'JavaScript before first use', path: [...firstUseFiles()], gzip: true, limit: '100 kB' },
  { name: 'Everything precached', path: [...precachedFiles()], gzip: true, limit: '500 kB' },
  { name: 'Service worker', path: serviceWorker, gzip: true, limit: '55 kB' },
];
