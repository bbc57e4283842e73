/**
 * 準備チェック as lines: what the tablet found of itself, each with its state in words and, where it is not well, what to
 * press. 「使えます」 is said when nothing is bad: bad stops the work or endangers it tomorrow, care does not and is counted
 * beside it. A fact that the browser does not tell is said to be unknown, never taken for good.
 */
import { addDays, businessDateJst, daysBetween, jstTimeOfDay } from '../../domain/date.ts';
import { formatDateJa } from '../../domain/wareki.ts';
import type { Readiness as Found, StorageReport } from '../../device/types.ts';
import { daysAgo } from './days.ts';

export type ReadyState = 'good' | 'care' | 'bad' | 'unknown';
export type ReadyAct = 'send' | 'update' | 'signIn' | 'again';

/** Facts of the tablet, of the browser's storage and of its service worker. */
export type Readiness = Found & {
  readonly storage: StorageReport;
  /** All of the app's own files are here; undefined where the browser does not tell. */
  readonly isAppKept: boolean | undefined;
};

export interface ReadyLine {
  readonly key: string;
  readonly state: ReadyState;
  readonly title: string;
  /** How it is. */
  readonly found: string;
  /** What to do, where there is something to do. */
  readonly press?: string;
  readonly act?: ReadyAct;
}

export interface Ready {
  readonly isReady: boolean;
  /** Green says that there is nothing to look at. */
  readonly tone: 'good' | 'care' | 'bad';
  readonly sentence: string;
  readonly lines: readonly ReadyLine[];
}

export interface ReadyFor {
  readonly nameOf: (staff: string) => string;
  /** Release of this app. */
  readonly release: string;
}

const minute = 60_000;
const day = 24 * 60 * minute;
const skewCare = 2 * minute;
const skewBad = 30 * minute;
const roomCare = 500_000_000;
const roomBad = 50_000_000;

export function readyOf(found: Readiness, given: ReadyFor): Ready {
  const lines = [
    kept(found),
    room(found),
    people(found, given),
    data(found, given),
    keys(found, given),
    clock(found),
    app(found),
    version(found, given),
    unsent(found),
  ];
  const isReady = lines.every(({ state }) => state !== 'bad');
  const cares = lines.filter(({ state }) => state === 'care').length;
  const words = cares > 0 ? `使えます。確かめることが${cares}つあります` : '使えます';
  const tone = cares > 0 ? 'care' : 'good';
  return isReady
    ? { isReady, lines, tone, sentence: words }
    : { isReady, lines, tone: 'bad', sentence: 'このままでは使えません' };
}

/** What the server would say the time is. */
const trueNow = ({ now, skew }: Readiness) => now - (skew ?? 0);

function kept({ storage: { persisted }, isLost }: Readiness): ReadyLine {
  const line = { key: 'kept', title: '記録の保存場所' };
  if (isLost)
    return {
      ...line,
      state: 'bad',
      found: 'この端末に保存していた記録が消えています。',
      press: '責任者に知らせてください。つながる場所で名前を押し、パスワードで入りなおします。',
      act: 'signIn',
    };
  if (persisted === undefined)
    return {
      ...line,
      state: 'unknown',
      found: '消えにくく保存されるかどうかは、このブラウザーでは分かりません。',
    };
  if (!persisted)
    return {
      ...line,
      state: 'care',
      found: '端末の空きが足りなくなると、ブラウザーが記録を消すおそれがあります。',
      press: 'このアプリをホーム画面に追加してから、「もう一度しらべる」を押してください。',
      act: 'again',
    };
  return { ...line, state: 'good', found: 'ブラウザーが勝手に消すことはありません。' };
}

