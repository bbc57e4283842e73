/** Where the app begins in a browser: styles, the tablet over the browser's own storage and clock, the first picture. */
import { render } from 'preact';
import { browserPorts } from '../device/browser-ports.ts';
import { openTablet, type OpenTablet } from '../device/tablet.ts';
import { App } from './app.tsx';
import { NoStorage } from './frame/no-storage.tsx';
import './styles/all.css';

async function start(): Promise<void> {
  const root = document.getElementById('app');
  if (!root) throw new Error('no place to draw in');
  let tablet: OpenTablet | undefined;
  try {
    tablet = await openTablet(browserPorts());
  } finally {
    render(tablet ? <App tablet={tablet} /> : <NoStorage />, root);
  }
  const { startUpdates } = await import('./update.ts');
  await startUpdates();
}

void start();
