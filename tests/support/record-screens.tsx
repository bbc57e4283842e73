/** The general record screens as staff use them: opens a shelf or a record, finds a verb's button, fills its form, saves. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { expect } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { kindsOn, shelves } from '../../src/app/logic/record-kinds.ts';
import { go } from '../../src/app/state/nav.ts';
import type { Session } from '../../src/device/types.ts';
import type { Kind, Verb } from '../../src/domain/kind.ts';
import { text } from '../../src/domain/value.ts';
import { verbCases } from '../domain/verb-cases.ts';
import type { Given, VerbCase } from '../domain/verb-cases/case.ts';
import { fillForm, pickPersonIn } from './form-filler.ts';
import { sitting, type TownWorld } from './town-world.ts';

const hasScreen = (verb: Verb) =>
  verb.shape !== undefined && verbCases[verb.name]?.allowed.as !== 'system';

export const screenVerbs = (kind: Kind) => Object.values(kind.verbs).filter(hasScreen);

export const shelvedKinds = shelves.flatMap(kindsOn).filter((kind) => screenVerbs(kind).length > 0);

export function caseOf(verb: Verb): VerbCase {
  const found = verbCases[verb.name];
  if (!found) throw new Error(`${verb.name} has no case`);
  return found;
}

const buttonsIn = (root: ParentNode | null) => [
  ...(root?.querySelectorAll<HTMLButtonElement>('button') ?? []),
];

export const sheet = () => document.querySelector('dialog.sheet');

/** Whatever the screen says against it. */
export const said = () =>
  [...document.querySelectorAll('.field-problem, .echo-problem, .notice-danger')].map(
    (one) => one.textContent,
  );

export const isCreation = (verb: Verb) => verb.shape?.does === 'create';

let marks = 0;

export interface Situation {
  readonly session: Session;
  readonly mark: string;
  /** Of the record that the verb is for; undefined where it makes one. */
  readonly id: string | undefined;
}

/** Plays what the case is given and opens its screen; a string says why it cannot be played. */
export async function openCase(
  world: TownWorld,
  kind: Kind,
  verb: Verb,
  given: Given,
  isStrict = false,
): Promise<Situation | string> {
  marks += 1;
  const mark = `w${marks}`;
  if (!sitting[given.as]) return `nobody in town is ${given.as}`;
  const why = await world.play(given, mark, isStrict);
  if (why !== undefined) return why;
  const id = isCreation(verb) ? undefined : world.id(text(given.args['id']) ?? '', mark);
  await world.turnTo(given.as);
  cleanup();
  render(<App tablet={world.at(given.as).tab.tablet} />);
  go('records', { kind: kind.name, id });
  await screen.findByRole('heading', { level: 1 });
  const session = world.session(given.as);
  if (id !== undefined && session.get(kind.name, id))
    await waitFor(() => expect(document.querySelector('.record-detail')).not.toBeNull());
  return { session, mark, id };
}

/** What is sealed is opened with a logged view, and has its buttons then. */
export async function buttonFor(
  verb: Verb,
  patience = 300,
): Promise<HTMLButtonElement | undefined> {
  const place = isCreation(verb) ? 'header.screen-head' : '.record-actions';
  const find = () =>
    buttonsIn(document.querySelector(place)).find(({ textContent }) => textContent === verb.title);
  await waitFor(() => expect(find()).toBeDefined(), { timeout: patience }).catch(() => undefined);
  return find();
}

/** The form, as nobody had begun it before. */
export async function openForm(button: HTMLButtonElement): Promise<void> {
  fireEvent.click(button);
  await waitFor(() => expect(sheet()).not.toBeNull());
  // A draft of the case before comes back a moment later.
  await new Promise((resolve) => setTimeout(resolve, 20));
  const anew = buttonsIn(sheet()).find(({ textContent }) =>
    textContent.startsWith('書きかけを消して'),
  );
  if (anew) fireEvent.click(anew);
}

export async function fillAndSave(
  world: TownWorld,
  verb: Verb,
  given: Given,
  { mark, isExact = false }: { readonly mark: string; readonly isExact?: boolean },
): Promise<void> {
  const open = sheet();
  if (!open) throw new Error(`${verb.name} has no sheet`);
  const who = open.querySelector('.sheet-body > .person-picker');
  if (who) await pickPersonIn(who, '佐藤');
  await fillForm({
    sheet: open,
    fields: verb.args,
    values: world.told(given.args, mark),
    today: world.today(),
    isExact,
    personNamed: (id) => world.familyName(id),
  });
  const save = buttonsIn(document.querySelector('.sheet-actions')).at(-1);
  if (!save) throw new Error(`${verb.name} cannot be saved`);
  fireEvent.click(save);
  await waitFor(() => expect(sheet() === null || said().length > 0).toBe(true), { timeout: 5_000 });
}
