/** Where the app begins in a browser: styles, the tablet over the browser's own storage and clock, the first picture. */
import { render } from 'preact';
import { browserPorts } from '../device/browser-ports.ts';
import { openTablet } from '../device/tablet.ts';
import { App } from './app.tsx';
import './styles/all.css';

async function start(): Promise<void> {
  const root = document.getElementById('app');
  if (!root) throw new Error('no place to draw in');
  const tablet = await openTablet(browserPorts());
  render(<App tablet={tablet} />, root);
  const { startUpdates } = await import('./update.ts');
  await startUpdates();
}

void start();