function room({ storage: { usedBytes, quotaBytes } }: Readiness): ReadyLine {
  const line = { key: 'room', title: '端末の空き' };
  if (usedBytes === undefined || quotaBytes === undefined)
    return { ...line, state: 'unknown', found: '空きの量は、このブラウザーでは分かりません。' };
  const left = quotaBytes - usedBytes;
  const found = `あと${sizeWords(left)}保存できます。`;
  if (left >= roomCare) return { ...line, state: 'good', found };
  const state = left < roomBad ? 'bad' : 'care';
  const press = '端末の写真やアプリなど、要らないものを消してから、もう一度しらべてください。';
  return {
    ...line,
    state,
    found: left < roomBad ? `${found}保存できなくなります。` : found,
    press,
  };
}

function sizeWords(bytes: number): string {
  const mega = Math.max(0, bytes) / 1_000_000;
  if (mega >= 1_000) return `約${Math.floor(mega / 1_000).toLocaleString('ja-JP')}GB`;
  return mega >= 1 ? `約${Math.floor(mega)}MB` : 'ごくわずかしか';
}

const signInPlace = 'つながる場所で、名前を押してパスワードを入れ、暗証番号を決めてください。';
const afterSignIn = 'だれかが暗証番号を決めると、サーバーから届きます。';

function people({ staff }: Readiness, { nameOf }: ReadyFor): ReadyLine {
  const line = { key: 'people', title: 'この端末をひらける人' };
  if (staff.length > 0)
    return {
      ...line,
      state: 'good',
      found: `${staff.length}人（${staff.map(({ id }) => nameOf(id)).join('、')}）`,
    };
  return {
    ...line,
    state: 'bad',
    found: 'まだだれもいません。',
    press: signInPlace,
    act: 'signIn',
  };
}

function data(found: Readiness, { nameOf }: ReadyFor): ReadyLine {
  const line = { key: 'data', title: '求職者などの記録' };
  const today = businessDateJst(found.now);
  if (found.staff.length === 0)
    return { ...line, state: 'bad', found: 'まだ届いていません。', press: afterSignIn };
  const dated = found.staff.map(({ id, asOf }) => ({ id, asOf: asOf ?? 0 }));
  const old = dated.filter(({ asOf }) => businessDateJst(asOf) < today);
  const latest = Math.max(...dated.map(({ asOf }) => asOf));
  const words = latest === 0 ? 'まだ届いていません。' : `${when(latest, today)}の時点です。`;
  if (old.length === 0) return { ...line, state: 'good', found: words };
  const press = `つながる場所で、${names(old, nameOf)}が画面をひらくと、最新になります。`;
  const state = old.length === dated.length ? 'bad' : 'care';
  const others = old
    .map(({ id, asOf }) => `${nameOf(id)}：${asOf === 0 ? 'まだ' : when(asOf, today)}`)
    .join('、');
  const whole = state === 'bad' ? words : `${words}（${others}）`;
  return { ...line, state, found: whole, press, act: 'send' };
}

function when(at: number, today: string): string {
  const date = businessDateJst(at);
  const words = date === today ? '今日' : `${formatDateJa(date)}・${daysAgo(date, today)}`;
  return `${words} ${jstTimeOfDay(at)}`;
}

const names = (some: readonly { readonly id: string }[], nameOf: (id: string) => string) =>
  some.map(({ id }) => `${nameOf(id)}さん`).join('、');

/** Tomorrow to its end: a lease that runs out in the middle of the day is no use. */
function keys(found: Readiness, { nameOf }: ReadyFor): ReadyLine {
  const line = { key: 'keys', title: 'つながらずに使える期限' };
  const now = trueNow(found);
  const tomorrowEnds = Date.parse(`${addDays(businessDateJst(now), 2)}T00:00:00+09:00`);
  if (found.staff.length === 0)
    return { ...line, state: 'bad', found: 'まだありません。', press: afterSignIn };
  const short = found.staff.filter(({ usableUntil }) => usableUntil < tomorrowEnds);
  const least = Math.min(...found.staff.map(({ usableUntil }) => usableUntil));
  if (short.length === 0) return { ...line, state: 'good', found: `${leftWords(least, now)}。` };
  const each = short.map(({ id, usableUntil }) => `${nameOf(id)}：${leftWords(usableUntil, now)}`);
  return {
    ...line,
    state: short.length === found.staff.length ? 'bad' : 'care',
    found: `${each.join('、')}。`,
    press: `つながる場所で、${names(short, nameOf)}が画面をひらくと、期限がのびます。`,
    act: 'send',
  };
}

