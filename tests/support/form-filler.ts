/**
 * Fills any form that is drawn from declared fields, by its inputs, as a person would: values where they are given, else
 * something that fits the field. Of references it takes the one that is meant, or the first that is offered.
 */
import { fireEvent } from '@testing-library/preact';
import { codeLabel, codesOn } from '../../src/domain/codes.ts';
import { asked, type Field, type Fields } from '../../src/domain/field.ts';
import {
  absences,
  isAbsent,
  isObject,
  texts,
  type Value,
  type Values,
} from '../../src/domain/value.ts';

export interface Filling {
  readonly sheet: Element;
  readonly fields: Fields;
  readonly values: Values;
  readonly today: string;
  /** Nothing is filled in but the values, and no other record is taken for one that cannot be picked. */
  readonly isExact?: boolean;
  /** What is typed into the search for a person. */
  readonly personNamed: (id: Value | undefined) => string;
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

export async function fillForm(filling: Filling, path = ''): Promise<void> {
  const { fields, values } = filling;
  const isPerson = (field: Field) => field.type === 'ref' && field.kind === 'seeker';
  const entries = Object.entries(asked(fields));
  const ordered = entries.toSorted(([, a], [, b]) => Number(isPerson(b)) - Number(isPerson(a)));
  for (const [name, field] of ordered) {
    const given = values[name];
    const isAsked = field.required && field.default === undefined && !filling.isExact;
    const isBegun = field.type === 'date' && field.today === 'usual';
    if (given === undefined && filling.isExact && isBegun) await emptyDate(filling, path + name);
    if (given === undefined && !isAsked) continue;
    if (field.type === 'id' || name === 'clear') continue;
    // What is shown may have changed by what was filled before.
    await settle();
    await fillField(filling, field, path + name, given ?? sampleOf(field, filling.today));
  }
  await settle();
}

export function sampleOf(field: Field, today: string): Value {
  switch (field.type) {
    case 'text':
      return field.max < 10 ? '例' : '例示の記録';
    case 'kana':
      return 'レイジ';
    case 'code':
      return codeSamples[field.format] ?? '123456';
    case 'integer':
      return Math.max(field.min, Math.min(field.max, 1));
    case 'date':
      return today;
    case 'time':
      return '10:30';
    case 'instant':
      return '10:30';
    case 'flag':
      return true;
    case 'choice':
      return codesOn(field.list, today)[0]?.code ?? '';
    case 'choices':
      return [codesOn(field.list, today)[0]?.code ?? ''];
    case 'group':
      return {};
    case 'list':
      return [{}];
    case 'id':
    case 'ref':
    case 'personKey':
      return '';
  }
}

const codeSamples: Readonly<Record<string, string>> = {
  hwSeekerNo: '01040-1234567',
  hwJobNo: '01040-1234567',
  hwEmployerNo: '0104-123456-1',
  postal: '003-8612',
  phone: '011-000-0000',
  municipal: '01104',
  slip: '123456',
  phoneTail: '1234',
  ticket: 'A12',
};

async function fillField(f: Filling, field: Field, path: string, value: Value): Promise<void> {
  const place = field.type === 'ref' ? await untilDrawn(f.sheet, path) : placeOf(f.sheet, path);
  if (!place && f.isExact && field.type === 'ref') throw new Error('no record to pick');
  if (!place) return;
  if (isAbsent(value)) return press(place, absences[value.absent]);
  switch (field.type) {
    case 'flag':
      if (value === true && place instanceof HTMLInputElement && !place.checked)
        fireEvent.click(place);
      return;
    case 'choice':
      return choose(place, textOf(value), codeLabel(field.list, textOf(value)));
    case 'choices':
      return tickThese(
        place,
        texts(value).map((code) => codeLabel(field.list, code)),
      );
    case 'date':
      return fillDate(place, textOf(value));
    case 'ref':
      return field.kind === 'seeker' ? pickPerson(f, place, value) : pick(f, place, value);
    case 'group':
      return fillForm(
        { ...f, fields: field.fields, values: isObject(value) ? (value as Values) : {} },
        `${path}.`,
      );
    case 'list':
      return fillList(f, field, path, Array.isArray(value) ? (value as readonly Value[]) : []);
    case 'text':
    case 'kana':
    case 'code':
    case 'integer':
    case 'time':
    case 'instant':
      return fireInput(place, textOf(value));
    case 'id':
    case 'personKey':
      return undefined;
  }
}

const textOf = (value: Value) => (typeof value === 'object' ? '' : String(value));

function placeOf(sheet: Element, path: string): Element | null {
  return sheet.querySelector(`[id$="-${path.replaceAll('.', '-')}"]`);
}

/** What is about a person is offered when her file is open. */
async function untilDrawn(sheet: Element, path: string): Promise<Element | null> {
  for (let tries = 0; tries < 300; tries++) {
    const place = placeOf(sheet, path);
    if (place?.matches('select, input') || place?.querySelector('select, input')) return place;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return placeOf(sheet, path);
}

function press(place: Element, label: string): void {
  const frame = place.closest('.field') ?? place;
  const button = [...frame.querySelectorAll('button')].find((one) => one.textContent === label);
  if (!button) throw new Error(`no button ${label}`);
  fireEvent.click(button);
}

async function fillDate(place: Element, date: string): Promise<void> {
  const era = place.querySelector('select');
  if (era) fireEvent.change(era, { target: { value: '西暦' } });
  for (const [index, part] of date.split('-').entries()) {
    await settle();
    fireInput(place.querySelectorAll('.date-part input')[index] ?? null, String(Number(part)));
  }
}

/** The form begins with a day: who means to leave it out takes it away. */
async function emptyDate({ sheet }: Filling, path: string): Promise<void> {
  for (const input of placeOf(sheet, path)?.querySelectorAll('.date-part input') ?? []) {
    fireInput(input, '');
    await settle();
  }
}

function fireInput(place: Element | null, value: string): void {
  if (!place) return;
  fireEvent.input(place, { target: { value } });
  fireEvent.blur(place);
}

function choose(place: Element, code: string, label: string): void {
  if (place instanceof HTMLSelectElement) fireEvent.change(place, { target: { value: code } });
  else tick(place, label);
}

/** These and no others. */
function tickThese(place: Element, labels: readonly string[]): void {
  for (const chip of place.querySelectorAll('label.chip')) {
    const input = chip.querySelector('input');
    if (input?.checked && !labels.includes(chip.textContent)) fireEvent.click(input);
  }
  for (const label of labels) tick(place, label);
}

function tick(place: Element, label: string): void {
  const found = [...place.querySelectorAll('label.chip')].find((one) => one.textContent === label);
  const chip = found?.querySelector('input');
  if (!chip) throw new Error(`no chip ${label}`);
  if (!chip.checked) fireEvent.click(chip);
}

function pick(f: Filling, place: Element, value: Value): void {
  if (!(place instanceof HTMLSelectElement)) {
    if (f.isExact) throw new Error('no record to pick');
    return;
  }
  const options = [...place.options].map((option) => option.value).filter(Boolean);
  const meant = options.find((id) => id === value);
  if (f.isExact && meant === undefined) throw new Error('no record to pick');
  const chosen = meant ?? options[0];
  if (chosen !== undefined) fireEvent.change(place, { target: { value: chosen } });
}

async function pickPerson(f: Filling, place: Element, value: Value): Promise<void> {
  await pickPersonIn(place, f.personNamed(value));
}

export async function pickPersonIn(place: Element, name: string): Promise<void> {
  const search = place.querySelector('input[type=search]');
  fireInput(search, name);
  await settle();
  const row = [...place.querySelectorAll('button.row')].find((one) =>
    one.textContent.includes(name),
  );
  if (!row) throw new Error(`no person ${name} to pick`);
  fireEvent.click(row);
  await settle();
}

async function fillList(
  f: Filling,
  field: Extract<Field, { type: 'list' }>,
  path: string,
  items: readonly Value[],
): Promise<void> {
  for (const [index, item] of items.entries()) {
    const place = placeOf(f.sheet, path);
    const add = [...(place?.querySelectorAll('button') ?? [])].at(-1);
    if (add) fireEvent.click(add);
    await settle();
    const values = isObject(item) ? (item as Values) : {};
    await fillForm({ ...f, fields: field.fields, values }, `${path}.${index}.`);
  }
}
