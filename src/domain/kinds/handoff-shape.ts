/** 引継ぎ: its parts, states and the items that may cross. What happens to it is in handoff.ts. */
import type { Fields } from '../field.ts';
import { stateFields, type Shape } from '../verbs.ts';

/** Each shared item with the offer's fields that it covers. */
export const offerFieldsByItem: Readonly<Record<string, readonly string[]>> = {
  name: ['familyName', 'givenName', 'familyKana', 'givenKana', 'birthDate'],
  contact: ['phone', 'safeContact'],
  wishes: ['wishesText'],
  careers: ['careersText'],
  considerations: ['considerationsText'],
  welfare: ['welfareText'],
  history: ['supportHistory'],
};

export const copied: Fields = {
  familyName: { type: 'text', label: '姓', max: 40, sensitivity: 'personal' },
  givenName: { type: 'text', label: '名', max: 40, sensitivity: 'personal' },
  familyKana: { type: 'kana', label: 'セイ', max: 60, sensitivity: 'personal' },
  givenKana: { type: 'kana', label: 'メイ', max: 60, sensitivity: 'personal' },
  birthDate: { type: 'date', label: '生年月日', sensitivity: 'personal' },
  phone: { type: 'code', format: 'phone', label: '電話', sensitivity: 'personal' },
  safeContact: { type: 'text', label: '安全な連絡のとりかた', max: 200, sensitivity: 'personal' },
  wishesText: { type: 'text', label: '希望', max: 600, lines: 2 },
  careersText: { type: 'text', label: '職歴・資格', max: 1200, lines: 3 },
  considerationsText: {
    type: 'text',
    label: '配慮事項',
    max: 600,
    lines: 2,
    sensitivity: 'special',
  },
  welfareText: { type: 'text', label: '福祉のこと', max: 600, lines: 2, sensitivity: 'special' },
  supportHistory: {
    type: 'text',
    label: 'これまでの相談',
    max: 2000,
    lines: 4,
    sensitivity: 'personal',
  },
};

export const handoffShape: Shape = {
  name: 'handoff',
  label: '引継ぎ',
  persons: ['receiver.toSeeker'],
  states: {
    draft: '下書き',
    awaitingConsent: '同意待ち',
    refused: '同意なし',
    ready: '送る準備ができた',
    sent: '送った',
    received: '相手が見た',
    accepted: '受け入れた',
    inProgress: '対応中',
    reported: '結果の報告ずみ',
    closed: '完了',
    returned: '差し戻し',
    expired: '期限切れ',
    cancelled: '取りやめ',
    voided: '取消',
  },
  parts: {
    facts: {
      label: '引継ぎ',
      audience: 'sites',
      listed: true,
      person: 'sender.fromSeeker',
      fields: {
        ...stateFields,
        org: { type: 'ref', kind: 'organisation', label: '引き継ぐ組織', fixed: true },
        site: { type: 'ref', kind: 'site', label: '引き継ぐ窓口', fixed: true },
        date: { type: 'date', label: '引継ぎの日', fixed: true },
        sentOn: { type: 'date', label: 'はじめて送った日', fixed: true },
        toOrg: { type: 'ref', kind: 'organisation', label: '引き継ぐ先', required: true },
        toSite: { type: 'ref', kind: 'site', label: '引き継ぐ先の窓口', required: true },
        reason: { type: 'choice', list: 'handoffReason', label: '引き継ぐ理由', required: true },
        urgency: {
          type: 'choice',
          list: 'urgency',
          label: '急ぎ',
          required: true,
          default: 'normal',
        },
        accompany: { type: 'flag', label: '窓口まで付き添う' },
        dueOn: { type: 'date', label: '返事がほしい日' },
        named: { type: 'flag', label: '名前あり', fixed: true },
        slip: { type: 'code', format: 'slip', label: '引継ぎ票の番号' },
        consent: { type: 'id', label: '同意' },
        link: { type: 'id', label: 'つながり' },
        returnReason: {
          type: 'choice',
          list: 'returnReason',
          label: '差し戻しの理由',
          fixed: true,
        },
        acceptedOn: { type: 'date', label: '受け入れた日', fixed: true },
        endedOn: { type: 'date', label: '終わった日', fixed: true },
        // Without a name nothing here may be the same as on an arrival at the receiver's counter.
        personKey: {
          type: 'personKey',
          label: '実人員の符号',
          shownWhen: (values) => values['named'] === true,
        },
      },
    },
    sender: {
      label: '送る側の控え',
      audience: 'file',
      listed: true,
      person: 'sender.fromSeeker',
      fields: {
        fromSeeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        senderNote: { type: 'text', label: '送る側のメモ', max: 1000, lines: 2 },
      },
    },
    offer: {
      label: '相手に伝える内容',
      audience: 'inbox',
      listed: true,
      person: 'sender.fromSeeker',
      // Ticks and texts are consented to as a whole: half of what somebody wrote might cross without its tick.
      together: [['items', ...Object.keys(copied)]],
      fields: {
        items: { type: 'choices', list: 'sharedItem', label: '伝える項目' },
        message: { type: 'text', label: '伝えたいこと', max: 1000, lines: 3 },
        ...copied,
      },
    },
    receiver: {
      label: '受ける側の控え',
      audience: 'file',
      listed: true,
      person: 'receiver.toSeeker',
      fields: {
        toSeeker: { type: 'ref', kind: 'seeker', label: '求職者（受ける側）', fixed: true },
      },
    },
    answer: {
      label: '返事',
      audience: 'inbox',
      listed: true,
      person: 'sender.fromSeeker',
      fields: {
        result: { type: 'text', label: '結果', max: 1000, lines: 3, fixed: true },
        returnNote: { type: 'text', label: '差し戻しの補足', max: 600, lines: 2, fixed: true },
      },
    },
  },
};

export const openStates = ['sent', 'received', 'accepted', 'inProgress', 'reported'];