/** 「あと3日使えます（11月24日(火) 09:15まで）」 */
export function leftWords(until: number, now: number): string {
  if (until <= now) return '期限が切れています';
  const exact = `${formatDateJa(businessDateJst(until))} ${jstTimeOfDay(until)}まで`;
  const days = daysBetween(businessDateJst(now), businessDateJst(until));
  if (until - now < day && days === 0) return `今日の${jstTimeOfDay(until)}までしか使えません`;
  return `あと${days}日使えます（${exact}）`;
}

function clock({ skew, server }: Readiness): ReadyLine {
  const line = { key: 'clock', title: '端末の時計' };
  if (skew === undefined)
    return { ...line, state: 'unknown', found: 'サーバーにつながると、合っているか分かります。' };
  const off = Math.abs(skew);
  const asOf = server ? '' : '（前につながったとき）';
  if (off < skewCare) return { ...line, state: 'good', found: `合っています${asOf}。` };
  return {
    ...line,
    state: off < skewBad ? 'care' : 'bad',
    found: `${spanWords(off)}${skew > 0 ? '進んで' : '遅れて'}います${asOf}。`,
    press: '端末の設定で、日付と時刻を「自動」にしてから、もう一度しらべてください。',
  };
}

function spanWords(ms: number): string {
  const minutes = Math.round(ms / minute);
  if (minutes < 60) return `約${minutes}分`;
  return minutes < 48 * 60 ? `約${Math.round(minutes / 60)}時間` : `約${Math.round(ms / day)}日`;
}

function app({ isAppKept }: Readiness): ReadyLine {
  const line = { key: 'app', title: 'アプリの画面' };
  if (isAppKept === undefined)
    return {
      ...line,
      state: 'unknown',
      found: '端末に入っているかは、このブラウザーでは分かりません。',
    };
  if (isAppKept) return { ...line, state: 'good', found: 'すべて、この端末に入っています。' };
  return {
    ...line,
    state: 'bad',
    found: 'まだ全部は、この端末に入っていません。',
    press: 'つながる場所で1分ほど待ってから、「もう一度しらべる」を押してください。',
    act: 'again',
  };
}

function version({ server }: Readiness, { release }: ReadyFor): ReadyLine {
  const line = { key: 'version', title: 'アプリの版' };
  if (!server)
    return {
      ...line,
      state: 'care',
      found: 'いまサーバーにつながらないため、最新か分かりません。',
      press: 'つながる場所で、「もう一度しらべる」を押してください。',
      act: 'again',
    };
  if (server.version === undefined)
    return { ...line, state: 'unknown', found: `${release}（サーバーの版は分かりません）` };
  if (server.version === release)
    return { ...line, state: 'good', found: `最新です（${release}）。` };
  return {
    ...line,
    state: 'care',
    found: `この端末は${release}、サーバーは${server.version}です。`,
    press: '書きかけを保存してから、「更新する」を押してください。記録はそのまま残ります。',
    act: 'update',
  };
}

function unsent({ pending }: Readiness): ReadyLine {
  const line = { key: 'unsent', title: '未送信の記録' };
  if (pending === 0) return { ...line, state: 'good', found: 'ありません。すべて送りました。' };
  return {
    ...line,
    state: 'care',
    found: `${pending}件がこの端末だけにあります。`,
    press: 'つながる場所で「いま送る」を押してください。',
    act: 'send',
  };
}
