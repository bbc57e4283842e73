/** Where the app begins in a browser: styles, the tablet over the browser's own storage and clock, the first picture. */
import { render } from 'preact';
import { browserPorts } from '../device/browser-ports.ts';
import { openTablet, StorageClosed } from '../device/tablet.ts';
import { App } from './app.tsx';
import { NoStorage } from './frame/no-storage.tsx';
import './styles/all.css';

async function start(): Promise<void> {
  const root = document.getElementById('app');
  if (!root) throw new Error('no place to draw in');
  const ports = browserPorts();
  try {
    render(<App tablet={await openTablet(ports)} />, root);
  } catch (error) {
    render(
      <NoStorage
        problem={error instanceof StorageClosed ? error.problem : undefined}
        rescue={async () => (await import('../device/rescue.ts')).rescueAlone(ports)}
      />,
      root,
    );
    if (!(error instanceof StorageClosed)) throw error;
  } finally {
    // A mended version must reach a tablet whose app does not open.
    const { startUpdates } = await import('./update.ts');
    await startUpdates();
  }
}

void start();
