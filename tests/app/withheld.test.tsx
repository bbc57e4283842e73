/** A マイナンバー in free text: that field is held back, all else is saved (domain.md §6), over the real tablet and server. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { FormFields } from '../../src/app/form/form-fields.tsx';
import { useForm } from '../../src/app/form/use-form.ts';
import { useWrite } from '../../src/app/form/use-write.ts';
import { HeldBack } from '../../src/app/frame/held-back.tsx';
import { seenUnder, splitAtMyNumber } from '../../src/app/logic/withheld.ts';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import { lockNow } from '../../src/app/state/leave.ts';
import { Button } from '../../src/app/ui/button.tsx';
import { ProblemNotice } from '../../src/app/ui/notice.tsx';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import type { Session } from '../../src/device/types.ts';
import { conflictsOf } from '../../src/domain/conflict.ts';
import { verbNamed } from '../../src/domain/kinds/index.ts';
import { partOf } from '../../src/domain/record.ts';
import { flatten } from '../../src/domain/verbs.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';

const number = '1234-5678-9018';
const label = /^配慮事項$/;

let town: Town;
let place: Place;
beforeAll(async () => {
  town = await openTown();
  place = await town.tablet();
  await place.enrol('shiroishi-city1');
}, 30_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

async function session(): Promise<Session> {
  return place.tab.tablet.session.peek() ?? (await place.unlock('shiroishi-city1'));
}

function RegisterForm({ id }: { readonly id: string }) {
  const form = useForm({ fields: verbNamed('seeker.register')?.args ?? {}, draftKey: 'held' });
  const write = useWrite(form);
  return (
    <>
      <FormFields form={form} names={['familyName', 'familyKana', 'considerations']} />
      <ProblemNotice problem={write.problem} />
      <Button onPress={() => write.save('seeker.register', { id, ...form.args() })}>
        登録する
      </Button>
    </>
  );
}

async function draw(withForm = true) {
  const open = await session();
  const id = open.newId();
  render(
    <TabletContext.Provider value={place.tab.tablet}>
      <SessionContext.Provider value={open}>
        {withForm && <RegisterForm id={id} />}
        <HeldBack />
      </SessionContext.Provider>
    </TabletContext.Provider>,
  );
  return { open, id };
}

const type = (at: string | RegExp, value: string) =>
  fireEvent.input(screen.getByLabelText(at), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name, hidden: true }));

/** Registers somebody with the number in a note; the sheet for that one field is open after it. */
async function heldBack() {
  const { open, id } = await draw();
  type(/^姓/, '試験');
  type(/^セイ/, 'シケン');
  type(label, `番号は${number}、静かな席で`);
  press('登録する');
  await screen.findByText('この欄だけ、保存していません');
  return { open, id };
}

const saved = (open: Session, id: string) => flatten(open.get('seeker', id));

