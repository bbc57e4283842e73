/** Where the focus goes when a sheet leaves: back to what opened it, at once, or to the screen when that is gone. */
import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Row } from '../../src/app/ui/list.tsx';
import { Sheet } from '../../src/app/ui/sheet.tsx';

const nothing = () => undefined;
let root: HTMLElement;

beforeEach(() => {
  root = document.body.appendChild(document.createElement('div'));
});

afterEach(() => {
  render(null, root);
  root.remove();
});

interface BoardProps {
  readonly rows: readonly string[];
  readonly opened?: boolean;
}

/** As the board at reception: rows by key, and a sheet over them. */
function draw({ rows, opened = false }: BoardProps): void {
  render(
    <main tabIndex={-1}>
      <ul>
        {rows.map((row) => (
          <Row key={row} title={row} onPress={nothing} />
        ))}
      </ul>
      {opened && (
        <Sheet title="来所" onClose={nothing}>
          <p>中身</p>
        </Sheet>
      )}
    </main>,
    root,
  );
}

const row = (name: string) =>
  [...root.querySelectorAll<HTMLElement>('.row')].find(({ textContent }) => textContent === name);

describe('when a sheet closes', () => {
  test('its row has the focus in the same commit, though others came before it meanwhile', () => {
    draw({ rows: ['A1'] });
    const opener = row('A1');
    opener?.focus();
    draw({ rows: ['A1'], opened: true });
    expect(root.querySelector('dialog')?.open).toBe(true);
    draw({ rows: ['A3', 'A2', 'A1'], opened: true });
    draw({ rows: ['A3', 'A2', 'A1'] });
    expect(row('A1')).toBe(opener);
    expect(document.activeElement).toBe(opener);
  });

  test('the screen has it where the row is gone', () => {
    draw({ rows: ['A1', 'A2'] });
    row('A1')?.focus();
    draw({ rows: ['A1', 'A2'], opened: true });
    draw({ rows: ['A2'], opened: true });
    draw({ rows: ['A2'] });
    expect(document.activeElement).toBe(root.querySelector('main'));
  });
});
