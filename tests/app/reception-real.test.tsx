/** 受付, forms and the lock screen over the real tablet and the real server in-process. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { FormFields, DraftNotice } from '../../src/app/form/form-fields.tsx';
import { useForm } from '../../src/app/form/use-form.ts';
import { useWrite } from '../../src/app/form/use-write.ts';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import { lockNow } from '../../src/app/state/leave.ts';
import { go } from '../../src/app/state/nav.ts';
import { RecordForm } from '../../src/app/screens/records/record-form.tsx';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { Button } from '../../src/app/ui/button.tsx';
import { ProblemNotice } from '../../src/app/ui/notice.tsx';
import { partOf } from '../../src/domain/record.ts';
import { verbNamed } from '../../src/domain/kinds/index.ts';
import type { Session } from '../../src/device/types.ts';
import { openTown, pin, type Place, type Town } from '../support/device-town.ts';

let town: Town;
let place: Place;
beforeAll(async () => {
  town = await openTown();
  place = await town.tablet();
  await place.enrol('shiroishi-city1');
}, 30_000);
afterAll(() => town.close());

beforeEach(() => go('reception'));
afterEach(() => {
  cleanup();
  dropToasts();
});

async function session(): Promise<Session> {
  return place.tab.tablet.session.peek() ?? (await place.unlock('shiroishi-city1'));
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const visits = (open: Session) => open.all('visit').peek();
const stateOf = (open: Session, id: string) => partOf(open.get('visit', id), 'facts')['state'];

async function logged(purpose: string): Promise<string> {
  const open = await session();
  const before = visits(open).length;
  fireEvent.click(await screen.findByRole('radio', { name: purpose }));
  fireEvent.click(screen.getByRole('button', { name: '新規' }));
  await waitFor(() => expect(visits(open)).toHaveLength(before + 1));
  return visits(open).at(-1)?.id ?? '';
}

describe('受付', () => {
  test('in a rush the next arrival’s taps count though the last one is still being saved', async () => {
    const open = await session();
    render(<App tablet={place.tab.tablet} />);
    const before = visits(open).length;
    await screen.findByRole('radio', { name: '雇用保険' });
    for (const purpose of ['雇用保険', '仕事の相談', '求人検索端末']) {
      fireEvent.click(screen.getByRole('radio', { name: purpose }));
      await Promise.resolve();
      press('新規');
      await Promise.resolve();
    }
    await waitFor(() => expect(visits(open)).toHaveLength(before + 3));
    const tickets = visits(open).map((visit) => partOf(visit, 'facts')['ticket']);
    expect(new Set(tickets).size).toBe(tickets.length);
  });

  test('two taps log an arrival, with a ticket; a third within ten seconds takes it back', async () => {
    const open = await session();
    render(<App tablet={place.tab.tablet} />);
    const id = await logged('雇用保険');
    const facts = partOf(open.get('visit', id), 'facts');
    expect(facts).toMatchObject({
      purposes: ['unemploymentInsurance'],
      visitKind: 'new',
      channel: 'inPerson',
      heads: 1,
      state: 'waiting',
    });
    expect(facts['ticket']).toMatch(/^[A-Y]\d+$/);
    const said = await screen.findByText(/この端末に保存しました/);
    // Beside the search, over nothing.
    expect(said.closest('.topbar-middle')).toBeTruthy();
    press('取り消す');
    await waitFor(() => expect(stateOf(open, id)).toBe('voided'));
    expect(partOf(open.get('visit', id), 'facts')['voidReason']).toBe('mistake');
  });

  test('on a day of paper the board is of that day, and the day itself is none of them', async () => {
    await session();
    go('papers');
    render(<App tablet={place.tab.tablet} />);
    const start = await screen.findByRole('button', { name: 'この日の記録を入れる' });
    const papers = within(screen.getByRole('region', { name: '紙の用紙' }));
    expect(papers.queryByRole('button', { name: '今日' })).toBeNull();
    fireEvent.click(start);
    expect(await screen.findByRole('heading', { name: /^\d+月\d+日\(.\)の来所$/ })).toBeTruthy();
    expect(screen.queryByText(/今日の(来所|利用者)/)).toBeNull();
    press('入力を終わる');
    expect(await screen.findByRole('heading', { name: '今日の来所' })).toBeTruthy();
  });

  test('新規 without a purpose logs nothing and says what to press first', async () => {
    const open = await session();
    render(<App tablet={place.tab.tablet} />);
    const before = visits(open).length;
    fireEvent.click(await screen.findByRole('button', { name: '新規' }));
    expect(await screen.findByText('先に用件を押してください。')).toBeTruthy();
    expect(visits(open)).toHaveLength(before);
  });

  test('a visit is called and served from the board', async () => {
    const open = await session();
    render(<App tablet={place.tab.tablet} />);
    const id = await logged('応募・紹介');
    fireEvent.click(await screen.findByRole('button', { name: /応募・紹介.*氏名未記入/ }));
    const sheet = within(await screen.findByRole('dialog', { hidden: true }));
    fireEvent.click(sheet.getByRole('button', { name: '呼び出す', hidden: true }));
    await waitFor(() => expect(stateOf(open, id)).toBe('called'));
    const serve = await sheet.findByRole('button', { name: '相談をはじめる', hidden: true });
    // The first step is shown before its save has ended; a busy button takes no tap.
    await waitFor(() => expect(serve.getAttribute('aria-busy')).not.toBe('true'));
    fireEvent.click(serve);
    await waitFor(() => expect(stateOf(open, id)).toBe('withCity'));
  });
});

describe('a birth date typed in one go', () => {
  test('is taken apart only when the field is left, so that it may go on', async () => {
    const open = await session();
    render(
      <TabletContext.Provider value={place.tab.tablet}>
        <SessionContext.Provider value={open}>
          <RegisterForm id={open.newId()} draft="test-birth-1" />
        </SessionContext.Provider>
      </TabletContext.Provider>,
    );
    const group = within(screen.getByRole('group', { name: /生年月日/ }));
    const [year, month, day] = group.getAllByRole('textbox') as HTMLInputElement[];
    const typed = ['S', 'S40.4.1', 'S40.4.12'];
    for (const value of typed) fireEvent.input(year as Element, { target: { value } });
    expect(year?.value).toBe('S40.4.12');
    expect(await group.findByText(/昭和40年4月12日/)).toBeTruthy();
    fireEvent.blur(year as Element);
    await waitFor(() => expect([year?.value, month?.value, day?.value]).toEqual(['40', '4', '12']));
  });

  test('a day after its era is answered at once', async () => {
    const open = await session();
    render(
      <TabletContext.Provider value={place.tab.tablet}>
        <SessionContext.Provider value={open}>
          <RegisterForm id={open.newId()} draft="test-birth-2" />
        </SessionContext.Provider>
      </TabletContext.Provider>,
    );
    const group = within(screen.getByRole('group', { name: /生年月日/ }));
    const year = group.getAllByRole('textbox')[0] as Element;
    fireEvent.input(year, { target: { value: '昭和64年1月9日' } });
    expect(await group.findByText(/平成元年1月9日ではありませんか/)).toBeTruthy();
  });
});

describe('a visit that has somebody already', () => {
  test('is moved when another person is chosen for it on the 求職者 screen', async () => {
    const open = await session();
    const [first, second, visit] = [open.newId(), open.newId(), open.newId()];
    const person = { familyName: '取違', familyKana: 'トリチガエ' };
    await open.write('seeker.register', {
      id: first,
      ...person,
      givenName: '一',
      givenKana: 'ハジメ',
    });
    await open.write('seeker.register', {
      id: second,
      ...person,
      givenName: '二',
      givenKana: 'ツギ',
    });
    const arrival = { arrivedAt: town.area.clock.now, channel: 'inPerson', visitKind: 'new' };
    await open.write('visit.log', { id: visit, ...arrival, purposes: ['other'], seeker: first });
    render(<App tablet={place.tab.tablet} />);
    go('seekers', { visit, text: 'トリチガエ' });
    fireEvent.click(await screen.findByRole('button', { name: /取違 二/ }));
    await waitFor(() =>
      expect(partOf(open.get('visit', visit), 'city')['citySeeker']).toBe(second),
    );
  });
});

describe('the lock', () => {
  test('takes every name of a person off the page', async () => {
    const open = await session();
    const id = open.newId();
    const person = { id, familyName: '画面', givenName: '残子', familyKana: 'ガメン' };
    expect((await open.write('seeker.register', person)).ok).toBe(true);
    const visit = open.newId();
    const arrival = { arrivedAt: town.area.clock.now, channel: 'inPerson', visitKind: 'new' };
    await open.write('visit.log', { id: visit, ...arrival, purposes: ['seminar'], seeker: id });
    render(<App tablet={place.tab.tablet} />);
    expect(await screen.findByText(/画面 残子/)).toBeTruthy();
    await lockNow(place.tab.tablet);
    await screen.findByText('名前を押してください');
    expect(document.documentElement.outerHTML).not.toMatch(/残子|ガメン/);
  });

  test('counts an arrival without a key, and the board knows it after unlock', async () => {
    place.tab.tablet.lock();
    render(<App tablet={place.tab.tablet} />);
    const before = place.tab.tablet.counted.peek().length;
    fireEvent.click(await screen.findByRole('radio', { name: '求人検索端末' }));
    press('再来');
    await waitFor(() => expect(place.tab.tablet.counted.peek()).toHaveLength(before + 1));
    const id = place.tab.tablet.counted.peek()[0]?.id ?? '';
    const open = await session();
    expect(stateOf(open, id)).toBe('waiting');
  });

  test('a wrong PIN says how many tries are left, the right one opens', async () => {
    place.tab.tablet.lock();
    render(<App tablet={place.tab.tablet} />);
    fireEvent.click(await screen.findByRole('button', { name: /見本 花子/ }));
    const field = await screen.findByLabelText(/暗証番号/);
    fireEvent.input(field, { target: { value: '９９９９９０' } });
    press('ひらく');
    expect(await screen.findByText(/あと4回まで/)).toBeTruthy();
    fireEvent.input(field, { target: { value: pin } });
    press('ひらく');
    expect(await screen.findByRole('heading', { name: '今日の来所' })).toBeTruthy();
  });
});

const fields = verbNamed('seeker.register')?.args ?? {};

function RegisterForm({
  id,
  draft = 'test-register',
}: {
  readonly id: string;
  readonly draft?: string;
}) {
  const form = useForm({ fields, draftKey: draft });
  const write = useWrite(form);
  return (
    <>
      <DraftNotice form={form} />
      <FormFields
        form={form}
        names={['familyName', 'givenName', 'familyKana', 'birthDate', 'postal']}
      />
      <ProblemNotice problem={write.problem} />
      <Button onPress={() => write.save('seeker.register', { id, ...form.args() })}>
        登録する
      </Button>
    </>
  );
}

function RecordForms() {
  const close = () => undefined;
  return (
    <>
      {['guidance.guide', 'individualSupport.decide'].map((name) => {
        const verb = verbNamed(name);
        return verb && <RecordForm key={name} verb={verb} onClose={close} />;
      })}
    </>
  );
}

describe('a form', () => {
  test('offers the own direction only, and begins with today where it usually is today', async () => {
    render(
      <TabletContext.Provider value={place.tab.tablet}>
        <SessionContext.Provider value={await session()}>
          <RecordForms />
        </SessionContext.Provider>
      </TabletContext.Provider>,
    );
    expect(screen.getByText('市からハローワークへ')).toBeTruthy();
    expect(screen.queryByText('ハローワークから市へ')).toBeNull();
    const dayOf = (label: RegExp) => {
      const found = screen.getByRole('group', { name: label, hidden: true });
      return within(found).getAllByRole<HTMLInputElement>('textbox', { hidden: true })[2]?.value;
    };
    const today = place.tab.tablet.today();
    expect(dayOf(/^決めた日/)).toBe(String(Number(today.slice(8))));
    expect(dayOf(/^見直す日/)).toBe('');
  });

  const draw = async () => {
    const open = await session();
    const id = open.newId();
    render(
      <TabletContext.Provider value={place.tab.tablet}>
        <SessionContext.Provider value={open}>
          <RegisterForm id={id} />
        </SessionContext.Provider>
      </TabletContext.Provider>,
    );
    return { open, id };
  };
  const type = (label: string | RegExp, value: string) =>
    fireEvent.input(screen.getByLabelText(label), { target: { value } });

  test('puts what the domain refuses at its field and focuses it', async () => {
    await draw();
    type(/^姓/, '田中');
    press('登録する');
    const problem = await screen.findByText('「セイ」を入れてください。');
    const kana = screen.getByLabelText(/^セイ/);
    expect(kana.getAttribute('aria-describedby')?.split(' ')).toContain(problem.closest('p')?.id);
    await waitFor(() => expect(document.activeElement).toBe(kana));
  });

  test('keeps the draft over the lock, gives it back, and drops it with the save', async () => {
    await draw();
    type(/^姓/, '髙橋');
    type(/^セイ/, 'たかはし');
    await lockNow(place.tab.tablet);
    cleanup();
    const { open, id } = await draw();
    expect(await screen.findByText('前の書きかけを開きました。')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>(/^姓/).value).toBe('髙橋');
    press('登録する');
    await waitFor(() => expect(open.get('seeker', id)).toBeDefined());
    expect(partOf(open.get('seeker', id), 'card')['familyKana']).toBe('タカハシ');
    await waitFor(async () => expect(await open.readDraft('test-register')).toBeUndefined());
  });

  test('echoes a typed date in both calendars with the age, and full width as half width', async () => {
    await draw();
    type('年', 'S40.4.1');
    expect(await screen.findByText(/昭和40年4月1日.*西暦1965年.*歳/)).toBeTruthy();
    type(/^郵便番号/, '〒００３−８６１２');
    fireEvent.blur(screen.getByLabelText(/^郵便番号/));
    await waitFor(() =>
      expect(screen.getByLabelText<HTMLInputElement>(/^郵便番号/).value).toBe('003-8612'),
    );
  });
});