describe('a field with a マイナンバー', () => {
  test('is held back, and everything else is saved', async () => {
    const { open, id } = await heldBack();
    expect(saved(open, id)).toMatchObject({ familyName: '試験', familyKana: 'シケン' });
    expect(JSON.stringify(saved(open, id))).not.toContain('9018');
    press('この欄は書かない');
    await waitFor(() => expect(screen.queryByText('まだ保存していない欄')).toBeNull());
  });

  test('is refused as long as the number stands there, and saved without it', async () => {
    const { open, id } = await heldBack();
    press('この欄を保存');
    await waitFor(() =>
      expect(screen.getAllByText(/マイナンバーは記録できません/).length).toBeGreaterThan(0),
    );
    const [, field] = screen.getAllByLabelText<HTMLTextAreaElement>(label);
    expect(field?.value).toContain(number);
    fireEvent.input(field as HTMLElement, { target: { value: '静かな席で' } });
    press('この欄を保存');
    await waitFor(() => expect(screen.queryByText('まだ保存していない欄')).toBeNull());
    const whole = await open.open('seeker', id, 'test');
    expect(JSON.stringify(whole)).toContain('静かな席で');
  });

  test('comes back after a lock with the digits blotted out, its words kept', async () => {
    await heldBack();
    await lockNow(place.tab.tablet);
    cleanup();
    await draw(false);
    const field = await screen.findByLabelText<HTMLTextAreaElement>(label);
    expect(field.value).toBe('番号は●●●●-●●●●-●●●●、静かな席で');
    press('この欄は書かない');
  });

  test('of a new record writes over nothing that she was not shown', async () => {
    const { open, id } = await heldBack();
    const other = await town.tablet();
    const colleague = await other.enrol('shiroishi-city2');
    await place.tab.tablet.syncNow();
    await other.tab.tablet.syncNow();
    must(await colleague.openPerson(id, '訂正'));
    must(await colleague.write('seeker.amend', { id, considerations: '車いす' }));
    await other.tab.tablet.syncNow();
    await place.tab.tablet.syncNow();
    const [, field] = screen.getAllByLabelText<HTMLTextAreaElement>(label);
    fireEvent.input(field as HTMLElement, { target: { value: '静かな席で' } });
    press('この欄を保存');
    await waitFor(() => expect(screen.queryByText('まだ保存していない欄')).toBeNull());
    await place.tab.tablet.syncNow();
    must(await open.openPerson(id, '訂正'));
    const file = partOf(sit(place).get('seeker', id), 'file');
    expect([file['considerations'], ...conflictsOf(file).map(({ value }) => value)]).toEqual([
      '車いす',
      '静かな席で',
    ]);
  }, 30_000);

  test('lies in a draft of its record, with nothing of the rest, and goes with the record', async () => {
    const put = vi.spyOn(await session(), 'writeDraft');
    const { open, id } = await heldBack();
    const written = () => put.mock.calls.find(([key]) => key === `withheld ${id}`);
    await waitFor(() => expect(written()).toBeDefined());
    expect(JSON.stringify(written()?.[1])).not.toContain('シケン');
    expect(written()?.[2]).toContain(id);
    await waitFor(async () => expect(await open.readDraft(`withheld ${id}`)).toBeDefined());
    press('この欄は書かない');
    await waitFor(async () => expect(await open.readDraft(`withheld ${id}`)).toBeUndefined());
    await waitFor(async () => expect(await open.readDraft('withheld')).toBeUndefined());
    put.mockRestore();
  });

  test('kept of old in one draft with all others, it is asked for all the same, and moves', async () => {
    const open = await session();
    const item = { verb: 'seeker.amend', id: 's-old', values: { considerations: '昔の席' } };
    await open.writeDraft('withheld', { items: [item] });
    await draw(false);
    expect((await screen.findByLabelText<HTMLTextAreaElement>(label)).value).toBe('昔の席');
    await waitFor(async () =>
      expect(await open.readDraft('withheld s-old')).toMatchObject({ items: [item] }),
    );
    expect(await open.readDraft('withheld')).toEqual({ records: ['s-old'] });
    press('この欄は書かない');
  });

  test('leaves no number in the draft either', async () => {
    const { open } = await draw();
    type(label, number);
    await waitFor(async () => expect(await open.readDraft('held')).toBeDefined());
    expect(JSON.stringify(await open.readDraft('held'))).not.toContain('9018');
  });
});

describe('what cannot be held back', () => {
  const problem = {
    code: 'invalidFields' as const,
    fields: [{ field: 'familyName', reason: 'x' }],
  };

  test('a mandatory field, another fault, another problem: the whole is refused', () => {
    const args = { id: 'x', familyName: number, considerations: number };
    expect(splitAtMyNumber('seeker.register', args, problem)).toBeUndefined();
    expect(
      splitAtMyNumber('seeker.register', { id: 'x', familyName: 'a' }, problem),
    ).toBeUndefined();
    expect(splitAtMyNumber('seeker.register', args, { code: 'offline' })).toBeUndefined();
  });
});

test('what another organisation handed over is refused as a whole: nobody here may amend it afterwards', () => {
  const field = { field: 'givenName', reason: 'マイナンバー' };
  const args = { id: 'x', newSeeker: 'y', familyName: 'a', givenName: number };
  const problem = { code: 'invalidFields', fields: [field] } as const;
  expect(splitAtMyNumber('handoff.acceptNew', args, problem)).toBeUndefined();
  expect(splitAtMyNumber('seeker.register', args, problem)).toBeDefined();
});

test('under what is held back lies what was shown of it and what goes with it, and no other field', () => {
  const held = { verb: 'seeker.amend', id: 's-1', values: { address: 'x' } };
  const seen = { address: '白石1条', postal: '003-0001', phone: '090', familyName: '試験' };
  const rest = { id: 's-1', postal: '060-0002' };
  const under = seenUnder({ rest, held }, seen);
  expect(under).toMatchObject({ address: '白石1条', postal: '060-0002' });
  expect(Object.keys(under)).not.toEqual(expect.arrayContaining(['phone']));
  expect(Object.keys(under)).not.toEqual(expect.arrayContaining(['familyName']));
});
