/**
 * 求人: a job on offer, from Hello Work's feed (求人情報オンライン提供) or collected by the desk itself (独自求人). Feed postings
 * are written by the server from an imported file and corrected there; a desk corrects only its own. What is over leaves
 * the tablets; its facts stay for 充足率. Columns: domain.md §7 (HW job feed).
 */
import { stateOf, type Kind, type Rule, type Verb } from '../kind.ts';
import type { Problem } from '../problem.ts';
import { partOf, type Actor, type View } from '../record.ts';
import { integer, text, type Values } from '../value.ts';
import { asked, pick, type Fields } from '../field.ts';
import {
  amends,
  brokenRules,
  creates,
  idField,
  idOf,
  layOut,
  moves,
  stateFields,
  voids,
  type Shape,
} from '../verbs.ts';

const wage = { type: 'integer', min: 0, max: 10_000_000, unit: '円' } as const;

const offer: Fields = {
  hwJobNo: { type: 'code', format: 'hwJobNo', label: '求人番号' },
  localJobId: { type: 'text', label: '独自求人の番号', max: 20 },
  jobTitle: { type: 'text', label: '仕事の名前', max: 200, required: true },
  employerName: { type: 'text', label: '事業所名', max: 200, required: true },
  hwEmployerNo: { type: 'code', format: 'hwEmployerNo', label: '事業所番号' },
  occupation: { type: 'choice', list: 'occupation', label: '職業分類' },
  occupationCode: { type: 'text', label: '職業分類（小分類）', max: 10 },
  employmentType: {
    type: 'choice',
    list: 'employmentType',
    label: '雇用形態',
    required: true,
  },
  jobCategory: { type: 'choice', list: 'jobCategory', label: '求人区分' },
  jobMode: { type: 'choice', list: 'jobMode', label: '求人の募集', default: 'general' },
  municipality: { type: 'code', format: 'municipal', label: '就業場所の市区町村コード' },
  place: { type: 'text', label: '就業場所', max: 200 },
  wageUnit: { type: 'choice', list: 'wageUnit', label: '賃金の形' },
  wageFrom: { ...wage, label: '賃金（下限）' },
  wageTo: { ...wage, label: '賃金（上限）' },
  hoursText: { type: 'text', label: '就業時間', max: 300 },
  holidayText: { type: 'text', label: '休日', max: 300 },
  insuranceText: { type: 'text', label: '加入保険', max: 100 },
  retirementText: { type: 'text', label: '定年', max: 100 },
  duties: { type: 'text', label: '仕事の内容', max: 1000, lines: 3 },
  marks: { type: 'choices', list: 'employerMark', label: '認定マーク' },
  openings: { type: 'integer', label: '募集人数', min: 1, max: 999, unit: '人', default: 1 },
  receivedOn: { type: 'date', label: '受付日', required: true },
  expiresOn: { type: 'date', label: '紹介期限日', required: true },
};

export const jobPostingRules: readonly Rule[] = [
  {
    level: 'error',
    fields: ['expiresOn'],
    breaks: (values) =>
      (text(values['expiresOn']) ?? '') < (text(values['receivedOn']) ?? '')
        ? '紹介期限日は、受付日より後にしてください。'
        : undefined,
  },
  {
    level: 'error',
    fields: ['wageTo'],
    breaks: (values) =>
      (integer(values['wageTo']) ?? Infinity) < (integer(values['wageFrom']) ?? 0)
        ? '賃金の上限が、下限より小さくなっています。'
        : undefined,
  },
];

const shape: Shape = {
  name: 'jobPosting',
  label: '求人',
  states: { open: '募集中', closed: '募集終了', expired: '期限切れ', voided: '取消' },
  rules: jobPostingRules,
  parts: {
    facts: {
      label: '求人',
      audience: 'area',
      listed: true,
      together: [['wageUnit', 'wageFrom', 'wageTo']],
      fields: {
        ...stateFields,
        org: { type: 'ref', kind: 'organisation', label: '集めた組織', fixed: true },
        site: { type: 'ref', kind: 'site', label: '集めた窓口', fixed: true },
        source: { type: 'choice', list: 'jobSource', label: '求人のもと', fixed: true },
        ...offer,
      },
    },
  },
};

