/** 取り下げた記録: what went in before the withdrawal arrived is said without unfolding, as soon as a pull has brought it. */
import { signal } from '@preact/signals';
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { Withdrawn } from '../../src/app/screens/outbox/withdrawn.tsx';
import { SessionContext } from '../../src/app/state/context.ts';
import type { Session, WithdrawnItem } from '../../src/device/types.ts';
import { ok } from '../../src/domain/problem.ts';

afterEach(cleanup);

const item: WithdrawnItem = {
  id: 'e-1',
  verb: 'handoff.acceptNew',
  title: '引継ぎを新しい方として受ける',
  occurredAt: 1,
  withdrawnAt: 2,
  reason: 'まちがい',
  hasEffect: false,
  wentIn: false,
  records: [],
  personName: undefined,
};

test('what went in all the same', async () => {
  let items = [item, { ...item, id: 'e-2' }];
  const asOf = signal(1);
  const withdrawn = () => Promise.resolve(ok(items));
  const said = { outbox: signal([]), asOf, withdrawn, get: () => undefined };
  render(
    <SessionContext.Provider value={said as unknown as Session}>
      <Withdrawn />
    </SessionContext.Provider>,
  );
  const summary = await screen.findByText(/^取り下げた記録/, { selector: 'summary' });
  expect(summary.textContent).toBe('取り下げた記録 2件');
  items = [item, { ...item, id: 'e-2', hasEffect: true, wentIn: true }];
  asOf.value = 2;
  expect(await screen.findByText('先に記録に入っていました')).toBeTruthy();
  expect(summary.textContent).toBe('取り下げた記録 2件（うち1件は、先に記録に入っていました）');
  expect(screen.getByText(/いまの記録を確かめ/)).toBeTruthy();
});
