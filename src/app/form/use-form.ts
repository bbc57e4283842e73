/**
 * One form: values, problems by field, and a sealed draft that is written all the time, comes back when the form opens
 * again, and goes with the save. The draft lives in the tablet's store only (design.md §5), never in the page's address
 * or in the browser's form history.
 */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Session } from '../../device/types.ts';
import type { Fields } from '../../domain/field.ts';
import type { FieldProblem } from '../../domain/problem.ts';
import { isObject, isSameValue, type Value, type Values } from '../../domain/value.ts';
import { blotted } from '../logic/withheld.ts';
import { useSession } from '../state/context.ts';
import { beforeLeaving, markDirty } from '../state/leave.ts';
import { argsOf, defaultsOf } from './form-values.ts';

export interface Form {
  readonly id: string;
  readonly fields: Fields;
  readonly values: Values;
  readonly problems: readonly FieldProblem[];
  readonly isDirty: boolean;
  /** True after a draft came back, until reset or saved. */
  readonly isRestored: boolean;
  /** True after a draft was erased, until it is brought back, or the form begins anew. */
  readonly isErased: boolean;
  /** Back to the beginning; what was typed can be brought back as long as the form stands. */
  readonly erase: () => void;
  readonly bringBack: () => void;
  readonly set: (name: string, value: Value | undefined) => void;
  readonly setAll: (values: Values) => void;
  readonly setProblems: (problems: readonly FieldProblem[]) => void;
  /** Tidied values for session.write: blanks and hidden fields left out. What draws them is drawn anew as they change. */
  readonly args: () => Values;
  /** Back to the beginning, or to other values; drops the draft. */
  readonly reset: (values?: Values) => void;
  /** Of what it corrects, the values over which those of the form were typed; after a save nothing is known of it. */
  readonly seen: Values | undefined;
  /** A step of what it sends is saved: the rest of it, and its draft, lie over this. */
  readonly overlay: (seen: Values) => void;
  /** After a save: nothing is dirty, the draft is gone. */
  readonly saved: () => void;
  /** Kana that people typed themselves; automatic kana keeps off it. */
  readonly ownKana: Set<string>;
}

export interface FormOptions {
  readonly fields: Fields;
  readonly initial?: Values | undefined;
  /** Where it corrects a record: what was seen of it. */
  readonly seen?: Values | undefined;
  readonly draftKey?: string | undefined;
  /** Ids of what the draft is about, where the key does not name them. */
  readonly about?: readonly string[] | ((values: Values) => readonly string[]) | undefined;
  /** Names that are not drawn; their values are given by the screen. */
  readonly omit?: readonly string[] | undefined;
}

interface Core extends Form {
  readonly dirty: ReadonlySignal<boolean>;
  readonly read: () => Values;
  /** The values and what they began from: of a draft only what was typed comes back. */
  readonly draft: () => Values;
  readonly restore: (draft: Values) => void;
  seen: Values | undefined;
  onDrop: () => void;
}

export function createForm(id: string, options: FormOptions): Core {
  const fields = without(options.fields, options.omit ?? []);
  const first = { ...defaultsOf(fields), ...options.initial };
  const start = signal<Values>(first);
  const values = signal<Values>(first);
  const problems = signal<readonly FieldProblem[]>([]);
  const draft = signal<Draft>(none);
  const dirty = computed(() => differ(fields, values.value, start.value));
  const begin = (next: Values, under?: Values) => {
    form.seen = under;
    start.value = next;
    values.value = next;
    problems.value = [];
    draft.value = none;
    form.onDrop();
  };
  const form: Core = {
    id,
    fields,
    dirty,
    ownKana: new Set(kanaFilledIn(fields, first)),
    onDrop: () => undefined,
    get values() {
      return values.value;
    },
    get problems() {
      return problems.value;
    },
    get isDirty() {
      return dirty.value;
    },
    get isRestored() {
      return draft.value.isRestored;
    },
    get isErased() {
      return draft.value.erased !== undefined;
    },
    erase: () => eraseIn(form, draft),
    bringBack: () => bringBackIn(form, draft),
    read: () => values.peek(),
    seen: options.seen,
    draft: () => asDraft(values.peek(), start.peek(), form.seen),
    set: (name, value) => {
      values.value = withValue(values.peek(), name, value);
      problems.value = problems.peek().filter((item) => !isAt(item.field, name));
    },
    setAll: (next) => (values.value = { ...values.peek(), ...next }),
    setProblems: (next) => (problems.value = next),
    args: () => argsOf(fields, values.value),
    reset: (next = start.peek()) => begin(next, options.seen),
    overlay: (now) => overlayIn(form, values, now),
    saved: () => begin(values.peek()),
    restore: (typed) => {
      values.value = withTyped(withTyped(start.peek(), typed), form.draft());
      draft.value = { isRestored: dirty.peek() };
      takeOver(form, typed);
    },
  };
  return form;
}

