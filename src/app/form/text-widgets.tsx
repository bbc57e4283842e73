/**
 * Text, kana, numbers in fixed forms, integers, times. Nothing is rewritten while an IME composes; full and half width
 * are put right when the field is left, and the text stays as typed where it does not read.
 */
import { useState } from 'preact/hooks';
import { businessDateJst, jstTimeOfDay } from '../../domain/date.ts';
import type { CodeFormat, Field } from '../../domain/field.ts';
import { formatPostal, normaliseNumberText, toKanaField } from '../../domain/names.ts';
import { isAbsent, type Value } from '../../domain/value.ts';
import { useTablet } from '../state/context.ts';
import { createKanaListener, kanaFieldFor } from './auto-kana.ts';
import { FieldFrame, wiring, type WidgetProps } from './field-frame.tsx';

type Of<T extends Field['type']> = WidgetProps<Extract<Field, { type: T }>>;

/** What an input shows: an absence or an unset value shows nothing. */
export function shownText(value: Value | undefined): string {
  if (value === undefined || isAbsent(value) || typeof value === 'object') return '';
  return String(value);
}

export function TextWidget(props: Of<'text'>) {
  const { field, form, path, value, set } = props;
  const { input } = wiring(props);
  const listen = useKana(props);
  const common = {
    ...input,
    ...listen,
    value: shownText(value),
    maxLength: undefined,
    onInput: (event: { currentTarget: { value: string } }) => {
      set(event.currentTarget.value);
      if (event.currentTarget.value === '') emptyKana(form, path);
    },
  };
  const size = field.max <= 20 ? 'short' : field.max <= 60 ? 'medium' : 'full';
  return (
    <FieldFrame {...props} size={size}>
      {field.lines ? (
        <textarea class="input" rows={field.lines} {...common} />
      ) : (
        <input class="input" type="text" {...common} />
      )}
    </FieldFrame>
  );
}

function emptyKana(form: WidgetProps['form'], path: string): void {
  const kana = kanaFieldFor(form.fields, path);
  if (kana && !form.ownKana.has(kana)) form.set(kana, undefined);
}

function useKana({ form, path }: Pick<WidgetProps, 'form' | 'path'>) {
  const kana = kanaFieldFor(form.fields, path);
  const [listener] = useState(() =>
    createKanaListener(() => (kana ? shownText(form.values[kana]) : '')),
  );
  if (!kana) return {};
  return {
    onCompositionUpdate: (event: CompositionEvent) => listener.onUpdate(event.data),
    onCompositionEnd: (event: CompositionEvent) => {
      const whole = event.target instanceof HTMLInputElement ? event.target.value : '';
      const read = listener.onEnd(event.data, whole);
      if (read !== undefined && !form.ownKana.has(kana)) form.set(kana, read || undefined);
    },
  };
}

export function KanaWidget(props: Of<'kana'>) {
  const { form, path, value, set, field } = props;
  const { input } = wiring(props);
  return (
    <FieldFrame {...props} size={field.max <= 60 ? 'medium' : 'full'}>
      <input
        class="input"
        type="text"
        {...input}
        value={shownText(value)}
        onInput={(event) => {
          const typed = event.currentTarget.value;
          if (typed === '') form.ownKana.delete(path);
          else form.ownKana.add(path);
          set(typed);
        }}
        onBlur={(event) => {
          const kana = toKanaField(event.currentTarget.value);
          if (kana.ok && kana.value !== event.currentTarget.value) set(kana.value);
        }}
      />
    </FieldFrame>
  );
}

const modes: Readonly<Record<CodeFormat, 'numeric' | 'tel' | 'text'>> = {
  hwSeekerNo: 'tel',
  hwJobNo: 'tel',
  hwEmployerNo: 'tel',
  postal: 'tel',
  phone: 'tel',
  municipal: 'numeric',
  slip: 'numeric',
  phoneTail: 'numeric',
  ticket: 'text',
};

const examples: Readonly<Record<CodeFormat, string>> = {
  hwSeekerNo: '例：01040-1234567',
  hwJobNo: '例：01040-12345678',
  hwEmployerNo: '例：0104-123456-7',
  postal: '例：003-8612',
  phone: '例：011-000-0000',
  municipal: '例：01104',
  slip: '6けた',
  phoneTail: '4けた',
  ticket: '例：A12',
};

