/**
 * ふりがな from what was typed into the name before it was turned into kanji. Prediction, paste and handwriting give none;
 * the kana field is always visible and editable, and kana that a person typed is never overwritten (security.md (d)).
 */
import { toKanaField } from '../../domain/names.ts';
import type { Fields } from '../../domain/field.ts';

/** 'familyName' feeds 'familyKana', 'name' feeds 'kana'. */
export function kanaFieldFor(fields: Fields, name: string): string | undefined {
  const kana = name === 'name' ? 'kana' : name.replace(/Name$/, 'Kana');
  return kana !== name && fields[kana]?.type === 'kana' ? kana : undefined;
}

const kanaOnly = /^[\p{Script=Hiragana}\p{Script=Katakana}ー・\s]+$/u;

export interface KanaListener {
  readonly onUpdate: (composed: string) => void;
  /** The kana so far, when a composition ended or text was emptied; undefined when nothing is known. */
  readonly onEnd: (committed: string, whole: string) => string | undefined;
}

/** Collects the reading over several compositions of one input. */
export function createKanaListener(begin: () => string): KanaListener {
  let reading = '';
  return {
    onUpdate: (composed) => {
      // 「やまd」: letters of a syllable not finished yet are left out.
      const kana = composed.replace(/[a-zA-Zａ-ｚＡ-Ｚ]+$/u, '');
      if (kana !== '' && kanaOnly.test(kana)) reading = kana;
    },
    onEnd: (committed, whole) => {
      const heard = reading;
      reading = '';
      if (whole === '') return '';
      const read = committed === '' ? '' : kanaOnly.test(committed) ? committed : heard;
      if (read === '') return undefined;
      const before = whole === committed ? '' : begin();
      const kana = toKanaField(before + read);
      return kana.ok ? kana.value : undefined;
    },
  };
}