/** What became of the draft, as far as the form says so. */
interface Draft {
  readonly isRestored: boolean;
  readonly erased?: Values;
}

const none: Draft = { isRestored: false };

function eraseIn(form: Core, draft: Signal<Draft>): void {
  const erased = form.draft();
  form.reset();
  draft.value = { isRestored: false, erased };
}

function takeOver(form: Core, typed: Values): void {
  form.seen &&= typedOver(form.seen, typed);
  for (const name of kanaFilledIn(form.fields, typed)) form.ownKana.add(name);
}

/** Its draft is written anew with it, though nothing was typed. */
function overlayIn(form: Core, values: Signal<Values>, now: Values): void {
  form.seen = now;
  values.value = { ...values.peek() };
}

/** Under what has been typed since. */
function bringBackIn(form: Core, draft: Signal<Draft>): void {
  const { erased } = draft.peek();
  if (erased) form.restore(erased);
}

/** Compared as they would be sent: a field that was filled and emptied again leaves nothing to lose. */
const differ = (fields: Fields, a: Values, b: Values) =>
  !isSameValue(argsOf(fields, a), argsOf(fields, b));

/** Beside the values of a draft; no field has such a name. */
const [began, saw] = [' began', ' saw'];

const asDraft = (typed: Values, start: Values, seen: Values | undefined): Values => ({
  ...typed,
  [began]: start,
  ...(seen && { [saw]: seen }),
});

/** What a colleague has changed since the draft was begun stays changed. */
function withTyped(start: Values, draft: Values): Values {
  return typedIn(draft).reduce((values, name) => withValue(values, name, draft[name]), start);
}

/** What was typed there was typed over what was seen then. */
function typedOver(seen: Values, draft: Values): Values {
  const then = valuesIn(draft[saw] ?? draft[began]);
  return typedIn(draft).reduce((values, name) => withValue(values, name, then[name]), seen);
}

function typedIn(draft: Values): readonly string[] {
  const before = valuesIn(draft[began]);
  const names = new Set([...Object.keys(draft), ...Object.keys(before)]);
  const isTyped = (name: string) => !isSameValue(draft[name], before[name]);
  return [...names].filter((name) => name !== began && name !== saw && isTyped(name));
}

const valuesIn = (value: Value | undefined) => (isObject(value) ? (value as Values) : {});

export function useForm(options: FormOptions): Form {
  const session = useSession();
  const id = useId();
  const [form] = useState(() => createForm(id, options));
  const { draftKey } = options;
  const about = useRef(options.about);
  about.current = options.about;
  useEffect(() => keepDraft(form, session, draftKey, () => about.current), [draftKey]);
  useEffect(() => {
    const stop = form.dirty.subscribe((isDirty) => markDirty(id, isDirty));
    return () => {
      stop();
      markDirty(id, false);
    };
  }, []);
  return form;
}

const pause = 200;

/** Moves when a form has been left, and what was typed in it lies as a draft, or is gone. */
export const draftsLeft = signal(0);

function keepDraft(
  form: Core,
  session: Session,
  key: string | undefined,
  about: () => FormOptions['about'],
) {
  if (key === undefined) return undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written: Values = form.read();
  let isOver = false;
  // One after the other, so that a slow write never brings back a draft that was dropped meanwhile.
  let last: Promise<unknown> = Promise.resolve();
  const queue = (act: () => Promise<void>) => (last = last.then(act).catch(() => undefined));
  const write = async () => {
    clearTimeout(timer);
    if (isOver || form.read() === written) return;
    written = form.read();
    const draft = blotted(form.draft());
    const isDirty = form.dirty.peek();
    const keep = () => session.writeDraft(key, draft, idsIn(about(), written));
    await queue(() => (isDirty ? keep() : session.dropDraft(key)));
  };
  form.onDrop = () => {
    clearTimeout(timer);
    written = form.read();
    void queue(() => session.dropDraft(key));
  };
  const stopFlush = beforeLeaving(write);
  void session.readDraft(key).then((draft) => {
    if (draft && !isOver) form.restore(draft);
  });
  const stop = watch(form, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void write(), pause);
  });
  return () => {
    stop();
    stopFlush();
    void write()
      .then(() => last)
      .then(() => (draftsLeft.value += 1));
    isOver = true;
  };
}

const idsIn = (about: FormOptions['about'], values: Values) =>
  typeof about === 'function' ? about(values) : about;

function watch(form: Core, onChange: () => void): () => void {
  const all = computed(() => form.values);
  return all.subscribe(onChange);
}

function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

function withValue(values: Values, name: string, value: Value | undefined): Values {
  if (value !== undefined) return { ...values, [name]: value };
  const { [name]: _, ...rest } = values;
  return rest;
}

function kanaFilledIn(fields: Fields, values: Values): string[] {
  return Object.keys(fields).filter((name) => fields[name]?.type === 'kana' && values[name]);
}

export function isAt(path: string, name: string): boolean {
  return path === name || path.startsWith(`${name}.`);
}
