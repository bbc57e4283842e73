/**
 * The general record screens in the hands of staff, over the real tablet and the real server: from a person's page to the
 * list, to 今日 and back; a form left half-filled; what a colleague is not offered.
 */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { partOf } from '../../src/domain/record.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';
import { fillForm } from '../support/form-filler.ts';
import { verbNamed } from '../../src/domain/kinds/index.ts';
import { seekerArgs } from '../server/samples.ts';

let town: Town;
let city: Place;
let hw: Place;
const person = seekerArgs('記録される');
beforeAll(async () => {
  town = await openTown();
  city = await town.tablet();
  hw = await town.tablet();
  await city.enrol('shiroishi-city1');
  await hw.enrol('shiroishi-hw1');
  must(await sit(city).write('seeker.register', person));
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

const show = (place: Place, ...where: Parameters<typeof go>) => {
  render(<App tablet={place.tab.tablet} />);
  go(...where);
};
const press = async (name: string | RegExp) =>
  fireEvent.click(await screen.findByRole('button', { name, hidden: true }));
const sheet = () => document.querySelector('dialog.sheet');
const fill = async (verb: string, values: Parameters<typeof fillForm>[0]['values']) => {
  const open = sheet();
  if (!open) throw new Error('no sheet');
  await fillForm({
    sheet: open,
    fields: verbNamed(verb)?.args ?? {},
    values,
    today: town.area.today(),
    personNamed: () => '記録される',
  });
};
const save = async () => {
  const button = [...document.querySelectorAll<HTMLButtonElement>('.sheet-actions button')].at(-1);
  button?.click();
  await waitFor(() => expect(sheet()).toBeNull());
};
/** The first screen loads everything that the others have then. */
vi.setConfig({ testTimeout: 20_000 });

const appointments = () => sit(city).all('appointment').peek();

describe('from a person’s page', () => {
  test('記録を足す offers the usual eight, with her filled in; the record is in her story and opens', async () => {
    show(city, 'seeker', { seeker: person.id });
    await press('記録を足す');
    await waitFor(() => expect(sheet()).not.toBeNull());
    const first = sheet()?.querySelector('.record-add');
    expect(first?.querySelectorAll('button').length).toBeLessThanOrEqual(8);
    expect(first?.textContent).not.toContain('支援候補者にする');
    await press('予約する');
    await waitFor(() => expect(sheet()?.textContent).toContain('予約の日'));
    expect(sheet()?.textContent).toContain('記録される');
    expect(sheet()?.querySelector('input[type=search]')).toBeNull();
    await fill('appointment.book', {
      dueOn: town.area.today(),
      time: '15:00',
      purpose: '書類の確認',
    });
    await save();
    expect(appointments()).toHaveLength(1);
    expect(partOf(appointments()[0], 'shared')).toMatchObject({ seeker: person.id });
    await press(/書類の確認をひらく/);
    const detail = await screen.findByRole('group', { name: 'この記録への操作' });
    expect(within(detail).getByRole('button', { name: '来た' })).toBeTruthy();
    expect(screen.getByText('記録される 試し 様')).toBeTruthy();
  });

  test('今日 shows it on its day; a step moves it among the ended ones, and the list follows', async () => {
    show(city, 'today');
    const day = await screen.findByRole('list', { name: 'わたしの予定（時刻順）' });
    expect(day.textContent).toContain('15:00');
    fireEvent.click(within(day).getByRole('button', { name: /書類の確認/ }));
    await press('来た');
    await waitFor(() =>
      expect(sheet()?.textContent).toContain('「予約ずみ」から「来た」になります。'),
    );
    await save();
    await waitFor(() =>
      expect(screen.getByRole('radio', { name: '終わったもの 1' })).toHaveProperty('checked', true),
    );
    expect(document.querySelector('.record-list .is-selected')?.textContent).toContain(
      '書類の確認',
    );
    expect(screen.queryByRole('button', { name: '来なかった' })).toBeNull();
  });

  test('the other organisation sees neither the name nor a button of it', async () => {
    await city.tab.tablet.syncNow();
    await hw.tab.tablet.syncNow();
    show(hw, 'records', { kind: 'appointment' });
    expect(await screen.findByRole('heading', { name: '相談者ごとの記録' })).toBeTruthy();
    expect(document.body.textContent).not.toContain('記録される');
    expect(document.body.textContent).not.toContain('書類の確認');
    expect(screen.queryByRole('button', { name: '予約を変える', hidden: true })).toBeNull();
  });
});

describe('a form', () => {
  test('left half-filled is there again, and gone after the save', async () => {
    show(city, 'records', { kind: 'event' });
    await press('催しを登録');
    await waitFor(() => expect(sheet()).not.toBeNull());
    await fill('event.plan', { eventName: '書きかけの催し' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    await press('とじる');
    await waitFor(() => expect(sheet()).toBeNull());
    await press('催しを登録');
    expect(await screen.findByText('前の書きかけを開きました。')).toBeTruthy();
    expect(screen.getByDisplayValue('書きかけの催し')).toBeTruthy();
    const name = '書きかけの催し';
    await fill('event.plan', { eventName: name, eventType: 'seminar', heldOn: town.area.today() });
    await save();
    await press('催しを登録');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.queryByDisplayValue('書きかけの催し')).toBeNull();
  });

  test('sent empty it says at each field what is missing, and nothing is written', async () => {
    show(city, 'records', { kind: 'event' });
    await press('催しを登録');
    await waitFor(() => expect(sheet()).not.toBeNull());
    const before = sit(city).all('event').peek().length;
    [...document.querySelectorAll<HTMLButtonElement>('.sheet-actions button')].at(-1)?.click();
    expect(await screen.findByText('「催しの種類」を入れてください。')).toBeTruthy();
    expect(sit(city).all('event').peek()).toHaveLength(before);
  });

  test('a correction sends what was changed and nothing else', async () => {
    const [one] = sit(city).all('event').peek();
    show(city, 'records', { kind: 'event', id: one?.id });
    await press('催しを訂正');
    await waitFor(() => expect(sheet()).not.toBeNull());
    await fill('event.amend', { place: '例示会館' });
    await save();
    const sent = sit(city)
      .outbox.peek()
      .find(({ verb }) => verb === 'event.amend');
    expect(sent?.args).toEqual({ id: one?.id, place: '例示会館' });
  });
});

describe('a form that was left', () => {
  test('brings back what was typed, and nothing that a colleague has changed meanwhile', async () => {
    const [one] = sit(city).all('event').peek();
    const id = one?.id ?? '';
    show(city, 'records', { kind: 'event', id });
    await press('催しを訂正');
    await waitFor(() => expect(sheet()).not.toBeNull());
    await fill('event.amend', { place: '書きかけの場所' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    await press('とじる');
    must(await sit(city).write('event.amend', { id, eventName: '名前が変わった催し' }));
    await press('催しを訂正');
    expect(await screen.findByDisplayValue('書きかけの場所')).toBeTruthy();
    expect(screen.getByDisplayValue('名前が変わった催し')).toBeTruthy();
    await save();
    const facts = partOf(sit(city).get('event', id), 'facts');
    expect(facts).toMatchObject({ place: '書きかけの場所', eventName: '名前が変わった催し' });
  });
});

describe('the page of shelves', () => {
  test('has the kinds by their shelves, and leads to one', async () => {
    show(city, 'records');
    expect(await screen.findByRole('heading', { name: '催し・アンケート' })).toBeTruthy();
    await press(/^催し/);
    expect(await screen.findByRole('heading', { level: 1, name: '催し・アンケート' })).toBeTruthy();
    expect(await screen.findByText('名前が変わった催し')).toBeTruthy();
    fireEvent.input(screen.getByRole('searchbox', { name: 'ことばでさがす' }), {
      target: { value: 'ないことば' },
    });
    expect(await screen.findByText(/このことばでは見つかりません/)).toBeTruthy();
  });
});