/** What a posting from the feed says may be changed by the next feed alone. */
const ownOnly = (args: Values, view: View, actor: Actor): Problem | undefined =>
  partOf(view.get('jobPosting', idOf(args)), 'facts')['source'] === 'feed' &&
  actor.role !== 'system'
    ? {
        code: 'refused',
        reason:
          'ハローワークから取りこんだ求人は、ここでは直せません。次の取りこみで新しくなります。',
      }
    : undefined;

/** The feed's fields: a posting of the feed always has its number. */
export const feedFields: Fields = Object.fromEntries(
  Object.entries(
    pick(
      asked(offer),
      Object.keys(offer).filter((name) => name !== 'localJobId'),
    ),
  ).map(([name, field]) => [
    name,
    name === 'hwJobNo' ? { ...field, required: true as const } : field,
  ]),
);

export function feedId(hwJobNo: string): string {
  return `job-${hwJobNo}`;
}

/** Written anew by every import that has it: what the feed no longer says is gone, what is over may open again. */
const imports: Verb = {
  name: 'jobPosting.import',
  version: 1,
  title: '求人を取りこむ',
  may: 'jobs.import',
  args: { id: idField, ...feedFields },
  reads: (args) => [{ kind: 'jobPosting', id: idOf(args) }],
  check: (args) =>
    idOf(args) === feedId(text(args['hwJobNo']) ?? '')
      ? brokenRules(shape, args)
      : { code: 'malformed', reason: 'id' },
  apply: (args) => {
    const { id: _, ...given } = args;
    const cleared = Object.fromEntries(Object.keys(feedFields).map((name) => [name, null]));
    const said = { openings: 1, ...given };
    return layOut(shape, idOf(args), { ...cleared, ...said, source: 'feed', state: 'open' });
  },
};

export const jobPosting: Kind = {
  ...shape,
  number: 20,
  retention: 'area',
  siteFields: [],
  moves: false,
  retired: ['expired', 'voided'],
  shelf: 'jobs',
  sort: 'receivedOn',
  summary: (record) => {
    const { jobTitle, employerName } = partOf(record, 'facts');
    return `${text(jobTitle) ?? ''}（${text(employerName) ?? ''}）`;
  },
  searchKeys: (record) => {
    const { jobTitle, employerName, place, duties, hwJobNo, localJobId } = partOf(record, 'facts');
    return [jobTitle, employerName, place, duties, hwJobNo, localJobId].flatMap(
      (value) => text(value) ?? [],
    );
  },
  verbs: {
    record: creates(shape, 'record', {
      title: '独自求人を記録',
      may: 'jobs.write',
      only: Object.keys(offer).filter((name) => name !== 'hwJobNo' && name !== 'hwEmployerNo'),
      fixed: (args, actor) => ({
        openings: args['openings'] ?? 1,
        org: actor.org,
        site: actor.site,
        source: 'local',
        state: 'open',
      }),
    }),
    amend: amends(shape, { title: '求人を訂正', may: 'jobs.write', check: ownOnly }),
    close: moves(shape, 'close', {
      title: '募集を終える',
      may: 'jobs.write',
      from: ['open'],
      to: 'closed',
      check: ownOnly,
    }),
    reopen: moves(shape, 'reopen', {
      title: '募集を再開する',
      may: 'jobs.write',
      from: ['closed'],
      to: 'open',
      takes: ['expiresOn'],
      needs: ['expiresOn'],
      check: ownOnly,
    }),
    expire: moves(shape, 'expire', {
      title: '求人の期限切れ',
      may: 'clock.expire',
      from: ['open'],
      to: 'expired',
    }),
    import: imports,
    void: voids(shape, { title: '求人を取り消す', may: 'jobs.write', check: ownOnly }),
  },
};

export function isPostingOver(posting: Parameters<typeof stateOf>[0], today: string): boolean {
  const { expiresOn } = partOf(posting, 'facts');
  return stateOf(posting) === 'open' && (text(expiresOn) ?? today) < today;
}