export function CodeWidget(props: Of<'code'>) {
  const { field, value, set } = props;
  const { input } = wiring(props);
  return (
    <FieldFrame
      {...props}
      size={['phoneTail', 'slip', 'ticket'].includes(field.format) ? 'short' : 'medium'}
    >
      <input
        class="input number"
        type="text"
        inputMode={modes[field.format]}
        placeholder={examples[field.format]}
        {...input}
        value={shownText(value)}
        onInput={(event) => set(event.currentTarget.value)}
        onBlur={(event) => set(tidyCode(field.format, event.currentTarget.value))}
      />
    </FieldFrame>
  );
}

function tidyCode(format: CodeFormat, typed: string): string {
  const plain = normaliseNumberText(typed.normalize('NFKC'));
  return format === 'postal' ? (formatPostal(plain) ?? plain) : plain;
}

export function IntegerWidget(props: Of<'integer'>) {
  const { field, value, set } = props;
  const { input } = wiring(props);
  const step = field.max > 100 ? 5 : 1;
  const bounded = (next: number) => Math.min(field.max, Math.max(field.min, next));
  const now = typeof value === 'number' ? value : undefined;
  // Nobody steps to a wage.
  const isStepped = field.max <= 1000;
  return (
    <FieldFrame {...props} size="medium">
      <div class="stepper">
        {isStepped && (
          <button
            type="button"
            class="step"
            aria-label={`${field.label}を${step}へらす`}
            onClick={() => set(bounded((now ?? field.min + step) - step))}
          >
            −
          </button>
        )}
        <input
          class="input number"
          type="text"
          inputMode="numeric"
          {...input}
          value={shownText(value)}
          onInput={(event) => set(readInteger(event.currentTarget.value))}
        />
        {field.unit && <span class="unit">{field.unit}</span>}
        {isStepped && (
          <button
            type="button"
            class="step"
            aria-label={`${field.label}を${step}ふやす`}
            onClick={() => set(bounded((now ?? field.min - step) + step))}
          >
            ＋
          </button>
        )}
      </div>
    </FieldFrame>
  );
}

export function readInteger(typed: string): Value | undefined {
  const plain = normaliseNumberText(typed.normalize('NFKC'));
  if (plain === '') return undefined;
  return /^\d{1,9}$/.test(plain) ? Number(plain) : typed;
}

/** 1405, 14時5分, １４：０５ → 14:05; what does not read stays as typed. */
export function readTime(typed: string): string {
  const plain = normaliseNumberText(typed.normalize('NFKC'));
  const found = /^(\d{1,2})[:時](\d{1,2})分?$/.exec(plain) ?? /^(\d{1,2})(\d{2})$/.exec(plain);
  if (!found) return plain;
  const [hour, minute] = [Number(found[1]), Number(found[2])];
  if (hour > 23 || minute > 59) return plain;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

export function TimeWidget(props: Of<'time'>) {
  const { value, set } = props;
  const { input } = wiring(props);
  return (
    <FieldFrame {...props} size="short">
      <input
        class="input number"
        type="text"
        inputMode="numeric"
        placeholder="例：1405"
        {...input}
        value={shownText(value)}
        onInput={(event) => set(event.currentTarget.value)}
        onBlur={(event) => set(readTime(event.currentTarget.value))}
      />
    </FieldFrame>
  );
}

const jst = 9 * 3_600_000;
const dayMs = 86_400_000;

/** A time of day on the day the instant already has, or today. */
export function InstantWidget(props: Of<'instant'>) {
  const { value, set } = props;
  const { input } = wiring(props);
  const now = useTablet().now();
  const at = typeof value === 'number' ? value : undefined;
  return (
    <FieldFrame {...props} size="short">
      <input
        class="input number"
        type="text"
        inputMode="numeric"
        placeholder="例：1405"
        {...input}
        value={at === undefined ? shownText(value) : jstTimeOfDay(at)}
        onChange={(event) => set(readInstant(event.currentTarget.value, at ?? now))}
      />
    </FieldFrame>
  );
}

export function readInstant(typed: string, day: number): Value | undefined {
  const time = readTime(typed);
  if (time === '') return undefined;
  const found = /^(\d{2}):(\d{2})$/.exec(time);
  if (!found) return typed;
  const midnight = Date.parse(`${businessDateJst(day)}T00:00:00Z`) - jst;
  return midnight + (((Number(found[1]) * 60 + Number(found[2])) * 60_000) % dayMs);
}
